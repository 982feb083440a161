/** Dates and times by a pattern of letters: `d MMMM yyyy`, `EEEE`, `HH:mm`. */
import { codePoints } from "@parley/whatsapp";
import { dateFormat, midMonth } from "../typed/locale.ts";
import { DAY_MS, fromDays, pad, weekdayOf } from "../value/calendar.ts";

const PIECE = /'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g;

/** Letters that mean nothing stand for themselves, as does what is between single quotes. */
export function formatMoment(pattern: string, days: number, minutes: number, locale: string): string {
  return pattern.replace(PIECE, (piece: string, quoted: string | undefined, letter: string | undefined) => {
    if (quoted !== undefined) return quoted === "" ? "'" : quoted;
    return letter === undefined ? piece : field(piece, letter, days, minutes, locale);
  });
}

function field(run: string, letter: string, days: number, minutes: number, locale: string): string {
  const { year, month, day } = fromDays(Math.max(FIRST_DAY, Math.min(LAST_DAY, days)));
  const hour = Math.floor(minutes / 60);
  switch (letter) {
    case "y":
      return run.length === 2 ? pad(year % 100, 2) : pad(year, run.length);
    case "M":
      return run.length < 3 ? pad(month, run.length) : name(locale, midMonth(month), "month", run.length);
    case "d":
      return pad(day, run.length);
    case "E":
      return name(locale, (weekdayOf(days) + 3) * DAY_MS, "weekday", run.length);
    case "H":
      return pad(hour, run.length);
    case "h":
      return pad(hour % 12 === 0 ? 12 : hour % 12, run.length);
    case "m":
      return pad(minutes % 60, run.length);
    case "a":
      return hour < 12 ? "AM" : "PM";
    default:
      return run;
  }
}

/** The years 0 to 9999, to which a moment outside is moved: so no date is longer than the compiler reckons. */
const FIRST_DAY = -719_528;
const LAST_DAY = 2_932_896;

export type NamedPart = "month" | "weekday";

/** The greatest number of code points that a pattern gives; `nameLength`: of the longest name of a month or day. */
export function formatLength(pattern: string, nameLength: (part: NamedPart, letters: number) => number): number {
  let length = 0;
  for (const [piece, quoted, letter] of pattern.matchAll(PIECE)) {
    if (quoted !== undefined) length += quoted === "" ? 1 : codePoints(quoted);
    else length += letter === undefined ? codePoints(piece) : fieldLength(piece, letter, nameLength);
  }
  return length;
}

function fieldLength(run: string, letter: string, nameLength: (part: NamedPart, letters: number) => number): number {
  switch (letter) {
    case "y":
      return run.length === 2 ? 2 : Math.max(4, run.length);
    case "M":
      return run.length < 3 ? 2 : nameLength("month", run.length);
    case "E":
      return nameLength("weekday", run.length);
    case "d":
    case "H":
    case "h":
    case "m":
      return Math.max(2, run.length);
    case "a":
      return 2;
    default:
      return run.length;
  }
}

/** Of a language's names, as this engine knows them. */
export function longestName(locale: string, part: NamedPart, letters: number): number {
  const count = part === "month" ? 12 : 7;
  const moments = Array.from({ length: count }, (_, i) => (part === "month" ? midMonth(i + 1) : i * DAY_MS));
  return Math.max(...moments.map((moment) => codePoints(name(locale, moment, part, letters))));
}

/** With a day beside it, a month's name is in the form that it has in dates. */
function name(locale: string, moment: number, part: NamedPart, letters: number): string {
  const style = letters > 3 ? "long" : "short";
  const options: Intl.DateTimeFormatOptions = part === "month" ? { month: style, day: "numeric" } : { weekday: style };
  const parts = dateFormat(locale, options).formatToParts(moment);
  return parts.find(({ type }) => type === part)?.value ?? "";
}

/** Dates and times by a pattern of letters: `d MMMM yyyy`, `EEEE`, `HH:mm`. */
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
  const { year, month, day } = fromDays(days);
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

/** With a day beside it, a month's name is in the form that it has in dates. */
function name(locale: string, moment: number, part: "month" | "weekday", letters: number): string {
  const style = letters > 3 ? "long" : "short";
  const options: Intl.DateTimeFormatOptions = part === "month" ? { month: style, day: "numeric" } : { weekday: style };
  const parts = dateFormat(locale, options).formatToParts(moment);
  return parts.find(({ type }) => type === part)?.value ?? "";
}

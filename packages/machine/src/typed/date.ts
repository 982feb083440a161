/** Dates as people type them: ISO, day and month by number in the locale's order, or the month by name. */
import { foldText } from "../text/fold.ts";
import { type Civil, isCivil, parseDate, printDate, toDays } from "../value/calendar.ts";
import { asciiDigits } from "./digits.ts";

const ORDERS = ["day", "month", "year"] as const;
type Part = (typeof ORDERS)[number];

/** The order of the locale's short dates, such as day, month, year. */
export function dateOrder(locale: string): readonly Part[] {
  const parts = dateFormat(locale, { year: "numeric", month: "numeric", day: "numeric" }).formatToParts(0);
  return parts.flatMap(({ type }) => ORDERS.filter((part) => part === type));
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const all = { ...options, timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" };
  try {
    return new Intl.DateTimeFormat(locale.replaceAll("_", "-"), all);
  } catch {
    return new Intl.DateTimeFormat("en", all);
  }
}

/** The middle of a month of 1970, ms. */
export function midMonth(month: number): number {
  return toDays({ year: 1970, month, day: 15 }) * 86_400_000;
}

/** Folded names of the months, long and short, without full stops, with their numbers. */
export function monthNames(locale: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (let month = 1; month <= 12; month++) {
    for (const style of ["long", "short"] as const) {
      for (const options of [{ month: style }, { month: style, day: "numeric" }] as const) {
        const parts = dateFormat(locale, options).formatToParts(midMonth(month));
        const name = parts.find((part) => part.type === "month")?.value ?? "";
        names.set(foldText(name).replaceAll(".", ""), month);
      }
    }
  }
  return names;
}

/** `YYYY-MM-DD`; without a year, the next day of that name from `today` on. English month names are known everywhere. */
export function parseTypedDate(text: string, locale: string, today: string): string | null {
  const folded = foldText(asciiDigits(text));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(folded);
  if (iso) return check({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const numbers = /^(\d{1,4})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{1,4}))?\.?$/.exec(folded);
  if (numbers) return byOrder(numbers.slice(1).filter((part) => part !== undefined), locale, today);
  return byName(folded, locale, today);
}

function check(civil: Civil): string | null {
  return isCivil(civil) ? printDate(civil) : null;
}

function byOrder(values: readonly string[], locale: string, today: string): string | null {
  const order = dateOrder(locale).filter((part) => values.length === 3 || part !== "year");
  const civil: Partial<Record<Part, number>> = {};
  for (const [i, part] of order.entries()) civil[part] = Number(values[i]);
  const yearDigits = values[order.indexOf("year")];
  return complete(civil.day, civil.month, yearDigits, today);
}

function byName(folded: string, locale: string, today: string): string | null {
  const words = folded.replace(/[.,]/g, " ").split(" ").filter((word) => word !== "");
  const names = new Map([...monthNames("en"), ...monthNames(locale)]);
  const month = words.map((word) => names.get(word)).find((found) => found !== undefined);
  const numbers = words.flatMap((word) => /^(\d{1,4})(?:st|nd|rd|th|er|o)?$/.exec(word)?.[1] ?? []);
  const named = words.filter((word) => names.has(word)).length;
  const rest = words.length - numbers.length - named;
  // "10 de mayo de 2027", "the 10th of May": a few small words may stand between.
  if (month === undefined || named !== 1 || rest > 2 || numbers.length === 0 || numbers.length > 2) return null;
  const [first = "", second] = numbers;
  const yearFirst = first.length === 4;
  return complete(Number(yearFirst ? second : first), month, yearFirst ? first : second, today);
}

function complete(day = 0, month = 0, year: string | undefined, today: string): string | null {
  const now = parseDate(today);
  if (!now) return null;
  if (year !== undefined) return year.length === 3 || year.length === 1 ? null : check({ year: fullYear(year, now), month, day });
  for (let next = now.year; next <= now.year + 8; next++) {
    const date = check({ year: next, month, day });
    if (date !== null && date >= today) return date;
  }
  return null;
}

/** Two digits are the year within 80 years before and 20 after. */
function fullYear(year: string, now: Civil): number {
  if (year.length !== 2) return Number(year);
  const century = Math.floor(now.year / 100) * 100;
  const guess = century + Number(year);
  if (guess > now.year + 20) return guess - 100;
  return guess <= now.year - 80 ? guess + 100 : guess;
}

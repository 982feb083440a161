/** Dates as people type them: ISO, day and month by number in the locale's order, or the month by name. */
import { foldText } from "../text/fold.ts";
import { type Civil, isCivil, parseDate, printDate } from "../value/calendar.ts";
import { asciiDigits } from "./digits.ts";
import type { DatePart, LocaleFacts } from "./locale.ts";

/** `YYYY-MM-DD`; without a year, the next day of that name from `today` on. English month names are known everywhere. */
export function parseTypedDate(text: string, facts: LocaleFacts, today: string): string | null {
  const folded = foldText(asciiDigits(text));
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(folded);
  if (iso) return check({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) });
  const numbers = /^(\d{1,4})\s*[-/. ]\s*(\d{1,2})(?:\s*[-/. ]\s*(\d{1,4}))?\.?$/.exec(folded);
  if (numbers)
    return byOrder(
      numbers.slice(1).filter((part) => part !== undefined),
      facts,
      today,
    );
  return byName(folded, facts, today);
}

function check(civil: Civil): string | null {
  return isCivil(civil) ? printDate(civil) : null;
}

function byOrder(values: readonly string[], facts: LocaleFacts, today: string): string | null {
  const order = facts.dateOrder.filter((part) => values.length === 3 || part !== "year");
  const civil: Partial<Record<DatePart, number>> = {};
  for (const [i, part] of order.entries()) civil[part] = Number(values[i]);
  const yearDigits = values[order.indexOf("year")];
  return complete(civil.day, civil.month, yearDigits, today);
}

function byName(folded: string, { months: names }: LocaleFacts, today: string): string | null {
  const words = folded
    .replace(/[.,]/g, " ")
    .split(" ")
    .filter((word) => word !== "");
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
  if (year !== undefined)
    return year.length === 3 || year.length === 1 ? null : check({ year: fullYear(year, now), month, day });
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

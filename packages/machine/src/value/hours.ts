/** Opening hours by the clocks of a time zone: when they are put forward or back, so are the hours. */
import type { HoursDef } from "../format.ts";
import { fromDays, printDate, weekdayOf } from "./calendar.ts";
import type { Local } from "./zone.ts";

const DAY_MINUTES = 1440;

/** What began yesterday can go on after midnight; a closed day is one on which nothing begins. */
export function isOpen(hours: HoursDef, { days, minutes }: Local): boolean {
  return begins(hours, days, minutes) || begins(hours, days - 1, minutes + DAY_MINUTES);
}

function begins({ week, closed = [] }: HoursDef, day: number, minutes: number): boolean {
  const ranges = week[weekdayOf(day) - 1] ?? [];
  if (!ranges.some(([from, to]) => minutes >= from && minutes < to)) return false;
  const date = printDate(fromDays(day));
  return !closed.some((days) => isWithin(date, days));
}

/** Days of every year may run over its end: `12-24` to `01-06`. */
function isWithin(date: string, [first, last]: readonly [string, string]): boolean {
  const shown = date.slice(-first.length);
  return first <= last ? shown >= first && shown <= last : shown >= first || shown <= last;
}

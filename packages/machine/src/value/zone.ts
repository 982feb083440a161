/** Moments in a time zone, by the zone rules of `Intl`. */
import { DAY_MS, fromDays, parseDate, parseTime, printDate, printTime, toDays } from "./calendar.ts";

/** What clocks and calendars of the zone show at a moment. */
export interface Local {
  /** Days since 1970-01-01. */
  readonly days: number;
  /** Minutes since midnight. */
  readonly minutes: number;
}

/** How far local time is ahead of UTC, ms, at a moment. */
export type Offset = (moment: number) => number;

export function offsetOf(timezone: string): Offset {
  if (timezone === "UTC" || timezone === "Etc/UTC") return () => 0;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    era: "short",
  });
  return (moment) => {
    const parts = new Map(format.formatToParts(moment).map((part) => [part.type, part.value]));
    const number = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
    const year = parts.get("era") === "BC" ? 1 - number("year") : number("year");
    const days = toDays({ year, month: number("month"), day: number("day") });
    const seconds = (number("hour") * 60 + number("minute")) * 60 + number("second");
    return days * DAY_MS + seconds * 1000 - Math.floor(moment / 1000) * 1000;
  };
}

/** The greatest size of a moment that calendars reach. */
const FARTHEST = 8.64e15 - DAY_MS;

export function toLocal(offset: Offset, moment: number): Local | null {
  if (!(Math.abs(moment) <= FARTHEST)) return null;
  const local = moment + offset(moment);
  const days = Math.floor(local / DAY_MS);
  return { days, minutes: Math.floor((local - days * DAY_MS) / 60_000) };
}

/**
 * The moment at which the zone's clocks show this; a time that is skipped in spring is taken as late as it was skipped,
 * one that comes twice in autumn the first time.
 */
export function toMoment(offset: Offset, date: string, time: string): number | null {
  const civil = parseDate(date);
  const minutes = parseTime(time);
  if (!civil || minutes === null) return null;
  const local = toDays(civil) * DAY_MS + minutes * 60_000;
  const before = local - offset(local - DAY_MS);
  const after = local - offset(local + DAY_MS);
  const fits = (moment: number): boolean => moment + offset(moment) === local;
  if (fits(before)) return before;
  return fits(after) ? after : before;
}

export function dateAt(offset: Offset, moment: number): string | null {
  const local = toLocal(offset, moment);
  return local && local.days >= -719_528 && local.days <= 2_932_896 ? printDate(fromDays(local.days)) : null;
}

export function timeAt(offset: Offset, moment: number): string | null {
  const local = toLocal(offset, moment);
  return local && printTime(local.minutes);
}

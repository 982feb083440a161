/** Dates of the Gregorian calendar as `YYYY-MM-DD`, and days counted from 1970-01-01. No clock and no time zone. */

export const DAY_MS = 86_400_000;

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (LENGTHS[month - 1] ?? 0);
}

export function isCivil({ year, month, day }: Civil): boolean {
  return year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

export function parseDate(text: string): Civil | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const civil = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
  return isCivil(civil) ? civil : null;
}

export function printDate({ year, month, day }: Civil): string {
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

export function pad(value: number, length: number): string {
  return String(value).padStart(length, "0");
}

/** Days from 1970-01-01, by eras of 400 years that begin in March. */
export function toDays({ year, month, day }: Civil): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function fromDays(days: number): Civil {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(days: number): number {
  return ((((days + 3) % 7) + 7) % 7) + 1;
}

/** `null` beyond the years that a date can name. */
export function addDays(date: string, days: number): string | null {
  const civil = parseDate(date);
  if (!civil || !Number.isFinite(days)) return null;
  const moved = fromDays(toDays(civil) + Math.trunc(days));
  return isCivil(moved) ? printDate(moved) : null;
}

/** The same day of a later or earlier month, the last one where that month is shorter. */
export function addMonths(date: string, months: number): string | null {
  const civil = parseDate(date);
  if (!civil || !Number.isFinite(months)) return null;
  const index = civil.year * 12 + civil.month - 1 + Math.trunc(months);
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const moved = { year, month, day: Math.min(civil.day, daysInMonth(year, month)) };
  return isCivil(moved) ? printDate(moved) : null;
}

const TIME = /^(\d{2}):(\d{2})$/;

/** Minutes since midnight of `HH:MM`. */
export function parseTime(text: string): number | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [hour, minute] = [Number(match[1]), Number(match[2])];
  return hour < 24 && minute < 60 ? hour * 60 + minute : null;
}

export function printTime(minutes: number): string {
  return `${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** Ms since 1970 of an ISO 8601 date and time with its offset. */
export function parseMoment(text: string): number | null {
  const match = MOMENT.exec(text);
  const civil = match?.[1] === undefined ? null : parseDate(match[1]);
  if (!match || !civil) return null;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms = Math.trunc(Number(`0.${match[5] ?? "0"}`) * 1000);
  const local = toDays(civil) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  return local - offsetMs(match[6] ?? "Z");
}

function offsetMs(offset: string): number {
  if (offset === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (offset.startsWith("-") ? -minutes : minutes) * 60_000;
}

/**
 * Opening hours as `parley.yaml` has them: `mon-fri 08:00-12:00, 14:00-18:00, sat 09:00-13:00, closed 12-25`.
 *
 *     hours  = group { ("," | ";") group }
 *     group  = days ranges | "closed" dates
 *     days   = day [ "-" day ] { "," day [ "-" day ] } | "daily"
 *     ranges = HH:MM "-" HH:MM { "," HH:MM "-" HH:MM }
 *     dates  = date [ ".." date ] { "," date [ ".." date ] }          (MM-DD of every year, or YYYY-MM-DD)
 *
 * A range that ends before it begins, or as it begins, goes on after midnight; `24:00` is the end of a day.
 */
import type { HoursDef } from "@parley/machine";
import { sure } from "../text/sure.ts";

export type ReadHours =
  | { readonly ok: true; readonly hours: HoursDef }
  /** `at` is an offset in the text. */
  | { readonly ok: false; readonly at: number; readonly message: string };

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const DAY_MINUTES = 1440;

interface Token {
  readonly text: string;
  readonly at: number;
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly end: number;
  next: number;
  readonly week: [from: number, to: number][][];
  readonly closed: (readonly [string, string])[];
}

class Wrong extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

export function readHours(text: string): ReadHours {
  const tokens = [...text.matchAll(/[,;]|\.\.|[^\s,;.]+|\./g)].map((m) => ({ text: m[0].toLowerCase(), at: m.index }));
  const reader: Reader = { tokens, end: text.length, next: 0, week: DAYS.map(() => []), closed: [] };
  try {
    readGroup(reader);
    while (reader.next < tokens.length) {
      separator(reader);
      readGroup(reader);
    }
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { ok: false, at: error.at, message: error.message };
  }
  const { closed } = reader;
  const week = reader.week.map((ranges) => ranges.sort(([a], [b]) => a - b));
  return { ok: true, hours: closed.length > 0 ? { week, closed } : { week } };
}

function peek(reader: Reader): Token {
  return reader.tokens[reader.next] ?? { text: "", at: reader.end };
}

function separator(reader: Reader): void {
  const { text, at } = peek(reader);
  if (text !== "," && text !== ";") throw new Wrong(at, `a comma is missing before \`${text}\``);
  reader.next++;
}

/** One after another, as long as a comma is followed by what fits. */
function listOf(reader: Reader, fits: (text: string) => boolean, read: (token: Token) => void): void {
  for (;;) {
    read(peek(reader));
    const [comma, following] = [peek(reader), reader.tokens[reader.next + 1]];
    if (comma.text !== "," || !following || !fits(following.text)) return;
    reader.next++;
  }
}

function readGroup(reader: Reader): void {
  if (peek(reader).text === "closed") {
    reader.next++;
    listOf(reader, startsDate, (token) => reader.closed.push(readDates(reader, token)));
    return;
  }
  const days = new Set<number>();
  listOf(reader, isDays, (token) => {
    for (const day of daysOf(token)) days.add(day);
    reader.next++;
  });
  listOf(reader, startsRange, (token) => {
    const range = rangeOf(token);
    for (const day of days) addRange(reader, day, range, token.at);
    reader.next++;
  });
}

const isDays = (text: string): boolean => /^(?:[a-z]+)(?:-[a-z]+)?$/.test(text) && text !== "closed";
const startsRange = (text: string): boolean => /^\d+:/.test(text);
const startsDate = (text: string): boolean => /^\d+-/.test(text);

function daysOf({ text, at }: Token): readonly number[] {
  if (text === "daily") return DAYS.map((_, i) => i);
  const [first = "", last = first, ...more] = text.split("-");
  const [from, to] = [dayOf(first), dayOf(last)];
  if (from < 0 || to < 0 || more.length > 0) {
    const found = text === "" ? "days are missing" : `\`${text}\` are no days`;
    throw new Wrong(at, `${found}: write \`mon-fri\`, \`sat\` or \`daily\``);
  }
  return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, i) => (from + i) % 7);
}

function dayOf(name: string): number {
  return (DAYS as readonly string[]).indexOf(name);
}

function rangeOf({ text, at }: Token): [number, number] {
  const match = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text);
  const from = Number(match?.[1]) * 60 + Number(match?.[2]);
  const to = Number(match?.[3]) * 60 + Number(match?.[4]);
  const valid = match && Number(match[2]) < 60 && Number(match[4]) < 60 && from < DAY_MINUTES && to <= DAY_MINUTES;
  if (!valid) {
    const found = text === "" ? "times are missing" : `\`${text}\` are no times`;
    throw new Wrong(at, `${found}: write \`08:00-16:00\``);
  }
  return [from, to > from ? to : to + DAY_MINUTES];
}

function addRange(reader: Reader, day: number, range: [number, number], at: number): void {
  const ranges = sure(reader.week[day]);
  if (ranges.some(([from, to]) => from < range[1] && range[0] < to)) {
    throw new Wrong(at, `two ranges of \`${DAYS[day]}\` overlap`);
  }
  ranges.push(range);
}

function readDates(reader: Reader, token: Token): readonly [string, string] {
  const first = readDate(reader, token);
  if (peek(reader).text !== "..") return [first, first];
  reader.next++;
  const at = peek(reader);
  const last = readDate(reader, at);
  if (first.length !== last.length) throw new Wrong(at.at, "both ends are dates of every year, or both of one year");
  if (first.length > 5 && last < first) throw new Wrong(at.at, `\`${last}\` is before \`${first}\``);
  return [first, last];
}

/** None in what is no month. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  if (month === 2) return isLeap ? 29 : 28;
  return month >= 1 && month <= 12 ? 30 + ((month + Math.floor(month / 8)) % 2) : 0;
}

function readDate(reader: Reader, { text, at }: Token): string {
  const match = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(text);
  // Of every year: one that has a 29 February.
  const [year, month, day] = [Number(match?.[1] ?? 2000), Number(match?.[2]), Number(match?.[3])];
  if (!match || day < 1 || day > daysIn(year, month)) {
    const found = text === "" ? "dates are missing" : `\`${text}\` is no date`;
    throw new Wrong(at, `${found}: write \`12-25\` or \`2026-12-25\``);
  }
  reader.next++;
  return text;
}

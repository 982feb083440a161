/** The functions of the language. Their types are the compiler's part; the names here are the names there. */
import { codePoints } from "@parley/whatsapp";
import type { Value } from "../format.ts";
import { own } from "../own.ts";
import { draw, hashText } from "../random.ts";
import { spoken } from "../text/localized.ts";
import { parseNumber } from "../typed/number.ts";
import {
  addMonths,
  fromDays,
  isCivil,
  parseDate,
  parseTime,
  printDate,
  printTime,
  toDays,
  weekdayOf,
} from "../value/calendar.ts";
import { compareValues } from "../value/equal.ts";
import { isOpen } from "../value/hours.ts";
import { printNumber, roundTo } from "../value/number.ts";
import { dateAt, toLocal, toMoment } from "../value/zone.ts";
import type { Env } from "./env.ts";
import { formatMoment } from "./format.ts";
import type { FunctionName } from "./function-names.ts";

/** Arguments of other types than the compiler lets through give none. */
export type BuiltinFunction = (env: Env, args: readonly Value[]) => Value;

const isText = (value: Value | undefined): value is string => typeof value === "string";
const isNumber = (value: Value | undefined): value is number => typeof value === "number";

const onText =
  (run: (text: string, ...rest: readonly Value[]) => Value): BuiltinFunction =>
  (_, [text, ...rest]) =>
    isText(text) ? run(text, ...rest) : null;

const onNumbers =
  (run: (...numbers: number[]) => number): BuiltinFunction =>
  (_, args) => {
    if (!args.every(isNumber)) return null;
    const result = run(...args);
    return Number.isFinite(result) ? result : null;
  };

const onList =
  (run: (list: readonly Value[]) => Value): BuiltinFunction =>
  (_, [list]) =>
    Array.isArray(list) ? run(list as readonly Value[]) : null;

/** On a date, or on the day of a moment in the machine's time zone. */
const onDay =
  (run: (days: number) => number): BuiltinFunction =>
  (env, [value]) => {
    const days = daysOf(env, value);
    return days === null ? null : run(days);
  };

function daysOf(env: Env, value: Value | undefined): number | null {
  if (isNumber(value)) return toLocal(env.offset, value)?.days ?? null;
  const civil = isText(value) ? parseDate(value) : null;
  return civil && toDays(civil);
}

const extreme =
  (sign: 1 | -1): BuiltinFunction =>
  (_, args) => {
    const [first] = args;
    const values: readonly Value[] = Array.isArray(first) ? (first as readonly Value[]) : args;
    let best: Value = values[0] ?? null;
    for (const value of values) if (sign * compareValues(value, best) < 0) best = value;
    return best;
  };

export const FUNCTIONS: Readonly<Record<FunctionName, BuiltinFunction>> = {
  len: (_, [value]) => (isText(value) ? codePoints(value) : Array.isArray(value) ? value.length : null),
  clip: onText((text, size) => (isNumber(size) ? clip(text, size) : null)),
  upper: onText((text) => text.toUpperCase()),
  lower: onText((text) => text.toLowerCase()),
  title: onText((text) => text.replace(/\p{L}[\p{L}\p{M}\p{N}'’]*/gu, capitalized)),
  trim: onText((text) => text.trim()),
  replace: onText((text, from, to) =>
    isText(from) && isText(to) && from !== "" ? text.replaceAll(from, () => to) : text,
  ),
  contains: onText((text, part) => isText(part) && text.includes(part)),
  join: (_, [list, separator]) =>
    Array.isArray(list) && isText(separator) ? list.filter(isText).join(separator) : null,
  count: onList((list) => list.length),
  sum: onList((list) => list.filter(isNumber).reduce((sum, value) => sum + value, 0)),
  min: extreme(1),
  max: extreme(-1),
  sort: onList((list) => list.toSorted(compareValues)),
  round: onNumbers((value, places = 0) => roundTo(value, places)),
  mod: onNumbers((value, by) => (by === 0 || by === undefined ? Number.NaN : value % by || 0)),
  clamp: onNumbers((value, low = value, high = value) => Math.max(low, Math.min(value, high))),
  number: (env, [text]) => (isText(text) ? parseNumber(text, env.facts(env.contactLocale).decimal) : null),
  format: (env, [value, how]) => formatted(env, value ?? null, how ?? null),
  now: (env) => env.now,
  today: (env) => dateAt(env.offset, env.now),
  date: (_, [year, month, day]) => {
    if (!isNumber(year) || !isNumber(month) || !isNumber(day)) return null;
    const civil = { year, month, day };
    return Number.isInteger(year + month + day) && isCivil(civil) ? printDate(civil) : null;
  },
  time: (_, [hour, minute]) => {
    if (!Number.isInteger(hour) || !Number.isInteger(minute)) return null;
    const [h, m] = [Number(hour), Number(minute)];
    return h >= 0 && h < 24 && m >= 0 && m < 60 ? printTime(h * 60 + m) : null;
  },
  at: (env, [date, time]) => (isText(date) && isText(time) ? toMoment(env.offset, date, time) : null),
  year: onDay((days) => fromDays(days).year),
  month: onDay((days) => fromDays(days).month),
  day: onDay((days) => fromDays(days).day),
  weekday: onDay(weekdayOf),
  hour: (env, [value]) => {
    const minutes = isNumber(value)
      ? (toLocal(env.offset, value)?.minutes ?? null)
      : isText(value)
        ? parseTime(value)
        : null;
    return minutes === null ? null : Math.floor(minutes / 60);
  },
  days: (env, [from, to]) => {
    const [a, b] = [daysOf(env, from), daysOf(env, to)];
    return a === null || b === null ? null : b - a;
  },
  add_months: (_, [date, months]) => (isText(date) && isNumber(months) ? addMonths(date, months) : null),
  open: (env, [name]) => {
    const hours = isText(name) && env.machine.hours ? own(env.machine.hours, name) : undefined;
    const local = hours && toLocal(env.offset, env.now);
    return local ? isOpen(hours, local) : null;
  },
  random: (env, [bound]) => (isNumber(bound) && bound >= 1 ? 1 + draw(env.seed, env.drawn++, Math.trunc(bound)) : null),
  variant: (env, [name, count]) =>
    isText(name) && isNumber(count) && count >= 1
      ? 1 + (hashText(`${name}/${env.contact.id}`) % Math.trunc(count))
      : null,
  id: (_, [value]) => (isText(value) ? value : null),
};

/** Cut to `size` code points, the last of them an ellipsis. */
function clip(text: string, size: number): string {
  if (codePoints(text) <= size) return text;
  return `${Array.from(text)
    .slice(0, Math.max(0, size - 1))
    .join("")
    .trimEnd()}…`;
}

function capitalized(word: string): string {
  const [first = "", ...rest] = Array.from(word);
  return first.toUpperCase() + rest.join("").toLowerCase();
}

function formatted(env: Env, value: Value, how: Value): Value {
  const locale = spoken(env.machine, env.locale);
  if (isNumber(value) && isNumber(how)) return fixed(value, how, env.facts(locale).printedDecimal);
  if (!isText(how)) return null;
  if (isNumber(value)) {
    const local = toLocal(env.offset, value);
    return local && formatMoment(how, local.days, local.minutes, locale);
  }
  if (!isText(value)) return null;
  const civil = parseDate(value);
  const minutes = civil ? 0 : parseTime(value);
  return minutes === null ? null : formatMoment(how, civil ? toDays(civil) : 0, minutes, locale);
}

const MOST_PLACES = 6;

function fixed(value: number, places: number, decimal: string): string {
  const digits = Math.max(0, Math.min(MOST_PLACES, Math.trunc(places)));
  const text = printNumber(roundTo(value, digits));
  if (digits === 0) return text;
  const [whole = "0", decimals = ""] = text.split(".");
  return `${whole}${decimal}${decimals.padEnd(digits, "0")}`;
}

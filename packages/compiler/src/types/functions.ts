/** Signatures of the built-in functions, in one table. What they do at run time is `@parley/machine`'s part. */

import { formatLength } from "@parley/machine";
import { codePoints, LIMITS } from "@parley/whatsapp";
import type { FunctionName } from "../bind/builtins.ts";
import type { Expr } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { BOOL, DATE, MOMENT, NUMBER, optional, range, TEXT, TIME, text, UNKNOWN, WHOLE } from "./builtins.ts";
import { longestCase, PRINTED, writtenPattern } from "./length.ts";
import { isNumeric, join } from "./relations.ts";
import type { Type } from "./type.ts";

export interface Signature {
  readonly min: number;
  readonly max: number;
  /** The last one stands for all that follow. */
  readonly params: readonly Param[];
  /** Known also where the type of an argument is not. */
  readonly total?: true;
  readonly result: (call: Call) => Type;
}

interface Param {
  /** Completes "… takes", with an article. */
  readonly wanted: string;
  readonly fits: (type: Type, expr: Expr) => boolean;
}

/** A call whose arguments are all there, present and of the parameters' kinds. */
export interface Call {
  readonly args: readonly Type[];
  readonly exprs: readonly Expr[];
}

const of = (wanted: string, ...kinds: readonly Type["kind"][]): Param => ({
  wanted,
  fits: (type) => kinds.includes(type.kind),
});

const A_TEXT = of("a text", "text", "phone", "url");
const A_NUMBER = of("a number", "range", "number");
const A_LIST = of("a list", "list");
const A_DATE = of("a date", "date");
const A_TIME = of("a time", "time");
const A_DAY = of("a date or a moment", "date", "moment");
const ORDERED: readonly Type["kind"][] = ["range", "number", "date", "time", "moment", "duration", "text"];
const A_SIZE: Param = {
  wanted: "a whole number written out, at least 1",
  fits: (type) => type.kind === "range" && type.min === type.max && type.min >= 1,
};
const A_WRITTEN_TEXT: Param = {
  wanted: "a text written out",
  fits: (_, expr) => expr.kind === "TextExpr" && expr.parts.every((part) => typeof part === "string"),
};
const NUMBERS: Param = {
  wanted: "a list of numbers",
  fits: (type) => type.kind === "list" && isItem(type.of, isNumeric),
};
const TEXTS: Param = { wanted: "a list of texts", fits: (type) => type.kind === "list" && isItem(type.of, isText) };
const ORDERED_LIST: Param = {
  wanted: "a list of numbers, times or texts",
  fits: (type) => type.kind === "list" && isItem(type.of, isOrdered),
};
const LIST_OR_ORDERED: Param = {
  wanted: "a list, or two values with an order",
  fits: (type, expr) => ORDERED_LIST.fits(type, expr) || isOrdered(type),
};

const one = (param: Param, result: Signature["result"]): Signature => ({ min: 1, max: 1, params: [param], result });
const fixed = (params: readonly Param[], result: Signature["result"]): Signature => ({
  min: params.length,
  max: params.length,
  params,
  result,
});
const always = (params: readonly Param[], type: Type): Signature => ({ ...fixed(params, () => type), total: true });

/** A case change can lengthen a text: `ß` gives `SS`, `ΐ` three code points, `İ` two. */
const UPPER_GROWTH = 3;
const LOWER_GROWTH = 2;

const FUNCTIONS: Readonly<Record<FunctionName, Signature>> = {
  len: one(of("a text or a list", "text", "phone", "url", "list"), ({ args }) => sizeOf(arg(args, 0))),
  clip: fixed([A_TEXT, A_SIZE], ({ args }) => text(Math.min(lengthOf(arg(args, 0)), literal(arg(args, 1))))),
  upper: one(A_TEXT, ({ args }) => text(lengthOf(arg(args, 0)) * UPPER_GROWTH)),
  lower: one(A_TEXT, ({ args }) => text(lengthOf(arg(args, 0)) * LOWER_GROWTH)),
  title: one(A_TEXT, ({ args }) => text(lengthOf(arg(args, 0)) * UPPER_GROWTH)),
  trim: one(A_TEXT, ({ args }) => text(lengthOf(arg(args, 0)))),
  replace: fixed([A_TEXT, A_TEXT, A_TEXT], replaced),
  contains: always([A_TEXT, A_TEXT], BOOL),
  join: fixed([TEXTS, A_TEXT], joined),
  count: one(A_LIST, ({ args }) => sizeOf(arg(args, 0))),
  sum: one(NUMBERS, ({ args }) => summed(arg(args, 0))),
  min: { min: 1, max: 20, params: [LIST_OR_ORDERED], result: (call) => extreme(call, Math.min) },
  max: { min: 1, max: 20, params: [LIST_OR_ORDERED], result: (call) => extreme(call, Math.max) },
  sort: one(ORDERED_LIST, ({ args }) => arg(args, 0)),
  round: { min: 1, max: 2, params: [A_NUMBER, A_NUMBER], result: rounded },
  mod: fixed([A_NUMBER, A_NUMBER], remainder),
  clamp: fixed([A_NUMBER, A_NUMBER, A_NUMBER], clamped),
  number: always([A_TEXT], optional(NUMBER)),
  format: {
    min: 2,
    max: 2,
    params: [
      of("a number, date, time or moment", "range", "number", "date", "time", "moment"),
      of("a number of places or a pattern", "range", "text"),
    ],
    result: formatted,
  },
  now: always([], MOMENT),
  today: always([], DATE),
  date: always([A_NUMBER, A_NUMBER, A_NUMBER], optional(DATE)),
  time: always([A_NUMBER, A_NUMBER], optional(TIME)),
  at: always([A_DATE, A_TIME], MOMENT),
  year: always([A_DAY], range(0, 9999)),
  month: always([A_DAY], range(1, 12)),
  day: always([A_DAY], range(1, 31)),
  weekday: always([A_DAY], range(1, 7)),
  hour: always([of("a moment or a time", "moment", "time")], range(0, 23)),
  days: always([A_DAY, A_DAY], WHOLE),
  add_months: always([A_DATE, A_NUMBER], DATE),
  open: always([A_WRITTEN_TEXT], BOOL),
  random: one(A_SIZE, ({ args }) => range(1, literal(arg(args, 0)))),
  variant: fixed([A_WRITTEN_TEXT, A_SIZE], ({ args }) => range(1, literal(arg(args, 1)))),
  id: one(of("a value of an enum", "enum"), ({ args }) => caseName(arg(args, 0))),
};

export function signatureOf(name: string): Signature | undefined {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name as FunctionName] : undefined;
}

function arg(args: readonly Type[], i: number): Type {
  return sure(args[i]);
}

function isItem(type: Type, fits: (type: Type) => boolean): boolean {
  return type.kind === "unknown" || fits(type);
}

function isText(type: Type): boolean {
  return type.kind === "text" || type.kind === "phone" || type.kind === "url";
}

function isOrdered(type: Type): boolean {
  return ORDERED.includes(type.kind);
}

function lengthOf(type: Type): number {
  if (type.kind === "text") return type.max;
  return type.kind === "phone" || type.kind === "url" ? PRINTED[type.kind] : LIMITS.textBody.max;
}

function literal(type: Type): number {
  return type.kind === "range" ? type.max : 0;
}

function sizeOf(type: Type): Type {
  return type.kind === "list" ? range(type.min, type.max) : range(0, lengthOf(type));
}

/** Each occurrence of the text that is looked for, at its shortest, can become the longest replacement. */
function replaced({ args, exprs }: Call): Type {
  const whole = lengthOf(arg(args, 0));
  const from = exprs[1];
  const shortest =
    from?.kind === "TextExpr" && from.parts.every((part) => typeof part === "string")
      ? Math.max(1, codePoints(from.parts.join("")))
      : 1;
  const growth = Math.max(0, lengthOf(arg(args, 2)) - shortest);
  return text(whole + Math.floor(whole / shortest) * growth);
}

function joined({ args }: Call): Type {
  const items = arg(args, 0);
  if (items.kind !== "list") return TEXT;
  const each = items.of.kind === "unknown" ? 0 : lengthOf(items.of);
  return text(items.max * each + Math.max(0, items.max - 1) * lengthOf(arg(args, 1)));
}

function summed(items: Type): Type {
  if (items.kind !== "list" || items.of.kind !== "range") return NUMBER;
  const { min, max } = items.of;
  return range(Math.min(items.min * min, items.max * min), Math.max(items.min * max, items.max * max));
}

/** Of a list that can be empty there may be none. */
function extreme({ args }: Call, pick: (...values: number[]) => number): Type {
  const first = arg(args, 0);
  if (first.kind === "list") return first.min > 0 ? first.of : optional(first.of);
  if (args.every((type) => type.kind === "range")) {
    return range(pick(...args.map((type) => type.min)), pick(...args.map((type) => type.max)));
  }
  return args.reduce<Type | undefined>((type, next) => type && join(type, next), first) ?? UNKNOWN;
}

function rounded({ args }: Call): Type {
  const value = arg(args, 0);
  if (value.kind === "range") return value;
  return args.length === 1 ? WHOLE : NUMBER;
}

/** Has the sign of the first number; by 0 there is none. */
function remainder({ args }: Call): Type {
  const [value, by] = [arg(args, 0), arg(args, 1)];
  const zero = by.kind !== "range" || (by.min <= 0 && by.max >= 0);
  if (value.kind !== "range" || by.kind !== "range") return zero ? optional(NUMBER) : NUMBER;
  const most = Math.max(Math.abs(by.min), Math.abs(by.max)) - 1;
  const type = range(value.min < 0 ? Math.max(-most, value.min) : 0, value.max > 0 ? Math.min(most, value.max) : 0);
  return zero ? optional(type) : type;
}

function clamped({ args }: Call): Type {
  const [value, low, high] = [arg(args, 0), arg(args, 1), arg(args, 2)];
  if (value.kind !== "range" || low.kind !== "range" || high.kind !== "range") return NUMBER;
  const min = Math.max(low.min, Math.min(value.min, high.min));
  const max = Math.min(high.max, Math.max(value.max, low.max));
  return min <= max ? range(min, max) : range(Math.min(low.min, high.min), Math.max(low.max, high.max));
}

/** A number with its places, or a pattern whose longest word is a month's or day's name. */
function formatted({ args, exprs }: Call): Type {
  const how = arg(args, 1);
  const value = arg(args, 0);
  if (isNumeric(value)) return text(numberLength(value, how.kind === "range" ? how.max : MOST_PLACES));
  const pattern = exprs[1] && writtenPattern(exprs[1]);
  if (pattern === undefined) return text(lengthOf(how) * LONGEST_NAME);
  return text(
    Math.max(
      1,
      formatLength(pattern, () => LONGEST_NAME),
    ),
  );
}

/** More decimals are never printed. */
const MOST_PLACES = 6;
/** A sign and the 16 digits of a number that is rounded up to 10^15. */
const WHOLE_DIGITS = 17;

/** A number with its decimals, as many as wanted. */
function numberLength(value: Type, places: number): number {
  const decimals = Math.max(0, Math.min(MOST_PLACES, places));
  const whole = value.kind === "range" ? Math.max(String(value.min).length, String(value.max).length) : WHOLE_DIGITS;
  return whole + (decimals > 0 ? 1 + decimals : 0);
}

/** No month or weekday in the languages of WhatsApp's list has a longer name; the longest today has 16 characters. */
const LONGEST_NAME = 24;

function caseName(type: Type): Type {
  return type.kind === "enum" ? text(longestCase(type)) : TEXT;
}

/** Typed answers: what a user's text is as a value of the kind that the ask wants; null where it is none. */
import type { AnswerDef, NationalPhone, Value } from "../format.ts";
import { normalText } from "../text/fold.ts";
import { isUrl } from "../value/fits.ts";
import { parseTypedDate } from "./date.ts";
import { asciiDigits } from "./digits.ts";
import type { LocaleFacts } from "./locale.ts";
import { parseNumber } from "./number.ts";

export interface TypedContext {
  readonly facts: LocaleFacts;
  /** In the machine's time zone, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** How numbers without country code are read; absent: not at all. */
  readonly phones?: NationalPhone | undefined;
}

type TypedKind = Extract<AnswerDef, { type: unknown }>["kind"];

export function parseTyped(kind: TypedKind, text: string, context: TypedContext): Value {
  switch (kind) {
    case "text":
      return text.trim() === "" ? null : text.trim();
    case "number":
      return parseNumber(text, context.facts.decimal);
    case "date":
      return parseTypedDate(text, context.facts, context.today());
    case "phone":
      return parsePhone(text, context.phones);
    case "url":
      return parseUrl(text);
    case "email":
      return parseEmail(text);
    default:
      return kind satisfies never;
  }
}

/**
 * With `+` or `00` and the country code. Without, as a number of the country that is given: with its trunk prefix, with its
 * code and no mark, or as it is. Only how many digits there are is looked at, not which numbers the country gave out.
 */
function parsePhone(text: string, national: NationalPhone | undefined): string | null {
  const digits = asciiDigits(normalText(text)).replace(/[\s().\-/]/g, "");
  const marked = digits.replace(/^00/, "+");
  const typed = marked.startsWith("+") || !national ? marked : withCode(digits, national);
  return /^\+[1-9]\d{4,14}$/.test(typed) ? typed : null;
}

/**
 * Where there is a trunk prefix that was not typed, the code counts as one first. No number has a 0 behind the code in a
 * country whose trunk prefix it is.
 */
function withCode(digits: string, { code, trunk, lengths }: NationalPhone): string {
  const without = (prefix: string): string | undefined => {
    const rest = digits.slice(prefix.length);
    return digits.startsWith(prefix) && lengths.includes(rest.length) ? `+${code}${rest}` : undefined;
  };
  const ways =
    trunk === undefined ? ["", code] : [trunk, code, ...(trunk.startsWith("0") && digits.startsWith("0") ? [] : [""])];
  return ways.map(without).find((number) => number !== undefined) ?? "";
}

/** A host without a scheme gets `https`. */
function parseUrl(text: string): string | null {
  const trimmed = text.trim();
  const url = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  return isUrl(url) && /^https?:\/\/[^\s/?#.]+\.[^\s/?#]+/i.test(url) ? url : null;
}

const EMAIL = /^[^\s@"(),:;<>[\\\]]+@[^\s@.]+(?:\.[^\s@.]+)+$/;
const EMAIL_MAX = 254;

function parseEmail(text: string): string | null {
  const trimmed = text.trim();
  return EMAIL.test(trimmed) && trimmed.length <= EMAIL_MAX ? trimmed : null;
}

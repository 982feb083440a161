/** Typed answers: what a user's text is as a value of the kind that the ask wants; null where it is none. */
import type { AnswerDef, Value } from "../format.ts";
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
      return parsePhone(text);
    case "url":
      return parseUrl(text);
    case "email":
      return parseEmail(text);
    default:
      return kind satisfies never;
  }
}

/** With `+` or `00` and the country code; in a phone's own country nothing tells which that is. */
function parsePhone(text: string): string | null {
  const digits = asciiDigits(normalText(text)).replace(/[\s().\-/]/g, "");
  const international = digits.replace(/^00/, "+");
  return /^\+[1-9]\d{4,14}$/.test(international) ? international : null;
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

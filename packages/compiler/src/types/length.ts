/** Worst-case lengths of texts. */
import { codePoints } from "@parley/whatsapp";
import type { EnumCase, Hole, TextExpr } from "../syntax/ast.ts";
import type { ExprTypes, Type } from "./type.ts";

export interface Length {
  readonly codePoints: number;
  /** Counts a value's characters as one unit each, since most are: only what is written is known to need more. */
  readonly utf16: number;
}

export interface TextLength extends Length {
  /** The part that is written. */
  readonly literal: Length;
  readonly holes: readonly HoleLength[];
}

export interface HoleLength {
  readonly hole: Hole;
  readonly type: Type;
  /** In code points. */
  readonly max: number;
}

/** How long values are when printed, in characters: rules of the language, not of WhatsApp. */
export const PRINTED = { number: 20, date: 10, time: 5, phone: 16, url: 2000 } as const;

const NOTHING: Length = { codePoints: 0, utf16: 0 };

/** The largest length of a text over all values of its holes. */
export function maxLength(ofExpr: ExprTypes, text: TextExpr): TextLength {
  let literal = NOTHING;
  const holes: HoleLength[] = [];
  let whole = NOTHING;
  for (const part of text.parts) {
    if (typeof part === "string") {
      literal = plus(literal, lengthOf(part));
    } else {
      const type = ofExpr.get(part.value) ?? UNKNOWN;
      const length = printedLength(type);
      holes.push({ hole: part, type, max: length.codePoints });
      whole = plus(whole, length);
    }
  }
  return { ...plus(whole, literal), literal, holes };
}

const UNKNOWN: Type = { kind: "unknown" };

export function lengthOf(text: string): Length {
  return { codePoints: codePoints(text), utf16: text.length };
}

/** The largest length of a value in a hole; 0 where a hole cannot hold it, which is reported elsewhere. */
export function printedLength(type: Type): Length {
  switch (type.kind) {
    case "text":
      return same(type.max);
    case "range":
      return same(Math.max(String(type.min).length, String(type.max).length));
    case "number":
    case "date":
    case "time":
    case "phone":
    case "url":
      return same(PRINTED[type.kind]);
    case "enum":
      return labelLength(type);
    case "optional":
      return printedLength(type.of);
    default:
      return NOTHING;
  }
}

/** The longest label; a case without one prints its name. */
function labelLength(type: Type & { kind: "enum" }): Length {
  const labels = type.decl?.cases.map(labelOf) ?? type.cases;
  let longest = NOTHING;
  for (const label of labels) {
    const length = lengthOf(label);
    longest = {
      codePoints: Math.max(longest.codePoints, length.codePoints),
      utf16: Math.max(longest.utf16, length.utf16),
    };
  }
  return longest;
}

/** What a case prints in the language of the file. */
export function labelOf(c: EnumCase): string {
  return c.label ? c.label.parts.filter((part) => typeof part === "string").join("") : c.name.text;
}

/** The longest name of a case, which is what `id` gives. */
export function longestCase(type: Type & { kind: "enum" }): number {
  return type.cases.reduce((longest, name) => Math.max(longest, codePoints(name)), 0);
}

function same(length: number): Length {
  return { codePoints: length, utf16: length };
}

function plus(a: Length, b: Length): Length {
  return { codePoints: a.codePoints + b.codePoints, utf16: a.utf16 + b.utf16 };
}

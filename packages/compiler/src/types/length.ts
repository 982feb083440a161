/** Worst-case lengths of texts. */
import { formatLength, longestName } from "@parley/machine";
import { codePoints } from "@parley/whatsapp";
import type { EnumCase, Expr, Hole, TextExpr } from "../syntax/ast.ts";
import type { ExprTypes, Type } from "./type.ts";
import type { Wording } from "./wording.ts";

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

/** The largest length of a text over all values of its holes, in the words of one language. */
export function maxLength(ofExpr: ExprTypes, text: TextExpr, wording?: Wording): TextLength {
  let literal = NOTHING;
  const holes: HoleLength[] = [];
  let whole = NOTHING;
  for (const part of text.parts) {
    if (typeof part === "string") {
      literal = plus(literal, lengthOf(part));
    } else {
      const type = ofExpr.get(part.value) ?? UNKNOWN;
      const length = formattedLength(ofExpr, part.value, wording) ?? printedLength(type, wording);
      holes.push({ hole: part, type, max: length.codePoints });
      whole = plus(whole, length);
    }
  }
  return { ...plus(whole, literal), literal, holes };
}

/**
 * Of a date that is formatted right here: by the names of months and days in this language, as the compiler's `Intl` knows
 * them. Of one that comes in a variable only its type is known, which has room for every language.
 */
function formattedLength(ofExpr: ExprTypes, expr: Expr, wording: Wording | undefined): Length | undefined {
  if (!wording || expr.kind !== "CallExpr" || expr.name.text !== "format") return undefined;
  const [value, how] = expr.args;
  const type = value && ofExpr.get(value)?.kind;
  const pattern = how && writtenPattern(how);
  if (pattern === undefined || !(type === "date" || type === "time" || type === "moment")) return undefined;
  return same(formatLength(pattern, (part, letters) => longestName(wording.locale, part, letters)));
}

/** A pattern of `format` that is known. */
export function writtenPattern(expr: Expr): string | undefined {
  if (expr.kind !== "TextExpr" || expr.parts.some((part) => typeof part !== "string")) return undefined;
  return plainText(expr);
}

const UNKNOWN: Type = { kind: "unknown" };

export function lengthOf(text: string): Length {
  return { codePoints: codePoints(text), utf16: text.length };
}

/** The largest length of a value in a hole; 0 where a hole cannot hold it, which is reported elsewhere. */
export function printedLength(type: Type, wording?: Wording): Length {
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
      return labelLength(type, wording);
    case "optional":
      return printedLength(type.of, wording);
    default:
      return NOTHING;
  }
}

/** The longest label; a case without one prints its name. */
function labelLength(type: Type & { kind: "enum" }, wording: Wording | undefined): Length {
  const labels = labelsOf(type, wording);
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

/** What the values of an enum print. */
export function labelsOf(type: Type & { kind: "enum" }, wording?: Wording): readonly string[] {
  if (type.decl) return type.decl.cases.map((c) => labelOf(c, wording));
  return type.cases.map((name) => {
    const label = wording?.builtinLabel(type.name, name);
    return label ? plainText(label) : name;
  });
}

/** What a case prints, as it is written or in the words of a language. */
export function labelOf(c: EnumCase, wording?: Wording): string {
  const label = wording ? wording.label(c) : c.label;
  return label ? plainText(label) : c.name.text;
}

/** What is written of a text. */
export function plainText({ parts }: TextExpr): string {
  return parts.filter((part) => typeof part === "string").join("");
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

/**
 * Texts as locale files write them: holes as `{name}`, and `\{`, `\}`, `\\` for the characters themselves. The text of the
 * default language in this form is a key, a note, and a valid translation of itself.
 */
import type { Hole, TextExpr } from "../syntax/ast.ts";
import { spanText } from "../text/source.ts";

export function sourceText(text: TextExpr): string {
  return text.parts.map((part) => (typeof part === "string" ? escaped(part) : `{${holeText(part)}}`)).join("");
}

function escaped(text: string): string {
  return text.replace(/[\\{}]/g, "\\$&");
}

/** An expression as it is written, in one line. */
export function holeText(hole: Hole): string {
  return oneLine(spanText(hole.value));
}

function oneLine(expression: string): string {
  return expression.trim().replace(/\s+/g, " ");
}

export interface Split {
  readonly parts: readonly (string | Hole)[];
  /** In braces in the translation, but in no hole of the text. */
  readonly unknown: readonly string[];
  /** Holes of the text that the translation has not. */
  readonly missing: readonly string[];
  /** A brace is never closed, or closes nothing. */
  readonly unbalanced: boolean;
}

/** A translation, with the holes of the text that it translates. Each must be there, in any order, once or more. */
export function splitTranslation(translation: string, holes: readonly Hole[]): Split {
  const known = new Map(holes.map((hole) => [holeText(hole), hole]));
  const parts: (string | Hole)[] = [];
  const unknown: string[] = [];
  const missing = new Set(known.keys());
  let unbalanced = false;
  let literal = "";
  let at = 0;
  while (at < translation.length) {
    const char = translation.charAt(at);
    if (char === "\\" && /[\\{}]/.test(translation.charAt(at + 1))) {
      literal += translation.charAt(at + 1);
      at += 2;
      continue;
    }
    const end = char === "{" ? holeEnd(translation, at) : undefined;
    if (end === undefined) {
      if (char === "{" || char === "}") unbalanced = true;
      literal += char;
      at++;
      continue;
    }
    const inside = oneLine(translation.slice(at + 1, end - 1));
    const hole = known.get(inside);
    if (hole) {
      if (literal !== "") parts.push(literal);
      literal = "";
      parts.push(hole);
      missing.delete(inside);
    } else {
      unknown.push(inside);
      literal += translation.slice(at, end);
    }
    at = end;
  }
  if (literal !== "") parts.push(literal);
  return { parts, unknown, missing: [...missing], unbalanced };
}

/** Behind the brace that closes the one at `open`; texts inside of the hole may hold braces. */
function holeEnd(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') {
      const end = quoteEnd(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Behind the quotation mark that closes the one at `open`. */
function quoteEnd(text: string, open: number): number | undefined {
  for (let at = open + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === "{") {
      const end = holeEnd(text, at);
      if (end === undefined) return undefined;
      at = end - 1;
    } else if (char === '"') return at + 1;
  }
  return undefined;
}

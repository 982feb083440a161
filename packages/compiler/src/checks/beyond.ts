import type { TextExpr } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";

/**
 * The part of a text literal beyond its first `max` code points, as it stands in the source. Of texts over several
 * lines, whose indentation is not part of them, it is the whole.
 */
export function beyond(text: TextExpr, max: number): Span {
  const { source, start, end } = text;
  if (text.block || source.text.charAt(start) !== '"') return spanOf(source, start, end);
  let at = start + 1;
  let left = max;
  for (const part of text.parts) {
    if (typeof part !== "string") {
      at = part.end;
      continue;
    }
    for (const _ of part) {
      if (left === 0) return spanOf(source, at, Math.max(at, end - 1));
      at += lengthInSource(source.text, at);
      left--;
    }
  }
  return spanOf(source, start, end);
}

/** UTF-16 units of the code point or escape at `at`. */
function lengthInSource(text: string, at: number): number {
  if (text.charAt(at) === "\\") {
    if (text.charAt(at + 1) !== "u") return 2;
    const close = text.indexOf("}", at);
    return close < 0 ? 2 : close - at + 1;
  }
  return sure(text.codePointAt(at)) > 0xffff ? 2 : 1;
}

/** A bound on brackets inside brackets, so that neither the parser nor a later phase runs out of stack. */
import type { IToken } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import * as T from "./tokens.ts";

const DEEPEST = 64;

const OPEN: ReadonlySet<number> = new Set(
  [T.LeftBrace, T.LeftParen, T.LeftBracket].map((t) => t.tokenTypeIdx as number),
);
const CLOSE: ReadonlySet<number> = new Set(
  [T.RightBrace, T.RightParen, T.RightBracket].map((t) => t.tokenTypeIdx as number),
);

/**
 * The tokens without what lies deeper than allowed, which is reported. From `quietFrom` on the parser has nothing to say
 * that is not a consequence.
 */
export function limitNesting(
  source: Source,
  tokens: IToken[],
  diagnostics: Diagnostic[],
): { readonly tokens: IToken[]; readonly quietFrom: number } {
  let depth = 0;
  let deepest = 0;
  for (const token of tokens) {
    const type = token.tokenTypeIdx;
    if (OPEN.has(type)) {
      depth++;
      if (depth > deepest) deepest = depth;
    } else if (CLOSE.has(type) && depth > 0) depth--;
  }
  if (deepest <= DEEPEST) return { tokens, quietFrom: Number.POSITIVE_INFINITY };
  return cutDeep(source, tokens, diagnostics);
}

function cutDeep(
  source: Source,
  tokens: readonly IToken[],
  diagnostics: Diagnostic[],
): { tokens: IToken[]; quietFrom: number } {
  const kept: IToken[] = [];
  let depth = 0;
  let quietFrom = Number.POSITIVE_INFINITY;
  for (const token of tokens) {
    const opens = OPEN.has(token.tokenTypeIdx);
    if (opens) depth++;
    if (opens && depth > DEEPEST && quietFrom === Number.POSITIVE_INFINITY) {
      const before = kept.at(-1);
      quietFrom = before === undefined ? token.startOffset : before.startOffset + before.image.length;
      const span = { source, start: token.startOffset, end: token.startOffset + token.image.length };
      const expected = `at most ${DEEPEST} brackets inside one another`;
      diagnostics.push(diagnostic("P1001", span, { expected, found: "more" }));
    }
    if (depth <= DEEPEST) kept.push(token);
    if (CLOSE.has(token.tokenTypeIdx) && depth > 0) depth--;
  }
  return { tokens: kept, quietFrom };
}

/** Texts and patterns that typed messages are compared with. */
import { foldText, type PatternDef } from "@parley/machine";
import type { PatternLiteral, TextExpr } from "../syntax/ast.ts";
import { compilePattern } from "../text/pattern.ts";
import { literalText } from "./expressions.ts";

export interface Texts {
  /** Folded. */
  readonly texts: readonly string[];
  readonly patterns: readonly PatternDef[];
}

export function lowerTexts(written: readonly (TextExpr | PatternLiteral)[]): Texts {
  const texts: string[] = [];
  const patterns: PatternDef[] = [];
  for (const one of written) {
    if (one.kind === "TextExpr") texts.push(foldText(literalText(one)));
    else patterns.push(lowerPattern(one));
  }
  return { texts, patterns };
}

function lowerPattern({ pattern, ignoreCase }: PatternLiteral): PatternDef {
  return {
    source: `/${pattern.replaceAll("/", "\\/")}/${ignoreCase ? "i" : ""}`,
    program: compilePattern(pattern, ignoreCase),
  };
}

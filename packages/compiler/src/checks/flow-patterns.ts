/** P5010: a text that patterns of two flows match. */
import { foldText } from "@parley/machine";
import { diagnostic } from "../diagnostics/report.ts";
import type { FlowDecl, PatternLiteral } from "../syntax/ast.ts";
import { type Budget, commonText } from "../text/common-text.ts";
import { compilePattern, patternProblem } from "../text/pattern.ts";
import { plainText } from "../types/length.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

/** Of all pairs together: about a tenth of a second. */
const MOST_STEPS = 400_000;

interface Pattern {
  readonly flow: FlowDecl;
  readonly syntax: PatternLiteral;
  readonly shown: string;
  readonly program: ReturnType<typeof compilePattern>;
}

export function patternsApart({ names }: FlowProgram, report: Report): void {
  const patterns: Pattern[] = [];
  const literals = new Set<string>();
  for (const flow of names.flows.values()) {
    for (const { on } of flow.triggers) {
      if (on.kind !== "OnText") continue;
      for (const text of on.texts) {
        if (text.kind === "TextExpr") literals.add(foldText(plainText(text)));
        else if (patternProblem(text.pattern, text.ignoreCase) === undefined) patterns.push(patternOf(flow, text));
      }
    }
  }
  const budget: Budget = { steps: MOST_STEPS };
  // A text that a trigger names goes to that one, whatever patterns say.
  const accepts = (text: string): boolean => !literals.has(foldText(text));
  patterns.forEach((later, i) => {
    const found = firstOverlap(patterns.slice(0, i), later, budget, accepts);
    if (!found) return;
    const { other, text } = found;
    const args = { pattern: later.shown, other: other.shown, flow: other.flow.name.text, text };
    const related = [{ span: place(other.syntax), message: `this pattern matches "${text}", too` }];
    report(diagnostic("P5010", place(later.syntax), args, { related }));
  });
}

/** One finding a pattern says enough. Equal patterns are the same trigger twice. */
function firstOverlap(
  before: readonly Pattern[],
  later: Pattern,
  budget: Budget,
  accepts: (text: string) => boolean,
): { readonly other: Pattern; readonly text: string } | undefined {
  for (const other of before) {
    if (other.flow === later.flow || other.shown === later.shown) continue;
    const text = commonText(other.program, later.program, budget, accepts);
    if (text !== undefined) return { other, text };
  }
  return undefined;
}

function patternOf(flow: FlowDecl, syntax: PatternLiteral): Pattern {
  const { pattern, ignoreCase } = syntax;
  return { flow, syntax, shown: `/${pattern}/${ignoreCase ? "i" : ""}`, program: compilePattern(pattern, ignoreCase) };
}

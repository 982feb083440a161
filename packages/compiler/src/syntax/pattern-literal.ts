/** Pattern tokens to pattern nodes. */
import type { IToken } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { patternProblem } from "../text/pattern.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import type { PatternLiteral } from "./ast.ts";

export function readPattern(
  token: IToken,
  context: { readonly source: Source; readonly diagnostics: Diagnostic[] },
): PatternLiteral {
  const { image, startOffset: start } = token;
  const parts = /^\/((?:[^/\\]|\\.)*)(?:\/([A-Za-z]*))?/s.exec(image);
  const pattern = sure(parts?.[1]).replaceAll("\\/", "/");
  const flags = parts?.[2];
  const end = start + image.length;
  let problem: string | undefined;
  if (flags === undefined) problem = "`/` is missing at its end";
  else if (flags !== "" && flags !== "i") problem = "the only flag is `i`";
  else problem = patternProblem(pattern, flags === "i");
  const span = { source: context.source, start, end };
  if (problem !== undefined) {
    const shown = image.length > 60 ? `${image.slice(0, 60)}…` : image;
    context.diagnostics.push(diagnostic("P1004", span, { pattern: shown, problem }));
  }
  return { kind: "PatternLiteral", source: context.source, start, end, pattern, ignoreCase: flags === "i" };
}

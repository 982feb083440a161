/** Parts of a file that belong together: to be folded, and to be selected one around the other. */
import { lineStarts, positionAt, type Source, type Syntax } from "@parley/compiler";
import type { FoldingRange, SelectionRange } from "vscode-languageserver";
import { childrenOf, type Node, pathAt } from "../at.ts";
import { toRange } from "../positions.ts";

const FOLDED: ReadonlySet<string> = new Set([
  "FlowDecl",
  "StateDecl",
  "TestDecl",
  "TemplateDecl",
  "ProfileDecl",
  "ActionDecl",
  "TypeDecl",
  "Ask",
  "Say",
  "Send",
  "Option",
  "Section",
  "ForRows",
  "If",
  "Match",
  "MatchArm",
  "Block",
  "TextExpr",
  "ListExpr",
  "RecordExpr",
]);

/** What takes more than one line, each beginning once; comments over several lines. */
export function foldingRanges(file: Syntax.File): readonly FoldingRange[] {
  const found = new Map<number, FoldingRange>();
  const starts = lineStarts(file.source);
  const queue: Node[] = [file];
  for (let node = queue.pop(); node; node = queue.pop()) {
    const startLine = positionAt(node.source, node.start).line - 1;
    if (node.end < (starts[startLine + 1] ?? Number.POSITIVE_INFINITY) && node !== file) continue;
    const last = positionAt(node.source, node.end).line - 1;
    queue.push(...childrenOf(node));
    // A closing bracket stays in sight.
    const endLine = /[}\])]/.test(node.source.text.charAt(node.end - 1)) ? last - 1 : last;
    const before = found.get(startLine);
    if (FOLDED.has(node.kind) && endLine > startLine && !(before && before.endLine >= endLine)) {
      found.set(startLine, { startLine, endLine });
    }
  }
  for (const fold of commentFolds(file.source, "//")) if (!found.has(fold.startLine)) found.set(fold.startLine, fold);
  return [...found.values()].sort((a, b) => a.startLine - b.startLine);
}

/** Runs of lines that are comments alone. */
export function* commentFolds(source: Source, sign: string): Generator<FoldingRange> {
  const starts = lineStarts(source);
  let first: number | undefined;
  for (let line = 0; line <= starts.length; line++) {
    const isComment =
      line < starts.length &&
      source.text
        .slice(starts[line], starts[line + 1])
        .trimStart()
        .startsWith(sign);
    if (isComment) first ??= line;
    else if (first !== undefined) {
      if (line - 1 > first) yield { startLine: first, endLine: line - 1, kind: "comment" };
      first = undefined;
    }
  }
}

/** From the innermost node outwards; two of one range count once. */
export function selectionRange(file: Syntax.File, offset: number): SelectionRange {
  let found: SelectionRange | undefined;
  let [start, end] = [-1, -1];
  for (const node of pathAt(file, offset)) {
    if (node.start === start && node.end === end) continue;
    [start, end] = [node.start, node.end];
    found = found ? { range: toRange(node), parent: found } : { range: toRange(node) };
  }
  return found ?? { range: toRange(file) };
}

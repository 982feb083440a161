/** Formatting as small edits: what stands right stays untouched, so that cursors and folds do. */
import { formatRange, type Syntax } from "@parley/compiler";
import type { TextEdit } from "vscode-languageserver";
import { toRange } from "../positions.ts";

/** None where the file has syntax errors. */
export function formatting(file: Syntax.File): readonly TextEdit[] {
  return rangeFormatting(file, 0, file.source.text.length);
}

export function rangeFormatting({ source }: Syntax.File, start: number, end: number): readonly TextEdit[] {
  const edits = formatRange(source, start, end);
  // Where only line ends differ, they are the editor's own affair.
  const isDos = source.text.includes("\r\n");
  return edits.flatMap(({ span, text }) => {
    const newText = isDos ? text.replaceAll("\n", "\r\n") : text;
    return source.text.slice(span.start, span.end) === newText ? [] : [{ range: toRange(span), newText }];
  });
}

/** Behind a new line or a closing bracket: the line that was left, or the block that was closed. */
export function onTypeFormatting(file: Syntax.File, offset: number, typed: string): readonly TextEdit[] {
  const { text } = file.source;
  if (typed !== "\n") return rangeFormatting(file, offset, offset);
  const last = text.lastIndexOf("\n", offset - 1);
  return rangeFormatting(file, Math.max(0, last - 1), Math.max(0, last - 1));
}

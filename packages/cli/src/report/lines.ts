import { lineStarts, type Source } from "@parley/compiler";

/** The text of a line, from 1, without its end. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const from = starts[line - 1];
  if (from === undefined) return "";
  return source.text.slice(from, starts[line] ?? source.text.length).replace(/[\r\n]+$/, "");
}

/** Between the compiler's offsets and the protocol's positions: lines and characters from 0, characters in UTF-16 units. */
import { lineStarts, positionAt, type Source, type Span } from "@parley/compiler";
import type { Location, Position, Range } from "vscode-languageserver";
import { uriOf, type View } from "./view.ts";

export function toPosition(source: Source, offset: number): Position {
  const { line, column } = positionAt(source, offset);
  return { line: line - 1, character: column - 1 };
}

export function toRange(span: Span): Range {
  return { start: toPosition(span.source, span.start), end: toPosition(span.source, span.end) };
}

export function toLocation(view: View, span: Span): Location {
  return { uri: uriOf(view, span.source), range: toRange(span) };
}

/** A position behind the end of its line is the line's end, one behind the last line the end of the text. */
export function offsetAt(source: Source, position: Position): number {
  const starts = lineStarts(source);
  const start = starts[position.line];
  if (start === undefined) return source.text.length;
  const next = starts[position.line + 1] ?? source.text.length + 1;
  const line = source.text.slice(start, next).replace(/\r?\n$|\r$/, "");
  return start + Math.min(position.character, line.length);
}

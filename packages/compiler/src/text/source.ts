import { sure } from "../text/sure.ts";
/** One source file: its path relative to the project (with `/`) and its text. Offsets are UTF-16 code units, from 0. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Of `libraries`: somebody else's, so nothing is mended in it, and what is no error is not told. */
  readonly library?: true;
  /** Of a part of a file that is read by itself. Text and offsets are the file's. */
  readonly part?: PartOf;
}

export interface PartOf {
  readonly whole: Source;
  /** Tells the parts of a file apart; stays when one is read again. */
  readonly number: number;
  /** Offset in the file; moves with the text before it. */
  readonly start: number;
}

/** The file that a source is or is a part of. */
export function wholeOf(source: Source): Source {
  return source.part?.whole ?? source;
}

/** A name for a file or a part of one that another version of it has too. */
export function keyOf({ path, part }: Source): string {
  return part ? `${path}#${part.number}` : path;
}

/** A half-open range `[start, end)` of a source. Every syntax node is one. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** A place as people and editors count it: line and column from 1, column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

/** Offsets at which the lines of a source begin; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineStarts(of: Source): readonly number[] {
  const source = wholeOf(of);
  const known = lineStartsOf.get(source);
  if (known) return known;
  const starts = startsIn(source.text);
  lineStartsOf.set(source, starts);
  return starts;
}

function startsIn(text: string): readonly number[] {
  const starts = [0];
  if (text.includes("\r")) {
    for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length);
    return starts;
  }
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

/** The position of an offset; an offset outside the text is moved to its nearest end. */
export function positionAt(source: Source, offset: number): Position {
  const at = Math.max(0, Math.min(offset, source.text.length));
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sure(starts[middle]) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - sure(starts[low]) + 1, offset: at };
}

export function spanOf(source: Source, start: number, end: number): Span {
  return { source, start, end };
}

/** A span as other readers of a text give it, who may point behind its end or into a character. */
export function spanWithin(source: Source, start: number, end: number): Span {
  const { text } = source;
  const from = Math.min(start, text.length);
  const to = Math.min(Math.max(start, end), text.length);
  return { source, start: splits(text, from) ? from - 1 : from, end: splits(text, to) ? to + 1 : to };
}

function splits(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));
}

/** The text that a span covers. */
export function spanText(span: Span): string {
  return span.source.text.slice(span.start, span.end);
}

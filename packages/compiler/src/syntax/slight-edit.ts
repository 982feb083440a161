/** Changes of nothing but characters of one text, or blank lines: what is not about texts is as it was, and elsewhere. */
import type { Source, Span } from "../text/source.ts";
import type { File } from "./ast.ts";

export interface Change {
  /** In the text before. */
  readonly start: number;
  readonly end: number;
  /** By how much the text after it has moved. */
  readonly by: number;
}

/** What a file, or a part of one, was before. */
export interface SlightEdit {
  readonly before: Source;
  /** From the start of the file or part: what stood behind it has moved by `by`. */
  readonly at: number;
  readonly by: number;
}

/** From the first to the last character that is another one. */
export function changeBetween(old: string, text: string): Change {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start + STRIDE <= shorter && old.startsWith(text.slice(start, start + STRIDE), start)) start += STRIDE;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  const most = shorter - start;
  let [same, end] = [0, text.length];
  for (; same + STRIDE <= most && old.endsWith(text.slice(end - STRIDE, end), old.length - same); end -= STRIDE)
    same += STRIDE;
  while (same < most && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)) same++;
  return { start, end: old.length - same, by: text.length - old.length };
}

/** Characters that are compared at once. */
const STRIDE = 4096;

/** `file`: after the change of `old`, before which its source was `before`. */
export function slightEdit(old: string, before: Source, change: Change, file: File): SlightEdit | undefined {
  return isBlank(old, change, file) || isInText(old, change, file)
    ? { before, at: change.start - file.start, by: change.by }
    : undefined;
}

/** Where a place that counts from the start of the file or part is after the edit. */
export function moved({ at, by }: SlightEdit, { start, end }: Span): { readonly start: number; readonly end: number } {
  const isBehind = end > at || (end === at && start === end);
  return { start: start < at ? start : start + by, end: isBehind ? end + by : end };
}

/** Characters that mean nothing but themselves, and end no text. */
const PLAIN = /^[^"\\{}\r\n]*$/;

function isInText(old: string, { start, end, by }: Change, file: File): boolean {
  const { text } = file.source;
  if (!PLAIN.test(old.slice(start, end)) || !PLAIN.test(text.slice(start, end + by))) return false;
  return innermost(file, start, end + by)?.kind === "TextExpr";
}

/** Lines of white space came or went: before it there is nothing else on its line. */
function isBlank(old: string, { start, end, by }: Change, { source: { text } }: File): boolean {
  if (start !== end && end + by !== start) return false;
  const line = start === end ? text.slice(start, end + by) : old.slice(start, end);
  return /^\s*\n\s*$/.test(line) && /(?:^|\n)[ \t]*$/.test(text.slice(Math.max(0, start - MOST_INDENT), start));
}

const MOST_INDENT = 200;

interface Node {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** The innermost node that a place lies in, not at its edge. */
function innermost(value: object, start: number, end: number): Node | undefined {
  const node = "start" in value && "end" in value ? (value as Node) : undefined;
  if (node && node.kind !== "File" && !(node.start < start && end < node.end)) return undefined;
  for (const key in value) {
    const inner = key !== "source" && (value as Readonly<Record<string, unknown>>)[key];
    const found = typeof inner === "object" && inner !== null ? innermost(inner, start, end) : undefined;
    if (found) return found;
  }
  return node;
}

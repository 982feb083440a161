/** Changes that touch nothing but characters of one text: then everything that is not about texts is as it was. */
import type { Source } from "../text/source.ts";
import type { File } from "./ast.ts";

export interface Change {
  /** In the text before. */
  readonly start: number;
  readonly end: number;
  /** By how much the text after it has moved. */
  readonly by: number;
}

/** What a file, or a part of one, was before. */
export interface TextEdit {
  readonly before: Source;
  /** From the start of the file or part: what stood behind it has moved by `by`. */
  readonly at: number;
  readonly by: number;
}

/** From the first to the last character that is another one. */
export function changeBetween(old: string, text: string): Change {
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let same = 0;
  const most = shorter - start;
  while (same < most && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)) same++;
  return { start, end: old.length - same, by: text.length - old.length };
}

/** Characters that mean nothing but themselves, and end no text. */
const PLAIN = /^[^"\\{}\r\n]*$/;

/** `file`: after the change of `old`, before which its source was `before`. */
export function textEdit(old: string, before: Source, { start, end, by }: Change, file: File): TextEdit | undefined {
  const { text } = file.source;
  if (!PLAIN.test(old.slice(start, end)) || !PLAIN.test(text.slice(start, end + by))) return undefined;
  if (innermost(file, start, end + by)?.kind !== "TextExpr") return undefined;
  return { before, at: start - file.start, by };
}

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

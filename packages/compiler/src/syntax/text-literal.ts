/** Text tokens to text nodes: escapes, holes, and the indentation of block texts. */
import type { IToken } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import type { Expr, Hole, TextExpr } from "./ast.ts";
import { endOfHole, isBlockQuote } from "./scan.ts";
import { isReserved } from "./tokens.ts";

/** A hole whose expression is parsed later, when the tree around it stands. */
export interface OpenHole {
  /** `value` is set once, by the parser. */
  readonly hole: { value: Expr };
  /** Between the braces. */
  readonly start: number;
  readonly end: number;
  /** How many texts it is inside of. */
  readonly depth: number;
}

interface Reading {
  readonly source: Source;
  readonly unclosed: ReadonlySet<number>;
  readonly diagnostics: Diagnostic[];
  readonly holes: OpenHole[];
  readonly depth: number;
}

export function readText(token: IToken, reading: Reading): TextExpr {
  const { source } = reading;
  const { image, startOffset: start } = token;
  const end = start + image.length;
  const block = image.length >= 3 && isBlockQuote(source.text, start) && image.startsWith('"""');
  const quotes = block ? 3 : 1;
  const closed = reading.unclosed.size === 0 || !reading.unclosed.has(start);
  const from = Math.min(end, start + quotes);
  const to = closed ? Math.max(from, end - quotes) : end;
  let parts: readonly (string | Hole)[];
  if (block) parts = readParts(reading, from, to, blockLayout(source.text, from, to));
  else if (image.includes("{") || image.includes("\\")) parts = readParts(reading, from, to, undefined);
  else parts = to > from ? [source.text.slice(from, to)] : [];
  return { kind: "TextExpr", source, start, end, parts, block };
}

// ---------------------------------------------------------------- layout of block texts

interface Layout {
  /** Where the text begins and ends, without its first and last line break. */
  readonly from: number;
  readonly to: number;
  /** White space that every line begins with. */
  readonly indent: string;
}

function blockLayout(text: string, from: number, to: number): Layout {
  let first = from;
  while (first < to && isBlank(text.charCodeAt(first))) first++;
  const onFirstLine = !isBreak(text.charCodeAt(first)) || first >= to;
  const begin = onFirstLine ? from : first + breakLength(text, first);
  let last = to;
  while (last > begin && isBlank(text.charCodeAt(last - 1))) last--;
  let finish = to;
  if (last > begin && isBreak(text.charCodeAt(last - 1))) {
    finish = last - 1;
    if (text.charCodeAt(finish) === 10 && text.charCodeAt(finish - 1) === 13 && finish > begin) finish--;
  } else if (last === begin && !onFirstLine) finish = begin;
  return { from: begin, to: finish, indent: commonIndent(text, begin, finish, onFirstLine) };
}

/** The longest white space that all lines with something on them begin with; line breaks in holes count for none. */
function commonIndent(text: string, from: number, to: number, skipFirst: boolean): string {
  let indent: string | undefined;
  let lineStart = !skipFirst;
  for (let i = from; i < to; ) {
    if (lineStart) {
      let end = i;
      while (end < to && isBlank(text.charCodeAt(end))) end++;
      if (end < to && !isBreak(text.charCodeAt(end))) indent = common(indent, text.slice(i, end));
      i = end;
      lineStart = false;
      continue;
    }
    const c = text.charCodeAt(i);
    if (c === 123) {
      const end = endOfHole(text, i, to);
      i = end === -1 ? to : end;
    } else if (c === 92 && !isBreak(text.charCodeAt(i + 1))) i += 2;
    else if (isBreak(c)) {
      i += breakLength(text, i);
      lineStart = true;
    } else i++;
  }
  return indent ?? "";
}

function common(a: string | undefined, b: string): string {
  if (a === undefined) return b;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(0, i);
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}

function isBreak(c: number): boolean {
  return c === 10 || c === 13;
}

function breakLength(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
}

// ---------------------------------------------------------------- parts

function readParts(
  reading: Reading,
  start: number,
  end: number,
  layout: Layout | undefined,
): readonly (string | Hole)[] {
  const { text } = reading.source;
  const to = layout?.to ?? end;
  const parts: (string | Hole)[] = [];
  let said = "";
  let i = layout === undefined ? start : skipIndent(text, layout.from, to, layout.from === start ? "" : layout.indent);
  let from = i;
  while (i < to) {
    const c = text.charCodeAt(i);
    if (c === 123) {
      said += text.slice(from, i);
      if (said !== "") parts.push(said);
      said = "";
      const close = endOfHole(text, i, to);
      const next = close === -1 ? to : close;
      parts.push(readHole(reading, i, next, close !== -1));
      i = from = next;
    } else if (c === 92) {
      said += text.slice(from, i);
      const length = escapeLength(text, i, to);
      if (isBreak(text.charCodeAt(i + 1))) i = skipIndent(text, i + length, to, layout?.indent ?? "");
      else {
        said += resolveEscape(reading, i, length);
        i += length;
      }
      from = i;
    } else if (layout !== undefined && isBreak(c)) {
      said += `${text.slice(from, i)}\n`;
      i = from = skipIndent(text, i + breakLength(text, i), to, layout.indent);
    } else i++;
  }
  said += text.slice(from, to);
  if (said !== "") parts.push(said);
  return parts;
}

/** Past the common indentation of a line; a line with nothing but white space has none left. */
function skipIndent(text: string, at: number, to: number, indent: string): number {
  if (indent !== "" && text.startsWith(indent, at)) return Math.min(to, at + indent.length);
  let i = at;
  while (i < to && isBlank(text.charCodeAt(i))) i++;
  return i >= to || isBreak(text.charCodeAt(i)) ? i : at;
}

const SIMPLE: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", t: "\t", "{": "{", "}": "}" };

/** Characters of the escape at a backslash. */
function escapeLength(text: string, at: number, to: number): number {
  if (at + 1 >= to) return 1;
  const c = text.charCodeAt(at + 1);
  if (isBreak(c)) return 1 + breakLength(text, at + 1);
  if (c !== 117) return sure(text.codePointAt(at + 1)) > 0xffff ? 3 : 2;
  const braced = /^\{[^}"\n\r]{0,16}\}?/.exec(text.slice(at + 2, Math.min(to, at + 20)));
  return 2 + (braced?.[0].length ?? 0);
}

function resolveEscape(reading: Reading, at: number, length: number): string {
  const image = reading.source.text.slice(at, at + length);
  const simple = SIMPLE[image.slice(1)];
  if (simple !== undefined) return simple;
  const hex = /^\\u\{([0-9A-Fa-f]{1,6})\}$/.exec(image)?.[1];
  const code = hex === undefined ? Number.NaN : Number.parseInt(hex, 16);
  const scalar = code <= 0x10ffff && code !== 0 && !(code >= 0xd800 && code <= 0xdfff);
  if (scalar) return String.fromCodePoint(code);
  const span = { source: reading.source, start: at, end: at + length };
  const hint =
    hex === undefined ? 'escapes are \\" \\\\ \\n \\t \\{ \\} and \\u{1F355}' : "no character has this number";
  const edits = [{ span: { ...span, end: at + 1 }, text: "\\\\" }];
  const fixes = hex === undefined ? [{ title: "Write the backslash itself", safe: false, edits }] : [];
  reading.diagnostics.push(diagnostic("P1003", span, { what: "escape", found: image, hint }, { fixes }));
  return image.slice(1);
}

// ---------------------------------------------------------------- holes

/** `{name}` and `{a.b}`, by far the commonest, are read at once. */
function readHole(reading: Reading, start: number, end: number, closed: boolean): Hole {
  const { source } = reading;
  const from = start + 1;
  const to = closed ? end - 1 : end;
  const hole = { kind: "Hole" as const, source, start, end, value: undefined as unknown as Expr };
  const value = plainName(source, from, to);
  if (value !== undefined) hole.value = value;
  else {
    hole.value = { kind: "MissingExpr", source, start: from, end: from };
    reading.holes.push({ hole, start: from, end: to, depth: reading.depth + 1 });
  }
  return hole;
}

function plainName(source: Source, from: number, to: number): Expr | undefined {
  const { text } = source;
  let at = from;
  let expr: Expr | undefined;
  for (;;) {
    let end = at;
    while (end < to && isWordChar(text.charCodeAt(end))) end++;
    if (end === at || text.charCodeAt(at) < 58) return undefined;
    const word = text.slice(at, end);
    if (expr === undefined) {
      if (isReserved(word)) return undefined;
      expr = { kind: "NameExpr", source, start: at, end, name: word };
    } else {
      const field = { kind: "Name" as const, source, start: at, end, text: word };
      expr = { kind: "FieldExpr", source, start: from, end, of: expr, field };
    }
    if (end === to) return expr;
    if (text.charCodeAt(end) !== 46) return undefined;
    at = end + 1;
  }
}

function isWordChar(c: number): boolean {
  return (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95;
}

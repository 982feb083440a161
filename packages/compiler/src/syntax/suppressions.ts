/** Comments that ask to leave findings out: `// parley-ignore P5006, P9001: reason`. */
import { lineStarts, positionAt, type Source, type Span, spanOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { lex } from "./lexer.ts";

/** Line `//` and `/* … *\/` comments may hold one; documentation may not, it is for readers of the bot. */
export interface Suppression {
  /** Of the comment. */
  readonly span: Span;
  /** The line, from 1, whose findings it is about: its own, or the next one with code where it stands by itself. */
  readonly line: number;
  readonly codes: readonly { readonly code: string; readonly span: Span }[];
  /** "" where there is none. */
  readonly reason: string;
  /** Only white space stands before it on its line. */
  readonly alone: boolean;
}

const WORD = "parley-ignore";

/** Those between two offsets of a text, in its order. */
export function suppressionsIn(source: Source, from = 0, to: number = source.text.length): readonly Suppression[] {
  const { text } = source;
  const first = text.indexOf(WORD, from);
  if (first === -1 || first >= to) return [];
  const { tokens } = lex(source, from, to, []);
  const found: Suppression[] = [];
  let end = from;
  for (let i = 0; i <= tokens.length; i++) {
    const token = tokens[i];
    const start = token === undefined ? to : token.startOffset;
    // Where a comment that stands by itself is about the code behind it.
    for (const comment of commentsIn(text, end, start)) read(source, comment, start, found);
    if (token !== undefined) end = start + token.image.length;
  }
  return found;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function* commentsIn(text: string, from: number, to: number): Iterable<Range> {
  let at = text.indexOf("/", from);
  while (at !== -1 && at < to) {
    const block = text.charCodeAt(at + 1) === 42;
    const close = text.indexOf(block ? "*/" : "\n", at + 2);
    const end = close === -1 ? to : Math.min(to, block ? close + 2 : close);
    yield { start: at, end: at + text.slice(at, end).trimEnd().length };
    at = text.indexOf("/", Math.max(end, at + 1));
  }
}

const FORM = /^(?:\/\/|\/\*)\s*parley-ignore\b[ \t]*([^:]*)(?::([\s\S]*))?$/;

function read(source: Source, { start, end }: Range, code: number, found: Suppression[]): void {
  const { text } = source;
  const match = FORM.exec(text.slice(start, end));
  if (!match) return;
  const [, list = "", rest = ""] = match;
  const line = positionAt(source, start).line;
  const alone = text.slice(sure(lineStarts(source)[line - 1]), start).trim() === "";
  const codes: { readonly code: string; readonly span: Span }[] = [];
  const listAt = start + text.slice(start, end).indexOf(WORD) + WORD.length;
  for (const word of text
    .slice(listAt, end)
    .slice(0, list.length + 8)
    .split(":")[0]
    ?.matchAll(/[^\s,*/]+/g) ?? []) {
    const from = listAt + word.index;
    codes.push({ code: word[0], span: spanOf(source, from, from + word[0].length) });
  }
  found.push({
    span: spanOf(source, start, end),
    line: alone ? positionAt(source, code).line : line,
    codes,
    reason: rest.replace(/\*\/$/, "").trim(),
    alone,
  });
}

/** The same, in a text in which they stand further behind. */
export function suppressionsMoved(all: readonly Suppression[], by: number, lines: number): readonly Suppression[] {
  const moved = ({ source, start, end }: Span): Span => spanOf(source, start + by, end + by);
  return all.map(({ span, line, codes, ...rest }) => ({
    ...rest,
    span: moved(span),
    line: line + lines,
    codes: codes.map(({ code, span: at }) => ({ code, span: moved(at) })),
  }));
}

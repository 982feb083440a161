/** Tokens to lines: on one line where they fit, else broken at the best places. */
import type { IToken } from "chevrotain";
import { type Breaks, breaksOf, FILLED, RESULT } from "./breaks.ts";
import { type Node, spaced } from "./spacing.ts";
import * as S from "./stream.ts";
import type { Writer } from "./writer.ts";

export const WIDTH = 100;
export const INDENT = 2;

/** What is being laid out. */
export interface Run {
  readonly stream: S.Stream;
  readonly writer: Writer;
  /** A node that holds all tokens of the run. */
  readonly node: Node;
  /** The first token of the item. */
  readonly first: number;
  /** The last token before which the comments are written; those of the first one are by whoever writes the item. */
  told: number;
}

/** Writes tokens, broken where they do not fit; `reserve` columns stay free behind them. */
export function layOut(run: Run, from: number, to: number, indent: number, reserve: number, broken = false): void {
  writeComments(run, from, indent);
  const flat = broken ? undefined : flatText(run, from, to, reserve);
  if (flat === undefined) breakUp(run, breaksOf(run.stream, run.node, from, to), from, to, indent, reserve);
  else writeFlat(run, from, flat);
}

/** Tokens on one line, if they fit on the current one and no comment between them needs a line's end. */
export function flatText(run: Run, from: number, to: number, reserve: number): string | undefined {
  const { stream, writer, node } = run;
  let room = WIDTH - writer.column - (spaceBefore(run, from) ? 1 : 0);
  let text = "";
  let counted = 0;
  for (let i = from; i < to; i++) {
    const token = stream.tokens[i] as IToken;
    const comments = stream.commented[i] && i > from ? inlineComments(stream, i) : "";
    if (comments === undefined) return undefined;
    if (comments !== "") text += spaced(stream, i, node) ? ` ${comments} ` : `${comments} `;
    else if (i > from && spaced(stream, i, node)) text += " ";
    text += token.image;
    if (S.isBlockText(token) && token.image.includes("\n")) {
      if (text.indexOf("\n", counted) - counted > room) return undefined;
      counted = text.lastIndexOf("\n") + 1;
      room = WIDTH;
    } else if (text.length - counted > room) return undefined;
  }
  return text.length - counted > room - reserve ? undefined : text;
}

/** The comments before a token, where all of them can stand between two tokens of a line. */
function inlineComments(stream: S.Stream, i: number): string | undefined {
  const { comments } = S.gapBefore(stream, i);
  const inline = comments.every((c) => c.kind === "block" && c.breaks === 0 && !c.text.includes("\n"));
  return inline ? comments.map((c) => c.text).join(" ") : undefined;
}

function spaceBefore({ stream, writer, node, first }: Run, i: number): boolean {
  return !writer.atLineStart && i !== first && (stream.commented[i] === 1 || spaced(stream, i, node));
}

function writeFlat(run: Run, from: number, flat: string): void {
  run.writer.write(spaceBefore(run, from) ? ` ${flat}` : flat);
}

// ---------------------------------------------------------------- broken lines

function breakUp(run: Run, breaks: Breaks, from: number, to: number, indent: number, reserve: number): void {
  const level = lowestLevel(run, breaks, from, to);
  const places = level === undefined ? [] : placesOf(run, breaks, from, to, level);
  const [second] = places;
  const alone = level === RESULT && second !== undefined && flatText(run, from, second, 0) === undefined;
  if (second === undefined || alone) {
    breakBrackets(run, breaks, from, to, indent, reserve);
    return;
  }
  let start = from;
  let inner = indent;
  for (const place of [...places, to]) {
    const last = place === to;
    if (start > from) {
      const stays = level === FILLED && !run.writer.atLineStart && run.stream.commented[start] === 0;
      if (!stays || flatText(run, start, place, last ? reserve : 0) === undefined) run.writer.newline(indent + INDENT);
      inner = indent + INDENT;
    }
    layOutPart(run, breaks, start, place, inner, last ? reserve : 0);
    start = place;
  }
}

function layOutPart(run: Run, breaks: Breaks, from: number, to: number, indent: number, reserve: number): void {
  writeComments(run, from, indent);
  const flat = flatText(run, from, to, reserve);
  if (flat === undefined) breakUp(run, breaks, from, to, indent, reserve);
  else writeFlat(run, from, flat);
}

/** Places of a level outside brackets. */
function placesOf({ stream }: Run, { levels }: Breaks, from: number, to: number, level: number): readonly number[] {
  const places: number[] = [];
  for (let i = from; i < to; i = after(stream, i, to)) if (i > from && levels.get(i) === level) places.push(i);
  return places;
}

function lowestLevel({ stream }: Run, { levels }: Breaks, from: number, to: number): number | undefined {
  let lowest: number | undefined;
  for (let i = from; i < to; i = after(stream, i, to)) {
    const level = i > from ? levels.get(i) : undefined;
    if (level !== undefined && (lowest === undefined || level < lowest)) lowest = level;
  }
  return lowest;
}

/** The next token, past brackets that close before `to`. */
function after(stream: S.Stream, i: number, to: number): number {
  const partner = stream.partner[i] as number;
  return partner > i && partner < to ? partner : i + 1;
}

/** Without other places brackets are opened up, the first ones only if the last ones do not do. */
function breakBrackets(run: Run, breaks: Breaks, from: number, to: number, indent: number, reserve: number): void {
  const { stream, writer } = run;
  let i = from;
  while (i < to) {
    writeComments(run, i, i === from ? indent : indent + INDENT);
    const rest = i === from ? undefined : flatText(run, i, to, reserve);
    if (rest !== undefined) {
      writeFlat(run, i, rest);
      return;
    }
    const close = stream.partner[i] as number;
    if (close < to && canOpen(stream, i)) {
      const next = nextBracket(stream, close + 1, to);
      const flat = next === to ? undefined : flatText(run, i, next, 1);
      if (flat !== undefined) {
        writeFlat(run, i, flat);
        i = next;
        continue;
      }
      writeToken(run, i, indent + INDENT);
      writeElements(run, breaks, i, close, indent + INDENT);
      writer.newline(indent);
      writeToken(run, close, indent);
      i = close + 1;
    } else {
      writeToken(run, i, i === from ? indent : indent + INDENT);
      i++;
    }
  }
}

/** The next bracket with something in it that can be broken. */
function nextBracket(stream: S.Stream, from: number, to: number): number {
  for (let i = from; i < to; i++) if ((stream.partner[i] as number) < to && canOpen(stream, i)) return i;
  return to;
}

/**
 * Whether a bracket holds enough to be opened up, and nothing that the parser would take for something else at the
 * begin of a line: a parameter `after was later: number`.
 */
function canOpen(stream: S.Stream, open: number): boolean {
  const close = stream.partner[open] as number;
  if (close < open + 3) return false;
  for (let i = open + 1; i < close; i = after(stream, i, close)) {
    const begins = i === open + 1 || S.isComma(stream.tokens[i - 1] as IToken);
    if (begins && S.seemsStarter(stream, i)) return false;
  }
  return true;
}

/** What stands between brackets, one element a line. */
function writeElements(run: Run, breaks: Breaks, open: number, close: number, indent: number): void {
  const { stream, writer } = run;
  let start = open + 1;
  for (let i = start; i <= close; i = i === close ? i + 1 : after(stream, i, close)) {
    if (i !== close && !S.isComma(stream.tokens[i] as IToken)) continue;
    writer.newline(indent);
    layOutPart(run, breaks, start, i, indent, 1);
    if (i !== close) writeToken(run, i, indent);
    start = i + 1;
  }
}

/** Writes one token with the comments before it; a line that these begin has the given indentation. */
export function writeToken(run: Run, i: number, indent: number): void {
  writeComments(run, i, indent);
  const { image } = run.stream.tokens[i] as IToken;
  run.writer.write(spaceBefore(run, i) ? ` ${image}` : image);
}

/** Comments in the middle of an item: they stay on the line that they were on, or on one of their own. */
function writeComments(run: Run, i: number, indent: number): void {
  const { stream, writer } = run;
  if (stream.commented[i] === 0 || i <= run.told) return;
  run.told = i;
  const gap = S.gapBefore(stream, i);
  for (const [k, { kind, text, breaks }] of gap.comments.entries()) {
    const line = writer.atLineStart ? writer.column : indent;
    const alone = kind === "doc" || breaks > 0;
    if (alone) writer.newline(line);
    if (alone) writer.write(text);
    else writer.trail(` ${text}`);
    const next = gap.comments[k + 1]?.breaks ?? gap.breaks;
    if (kind !== "block" || (alone && next > 0)) writer.newline(line);
  }
}

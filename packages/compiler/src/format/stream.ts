/** The tokens of a text without syntax errors, with what the layout asks about them. Gap `i` stands before token `i`. */
import type { IToken } from "chevrotain";
import { lex } from "../syntax/lexer.ts";
import * as T from "../syntax/tokens.ts";
import type { Source } from "../text/source.ts";
import { type Gap, readGap } from "./comments.ts";

export interface Stream {
  readonly text: string;
  readonly tokens: readonly IToken[];
  /** The index of the token that begins at an offset. */
  readonly indexAt: Int32Array;
  /** Of a bracket, the index of the one that it pairs with; -1 of other tokens. */
  readonly partner: Int32Array;
  /** Line breaks before a token, those in gaps and texts: two tokens with the same number stand on one line. */
  readonly line: Int32Array;
  /** Line breaks of the gap before a token, at most 255; one more entry for the end of the text. */
  readonly breaks: Uint8Array;
  /** Whether the gap before a token holds a comment; one more entry for the end of the text. */
  readonly commented: Uint8Array;
}

const NEWLINE = 10;
const SLASH = 47;

export function streamOf(source: Source): Stream {
  const { text } = source;
  const { tokens } = lex(source, 0, text.length, []);
  const count = tokens.length;
  const stream: Stream = {
    text,
    tokens,
    indexAt: new Int32Array(text.length + 1),
    partner: partnersOf(tokens),
    line: new Int32Array(count + 1),
    breaks: new Uint8Array(count + 1),
    commented: new Uint8Array(count + 1),
  };
  let line = 0;
  let end = 0;
  for (let i = 0; i <= count; i++) {
    const token = tokens[i];
    const start = token === undefined ? text.length : token.startOffset;
    line += readBlanks(stream, i, end, start);
    stream.line[i] = line;
    if (token === undefined) break;
    stream.indexAt[start] = i;
    end = start + token.image.length;
    if (isBlockText(token)) line += newlines(text, start, end);
  }
  return stream;
}

/** Notes what is in a gap and counts its line breaks. */
function readBlanks(stream: Stream, i: number, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const c = stream.text.charCodeAt(at);
    if (c === NEWLINE) breaks++;
    else if (c === SLASH) stream.commented[i] = 1;
  }
  stream.breaks[i] = Math.min(255, breaks);
  return breaks;
}

function newlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function partnersOf(tokens: readonly IToken[]): Int32Array {
  const partner = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const shape = shapeOf(tokens[i] as IToken);
    if (shape === OPEN || shape === OPEN_BRACE) open.push(i);
    else if (shape === CLOSE || shape === CLOSE_BRACE) {
      const other = open.pop();
      if (other === undefined) throw new Error("the brackets of a text without syntax errors do not pair");
      partner[other] = i;
      partner[i] = other;
    }
  }
  return partner;
}

/** The comments before a token, or before the end of the text. */
export function gapBefore(stream: Stream, i: number): Gap {
  const before = stream.tokens[i - 1];
  const from = before === undefined ? 0 : before.startOffset + before.image.length;
  return readGap(stream.text, from, stream.tokens[i]?.startOffset ?? stream.text.length);
}

/** Whether a token is a text that may lie over several lines. */
export function isBlockText({ image }: IToken): boolean {
  return image.length > 5 && image.charCodeAt(0) === 34 && image.charCodeAt(1) === 34 && image.charCodeAt(2) === 34;
}

// ---------------------------------------------------------------- shapes

/** What counts of a token for the white space around it. */
export const OTHER = 0;
export const OPEN = 1;
export const CLOSE = 2;
export const OPEN_BRACE = 3;
export const CLOSE_BRACE = 4;
/** `,` and `:` stand close to what is before them. */
export const POINT = 5;
export const DOT = 6;
export const DOTS = 7;
export const QUESTION = 8;
export const MINUS = 9;
/** Texts, numbers, `none`, `true`, `false`: what is a value by itself. */
export const VALUE = 10;
/** Names, and words that may be names or keywords. */
export const WORD = 11;

const SHAPES: readonly number[] = shapesByType();

function shapesByType(): readonly number[] {
  const values = [T.Text, T.NumberLiteral, T.Duration, T.W.none, T.W.true, T.W.false];
  const shapes: number[] = [];
  const set = (shape: number, ...types: readonly { readonly tokenTypeIdx?: number }[]): void => {
    for (const type of types) shapes[type.tokenTypeIdx as number] = shape;
  };
  for (const type of T.VOCABULARY) {
    set(type === T.Name || (T.keywordOf(type) !== undefined && !T.isReserved(type.name.slice(5))) ? WORD : OTHER, type);
  }
  set(OPEN, T.LeftParen, T.LeftBracket);
  set(CLOSE, T.RightParen, T.RightBracket);
  set(OPEN_BRACE, T.LeftBrace);
  set(CLOSE_BRACE, T.RightBrace);
  set(POINT, T.Comma, T.Colon);
  set(DOT, T.Dot);
  set(DOTS, T.DotDot);
  set(QUESTION, T.Question);
  set(MINUS, T.Minus);
  set(VALUE, ...values);
  return shapes;
}

export function shapeOf(token: IToken): number {
  return SHAPES[token.tokenTypeIdx] ?? OTHER;
}

export function isComma(token: IToken): boolean {
  return token.tokenTypeIdx === T.Comma.tokenTypeIdx;
}

/** Whether a word could begin a statement, clause or member, seen with the token after it. */
export function seemsStarter({ tokens }: Stream, i: number): boolean {
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (token === undefined || next === undefined || !T.isStarter(token.tokenTypeIdx)) return false;
  const shape = shapeOf(next);
  return shape === WORD || shape === VALUE;
}

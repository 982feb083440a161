/**
 * Text to tokens. Chevrotain's lexer finds the shapes; what follows here gives words and numbers their types, gathers
 * doc comments, and mends what is foreign to the language (`;`, `&&`, letters outside ASCII) so that the parser meets
 * each mistake once.
 */
import { createToken, type ILexingResult, type IToken, Lexer, type TokenType } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { JUNK, mendJunk } from "./junk.ts";
import { readNumber } from "./numbers.ts";
import { endOfBrokenText, endOfLine, endOfPattern, endOfText, isBlockQuote } from "./scan.ts";
import * as T from "./tokens.ts";

export interface Lexed {
  readonly tokens: IToken[];
  /** Texts of doc comments by the offset of the token that they stand before. */
  readonly docs: ReadonlyMap<number, string>;
  /** Offsets of the texts that have no closing quote. */
  readonly unclosed: ReadonlySet<number>;
}

/** What the matchers of one run tell beside their tokens. */
interface Run {
  readonly unclosed: Set<number>;
  readonly problems: {
    readonly kind: "text" | "block text" | "hole" | "comment";
    readonly start: number;
    readonly end: number;
  }[];
  junk: boolean;
  /** Ends of lines whose braces and quotes do not balance: not balanced again, which would cost quadratic time. */
  brokenLine: number;
  brokenBlock: boolean;
}

function newRun(): Run {
  return { unclosed: new Set(), problems: [], junk: false, brokenLine: -1, brokenBlock: false };
}

/** The tokens of `source.text` between two offsets; offsets in the result are those of the whole text. */
export function lex(source: Source, start: number, end: number, diagnostics: Diagnostic[]): Lexed {
  const { lexer, current } = shared();
  const whole = start === 0 && end === source.text.length;
  current.run = newRun();
  const result = lexer.tokenize(whole ? source.text : source.text.slice(start, end));
  const { unclosed, problems, junk } = current.run;
  if (start > 0) for (const token of result.tokens) token.startOffset += start;
  const tokens = junk ? mendJunk(source, result.tokens, diagnostics) : result.tokens;
  setTypes(source, tokens, diagnostics);
  for (const p of problems) diagnostics.push(notClosed(source, p.kind, p.start + start, p.end + start));
  return { tokens, docs: docsOf(result, start), unclosed: shift(unclosed, start) };
}

const NO_OFFSETS: ReadonlySet<number> = new Set();
const NO_DOCS: ReadonlyMap<number, string> = new Map();

function shift(offsets: ReadonlySet<number>, by: number): ReadonlySet<number> {
  if (offsets.size === 0) return NO_OFFSETS;
  return by === 0 ? offsets : new Set([...offsets].map((offset) => offset + by));
}

/** Words become keywords, numbers become numbers and durations. */
function setTypes(source: Source, tokens: readonly IToken[], diagnostics: Diagnostic[]): void {
  for (const token of tokens) {
    if (token.tokenTypeIdx === T.Name.tokenTypeIdx) {
      const type = T.wordType(token.image);
      if (type !== undefined) setType(token, type);
    } else if (token.tokenTypeIdx === Digits.tokenTypeIdx) {
      setType(token, readNumber(source, token, diagnostics));
    }
  }
}

function setType(token: IToken, type: TokenType): void {
  token.tokenType = type;
  token.tokenTypeIdx = type.tokenTypeIdx as number;
}

/** Doc comments belong to the token after them; lines that follow each other are one text. */
function docsOf(result: ILexingResult, start: number): ReadonlyMap<number, string> {
  const lines = sure(result.groups["docs"]);
  if (lines.length === 0) return NO_DOCS;
  const docs = new Map<number, string>();
  for (const line of lines) {
    const owner = firstAfter(result.tokens, line.startOffset + start);
    if (owner === undefined) break;
    const text = line.image.slice(3).replace(/^ /, "").trimEnd();
    const before = docs.get(owner.startOffset);
    docs.set(owner.startOffset, before === undefined ? text : `${before}\n${text}`);
  }
  return docs;
}

function firstAfter(tokens: readonly IToken[], offset: number): IToken | undefined {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] as IToken).startOffset < offset) low = middle + 1;
    else high = middle;
  }
  return tokens[low];
}

function notClosed(source: Source, what: Run["problems"][number]["kind"], start: number, end: number): Diagnostic {
  const close = { text: '"', "block text": '"""', hole: "}", comment: "*/" }[what];
  const title = {
    text: "Close the text",
    "block text": "Close the text",
    hole: "Close the hole",
    comment: "Close the comment",
  };
  const edit = { span: { source, start: end, end }, text: close };
  const at = what === "block text" || what === "comment" ? Math.min(end, start + 3) : end;
  return diagnostic(
    "P1002",
    { source, start, end: at },
    { what },
    { fixes: [{ title: title[what], safe: false, edits: [edit] }] },
  );
}

// ---------------------------------------------------------------- shapes

type Match = [string];

function matchText(text: string, at: number, run: Run): Match | null {
  if (text.charCodeAt(at) !== 34) return null;
  const block = isBlockQuote(text, at);
  const limit = text.length;
  const line = block ? -1 : run.brokenLine;
  const broken = block ? run.brokenBlock : at < line;
  const end = broken ? -1 : endOfText(text, at, limit);
  if (end !== -1) return [text.slice(at, end)];
  let lineEnd = limit;
  if (!block) lineEnd = broken ? line : endOfLine(text, at);
  if (block) run.brokenBlock = true;
  else run.brokenLine = lineEnd;
  const brokenEnd = endOfBrokenText(text, at, lineEnd);
  if (brokenEnd !== -1) {
    const hole = openHole(text, at, brokenEnd - (block ? 3 : 1));
    if (hole !== -1) run.problems.push({ kind: "hole", start: hole, end: brokenEnd - (block ? 3 : 1) });
    return [text.slice(at, brokenEnd)];
  }
  const shown = text.slice(at, lineEnd).trimEnd();
  run.unclosed.add(at);
  run.problems.push({ kind: block ? "block text" : "text", start: at, end: at + shown.length });
  return [shown];
}

/** The first `{` of a text that no `}` follows, or -1. */
function openHole(text: string, from: number, to: number): number {
  let open = -1;
  for (let i = from; i < to; i++) {
    const c = text[i];
    if (c === "\\") i++;
    else if (c === "{" && open === -1) open = i;
    else if (c === "}") open = -1;
  }
  return open;
}

/** A pattern stands after a comma or the word `text`; elsewhere `/` divides. */
function matchPattern(text: string, at: number, before: readonly IToken[]): Match | null {
  const last = before.at(-1);
  if (last === undefined) return null;
  const c = text.charCodeAt(at + 1);
  if (text.charCodeAt(at) !== 47 || c === 47 || c === 42) return null;
  if (last.image !== ",") {
    if (last.image !== "text" || before.at(-2)?.image === ".") return null;
  }
  const close = endOfPattern(text, at);
  if (close === -1) return [text.slice(at, endOfLine(text, at)).trimEnd()];
  let end = close;
  while (/[A-Za-z]/.test(text[end] ?? "")) end++;
  return [text.slice(at, end)];
}

function matchComment(text: string, at: number, run: Run): Match | null {
  if (text.charCodeAt(at + 1) !== 42) return null;
  const end = text.indexOf("*/", at + 2);
  if (end !== -1) return [text.slice(at, end + 2)];
  run.problems.push({ kind: "comment", start: at, end: text.length });
  return [text.slice(at)];
}

/** Characters that begin nothing in the language: a run of letters and digits, or one alone. */
const FOREIGN = /[\p{L}\p{M}\p{N}_]+|&&|\|\||[\s\S]/uy;

function matchJunk(text: string, at: number, run: Run): Match {
  FOREIGN.lastIndex = at;
  run.junk = true;
  return [FOREIGN.exec(text)?.[0] ?? (text[at] as string)];
}

/** `||`, which the mark `|` would hide. */
function matchOr(text: string, at: number, run: Run): Match | null {
  return text.startsWith("||", at) ? matchJunk(text, at, run) : null;
}

/** Chevrotain sorts patterns by first character; above 255 it does so in buckets, of which this names each once. */
const EVERY_CHARACTER: number[] = [
  ...Array.from({ length: 257 }, (_, code) => code),
  ...Array.from({ length: 256 }, (_, k) => (k + 2) * 255),
];

/** Anything that begins with a digit: read afterwards as a number, a duration, or neither. */
const Digits: TokenType = createToken({ name: "Digits", pattern: /\d\w*(?:\.(?!\.)\w*)?/ });

interface Shared {
  readonly lexer: Lexer;
  /** The run that the lexer's matchers tell their findings. */
  readonly current: { run: Run };
}

let instance: Shared | undefined;

/** One lexer for all: building it costs more than lexing a small file. Each call of `lex` gives it a run of its own. */
function shared(): Shared {
  instance ??= buildLexer(true);
  return instance;
}

/** Chevrotain's lexer; `skipValidations` is for speed, a test builds it with them. */
export function buildLexer(skipValidations: boolean): Shared {
  const current = { run: newRun() };
  const skipped = { group: Lexer.SKIPPED };
  const shapes: TokenType[] = [
    createToken({ name: "Space", pattern: /\s+/, line_breaks: true, ...skipped }),
    createToken({ name: "LineComment", pattern: /\/\/(?!\/(?!\/))[^\n\r]*/, ...skipped }),
    createToken({ name: "Doc", pattern: /\/\/\/[^\n\r]*/, group: "docs" }),
    createToken({ name: "Comment", ...custom((text, at) => matchComment(text, at, current.run), ["/"]), ...skipped }),
    matched(T.Pattern, matchPattern, ["/"]),
    matched(T.Text, (text, at) => matchText(text, at, current.run), ['"']),
    Digits,
    T.Name,
    createToken({ name: JUNK, ...custom((text, at) => matchOr(text, at, current.run), ["|"]) }),
    ...T.MARKS,
    createToken({ name: JUNK, ...custom((text, at) => matchJunk(text, at, current.run), EVERY_CHARACTER) }),
  ];
  const lexer = new Lexer(shapes, { positionTracking: "onlyOffset", ensureOptimizations: true, skipValidations });
  return { lexer, current };
}

type Matcher = (text: string, at: number, before: IToken[]) => Match | null;

function custom(
  exec: Matcher,
  firsts: (string | number)[],
): { pattern: { exec: Matcher }; line_breaks: true; start_chars_hint: (string | number)[] } {
  return { pattern: { exec }, line_breaks: true, start_chars_hint: firsts };
}

/** The parser's token type with a matcher of this lexer; the same type to the parser, which goes by its index. */
function matched(type: TokenType, exec: Matcher, firsts: (string | number)[]): TokenType {
  return { ...type, PATTERN: { exec }, LINE_BREAKS: true, START_CHARS_HINT: firsts };
}

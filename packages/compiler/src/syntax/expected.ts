/** What may be written at a place of a file that is being written: the words left of it decide, not the tree, which may be broken. */
import type { IToken, TokenType } from "chevrotain";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Source } from "../text/source.ts";
import { type Awaited, awaitedAfter } from "./grammar-walk.ts";
import { lex } from "./lexer.ts";
import { endOfHole, isBlockQuote } from "./scan.ts";
import * as T from "./tokens.ts";

export interface WrittenToken {
  readonly image: string;
  readonly start: number;
}

/** One thing that may come next. */
export interface Expected {
  readonly kind: "word" | "mark" | "name" | "text" | "number" | "duration" | "pattern";
  /** Of a keyword or mark, as it is written. */
  readonly word: string | undefined;
  /** The rule of the grammar that it stands in. */
  readonly rule: string;
  /** It begins another member of the block. */
  readonly begins: boolean;
}

/** What the braces around a place hold. */
export type BlockKind =
  | "file"
  | "flow"
  | "statements"
  | "clauses"
  | "message"
  | "template"
  | "steps"
  | "arms"
  | "cards"
  | "links"
  | "back";

export interface OpenBlock {
  readonly kind: BlockKind;
  /** What stands before its brace, from the beginning of the member that it belongs to. */
  readonly head: readonly WrittenToken[];
}

export type WritingPlace =
  /** In a comment or a pattern: nothing of the language. */
  | { readonly kind: "comment"; readonly start: number }
  /** In the words of a text, outside of its holes; `start` is its quote, `before` what stands left of that. */
  | {
      readonly kind: "text";
      readonly start: number;
      readonly before: readonly WrittenToken[];
      readonly blocks: readonly OpenBlock[];
    }
  | {
      readonly kind: "code";
      /** Where the word begins that is being written; the place itself where none is. */
      readonly start: number;
      readonly expected: readonly Expected[];
      /** Of the member, statement, clause or hole that is being written, left of the word. */
      readonly before: readonly WrittenToken[];
      /** The innermost last. */
      readonly blocks: readonly OpenBlock[];
      readonly inHole: boolean;
    };

/** How the members of a block begin, and a text that opens one, read by a rule. */
const BLOCKS: Readonly<Record<BlockKind, { starters: readonly T.Keyword[]; rule: string; opener: string }>> = {
  file: { starters: T.STARTERS.declaration, rule: "file", opener: "" },
  flow: { starters: T.STARTERS.member, rule: "flow", opener: "flow x {" },
  statements: { starters: T.STARTERS.statement, rule: "block", opener: "{" },
  clauses: { starters: T.STARTERS.clause, rule: "askBlock", opener: "{" },
  message: { starters: T.STARTERS.message, rule: "message", opener: "{" },
  template: { starters: T.STARTERS.template, rule: "templateDecl", opener: "template x() {" },
  steps: { starters: T.STARTERS.step, rule: "testDecl", opener: 'test "" {' },
  arms: { starters: [], rule: "match", opener: "match x {" },
  cards: { starters: ["card"], rule: "sendCarousel", opener: 'carousel "" {' },
  links: { starters: ["link"], rule: "card", opener: "card image x {" },
  back: { starters: ["back"], rule: "handoff", opener: 'handoff "" {' },
};

/** What a brace opens, by the word that its member begins with. */
const OPENED: Readonly<Record<string, BlockKind>> = {
  flow: "flow",
  state: "statements",
  if: "statements",
  let: "statements",
  set: "statements",
  do: "statements",
  option: "statements",
  text: "statements",
  else: "statements",
  after: "statements",
  empty: "statements",
  back: "statements",
  ask: "clauses",
  section: "clauses",
  for: "clauses",
  say: "message",
  template: "template",
  test: "steps",
  match: "arms",
  card: "links",
  handoff: "back",
};

/** The place at an offset. `from`: the beginning of a declaration, or of a state (`inFlow`), that lies left of it. */
export function writingPlace(source: Source, offset: number, from: number, inFlow: boolean): WritingPlace {
  const { text } = source;
  let start = offset;
  while (start > from && /[A-Za-z0-9_]/.test(text.charAt(start - 1))) start--;
  return placeIn(source, start, from, inFlow ? ["file", "flow"] : ["file"], []);
}

function placeIn(
  source: Source,
  start: number,
  from: number,
  outer: readonly BlockKind[],
  around: readonly OpenBlock[],
): WritingPlace {
  const ignored: Diagnostic[] = [];
  const cut: Source = { path: source.path, text: source.text.slice(0, start) };
  const { tokens, unclosed } = lex(cut, from, start, ignored);
  const last = tokens.at(-1);
  const rest = cut.text.slice(last ? last.startOffset + last.image.length : from);
  if (inComment(rest)) return { kind: "comment", start };
  const isHole = outer.length === 0;
  const open = openText(cut.text, tokens, unclosed);
  if (open !== undefined) return inText(cut, tokens, open, start, outer, around);
  if (last && !/[\n\r]/.test(rest) && isOpenPattern(last)) return { kind: "comment", start };
  const { levels, blocks } = readBlocks(cut, tokens, outer, around);
  const level = levels.at(-1) ?? { kind: "file" as const, items: [] };
  const isNumber = /[0-9]/.test(source.text.charAt(start)) && start < source.text.length;
  const expected = isNumber ? [] : expectedIn(level, isHole);
  return { kind: "code", start, expected, before: level.items.map(written), blocks, inHole: isHole };
}

function inComment(between: string): boolean {
  const line = between.slice(Math.max(between.lastIndexOf("\n"), between.lastIndexOf("\r")) + 1);
  if (line.includes("//")) return true;
  return between.lastIndexOf("/*") > between.lastIndexOf("*/");
}

function isOpenPattern({ tokenTypeIdx, image }: IToken): boolean {
  return tokenTypeIdx === T.Pattern.tokenTypeIdx && !/\/i?$/.test(image.slice(1));
}

/**
 * The token of the text that is open at the end, by its place. A text whose hole is open can have closed with a quote
 * inside of the hole, so that what follows that is read as code; it is the first one on its line.
 */
function openText(text: string, tokens: readonly IToken[], unclosed: ReadonlySet<number>): number | undefined {
  const line = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
  let found: number | undefined;
  for (let i = tokens.length - 1; i >= 0; i--) {
    const token = tokens[i] as IToken;
    const isLast = i === tokens.length - 1;
    if (token.startOffset < line && !isLast) break;
    if (token.tokenTypeIdx !== T.Text.tokenTypeIdx) continue;
    const isOpen = isLast && unclosed.has(token.startOffset) && endsHere(text, token, line);
    if (isOpen || (endsHere(text, token, line) && openHole(text, token.startOffset) !== -1)) found = i;
  }
  return found;
}

/** A text on one line that is not closed is over where its line is. */
function endsHere(text: string, { startOffset }: IToken, line: number): boolean {
  return startOffset >= line || isBlockQuote(text, startOffset);
}

/** The `{` of the hole that does not close in a text that begins at `at`, or -1. */
function openHole(text: string, at: number): number {
  const block = isBlockQuote(text, at);
  for (let i = at + (block ? 3 : 1); i < text.length; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === '"' && (!block || isBlockQuote(text, i))) return -1;
    else if (c === "{") {
      const end = endOfHole(text, i, text.length);
      if (end === -1) return i;
      i = end - 1;
    }
  }
  return -1;
}

function inText(
  cut: Source,
  tokens: readonly IToken[],
  at: number,
  start: number,
  outer: readonly BlockKind[],
  around: readonly OpenBlock[],
): WritingPlace {
  const token = tokens[at] as IToken;
  const { levels, blocks } = readBlocks(cut, tokens.slice(0, at), outer, around);
  const hole = openHole(cut.text, token.startOffset);
  if (hole !== -1) return placeIn(cut, start, hole + 1, [], blocks);
  return { kind: "text", start: token.startOffset, before: levels.at(-1)?.items.map(written) ?? [], blocks };
}

// ---------------------------------------------------------------- blocks

interface Level {
  readonly kind: BlockKind;
  /** Of the member that is being written; what closed before it does not matter any more. */
  items: IToken[];
}

interface Blocks {
  readonly levels: readonly Level[];
  readonly blocks: readonly OpenBlock[];
}

function readBlocks(
  source: Source,
  tokens: readonly IToken[],
  outer: readonly BlockKind[],
  around: readonly OpenBlock[],
): Blocks {
  const levels: (Level | undefined)[] = (outer.length === 0 ? (["statements"] as const) : outer).map((kind) => ({
    kind,
    items: [],
  }));
  let brackets = 0;
  const known = (): Level => levels.findLast((level) => level !== undefined) ?? { kind: "file", items: [] };
  for (const [i, token] of tokens.entries()) {
    const level = known();
    const before = tokens[i - 1];
    if (token.tokenTypeIdx === T.LeftBrace.tokenTypeIdx) {
      const kind = outer.length === 0 ? undefined : openedBy(level, before);
      level.items.push(token);
      levels.push(kind && brackets === 0 ? { kind, items: [] } : undefined);
      continue;
    }
    if (token.tokenTypeIdx === T.RightBrace.tokenTypeIdx) {
      if (levels.length > 1) levels.pop();
      // Of what was closed at the beginning of the tokens the head is not there.
      if (known().items.length > 0) known().items.push(token);
      continue;
    }
    if (isOpening(token)) brackets++;
    else if (isClosing(token)) brackets = Math.max(0, brackets - 1);
    if (beginsMember(source, level, token, before, levels.at(-1) === undefined)) {
      level.items = [];
      brackets = 0;
    }
    level.items.push(token);
  }
  const open = levels.filter((level) => level !== undefined);
  const blocks = open.slice(1).map(({ kind }, i) => ({ kind, head: open[i]?.items.slice(0, -1).map(written) ?? [] }));
  return { levels: open, blocks: [...around, ...blocks] };
}

function isOpening({ tokenTypeIdx }: IToken): boolean {
  return tokenTypeIdx === T.LeftParen.tokenTypeIdx || tokenTypeIdx === T.LeftBracket.tokenTypeIdx;
}

function isClosing({ tokenTypeIdx }: IToken): boolean {
  return tokenTypeIdx === T.RightParen.tokenTypeIdx || tokenTypeIdx === T.RightBracket.tokenTypeIdx;
}

/** `undefined`: a value, a record type or the id of an option. */
function openedBy({ kind, items }: Level, before: IToken | undefined): BlockKind | undefined {
  const [first, second] = items;
  if (!first || !before || before.image === "option" || VALUE_FOLLOWS.has(before.image)) return undefined;
  if (kind === "arms") return "statements";
  if (first.image !== "send") return OPENED[first.image];
  return second?.image === "carousel" ? "cards" : second?.image === "products" ? "clauses" : undefined;
}

const VALUE_FOLLOWS: ReadonlySet<string> = new Set([
  "=",
  "(",
  ",",
  "[",
  ":",
  "==",
  "!=",
  "??",
  "then",
  "body",
  "return",
]);

/** Its first word begins a line, or stands behind the block of the member before. */
function beginsMember(
  source: Source,
  { kind, items }: Level,
  token: IToken,
  before: IToken | undefined,
  inValue: boolean,
): boolean {
  if (inValue || items.length === 0) return false;
  const starters: readonly string[] = BLOCKS[kind].starters;
  if (!starters.includes(token.image)) return false;
  if (!before || before.tokenTypeIdx === T.RightBrace.tokenTypeIdx) return true;
  return /[\n\r]/.test(source.text.slice(before.startOffset + before.image.length, token.startOffset));
}

function written({ image, startOffset }: IToken): WrittenToken {
  return { image, start: startOffset };
}

// ---------------------------------------------------------------- grammar

// Kept for good: the openers above are all that there are.
const openers = new Map<string, readonly IToken[]>();

function tokensOf(text: string): readonly IToken[] {
  let tokens = openers.get(text);
  if (!tokens) {
    tokens = lex({ path: "", text }, 0, text.length, []).tokens;
    openers.set(text, tokens);
  }
  return tokens;
}

function expectedIn({ kind, items }: Level, isHole: boolean): readonly Expected[] {
  if (isHole) return awaitedAfter("hole", items).flatMap((one) => expectedOf(one, false));
  const { rule, opener } = BLOCKS[kind];
  const first = beginnings(kind);
  return awaitedAfter(rule, [...tokensOf(opener), ...items]).flatMap((one) => expectedOf(one, first.has(keyOf(one))));
}

const known = new Map<BlockKind, ReadonlySet<string>>();

/** What members of a block begin with. */
function beginnings(kind: BlockKind): ReadonlySet<string> {
  const { rule, opener } = BLOCKS[kind];
  let found = known.get(kind);
  if (!found) {
    found = new Set(awaitedAfter(rule, tokensOf(opener)).map(keyOf));
    known.set(kind, found);
  }
  return found;
}

function keyOf({ type, rule }: Awaited): string {
  return `${rule} ${type.name}`;
}

/** Token types that stand for several words give each. */
function expectedOf({ type, rule }: Awaited, begins: boolean): readonly Expected[] {
  const word = T.keywordOf(type);
  if (word !== undefined) return [{ kind: "word", word, rule, begins }];
  if (typeof type.PATTERN === "string") return [{ kind: "mark", word: type.PATTERN, rule, begins }];
  const kind = LITERALS.get(type);
  if (kind) return [{ kind, word: undefined, rule, begins }];
  return T.VOCABULARY.flatMap((one) => (one.CATEGORIES?.includes(type) ? expectedOf({ type: one, rule }, begins) : []));
}

const LITERALS: ReadonlyMap<TokenType, Expected["kind"]> = new Map<TokenType, Expected["kind"]>([
  [T.Name, "name"],
  [T.Word, "name"],
  [T.Text, "text"],
  [T.NumberLiteral, "number"],
  [T.Duration, "duration"],
  [T.Pattern, "pattern"],
]);

/**
 * The token types of `.flow`. The lexer proper knows only shapes (a word, a text, a number, marks); which word is a
 * keyword is looked up afterwards (`wordType`), so that a hundred keywords cost one table access instead of a hundred
 * patterns. Every keyword is also a `Name`, except the reserved words: those are `Word`s only.
 */
import { createToken, Lexer, type TokenType } from "chevrotain";

/**
 * A token type of these categories. They are set afterwards, for Chevrotain to work out once for all when a parser is
 * made: given to `createToken` it would do so anew for each of the two hundred.
 */
function tokenType(name: string, label: string, pattern: RegExp | string, categories: TokenType[] = []): TokenType {
  const type = createToken({ name, label, pattern });
  type.CATEGORIES = categories;
  return type;
}

function category(name: string, label: string, categories: TokenType[] = []): TokenType {
  return tokenType(name, label, Lexer.NA, categories);
}

/** Any word: a name or a reserved word. Good as option id, enum case, field. */
export const Word: TokenType = category("Word", "a name");
export const Name: TokenType = tokenType("Name", "a name", /[A-Za-z_][A-Za-z0-9_]*/, [Word]);

/** Words that several places of the grammar take from one list. */
export const HeaderMedia: TokenType = category("HeaderMedia", "`image`, `video` or `document`", [Name]);
export const CardMedia: TokenType = category("CardMedia", "`image` or `video`", [Name]);
export const PlainMedia: TokenType = category("PlainMedia", "`audio` or `sticker`", [Name]);
export const HttpMethod: TokenType = category("HttpMethod", "`GET`, `POST` or `PUT`", [Name]);
export const UserMedia: TokenType = category("UserMedia", "a kind of media", [Name]);
export const SentWord: TokenType = category("SentWord", "a kind of message", [Name]);

/** Operators between two operands. */
export const Operator: TokenType = category("Operator", "an operator");

/** Matched by the lexer of `lexer.ts`, which gives them their patterns. */
export const NumberLiteral: TokenType = category("NumberLiteral", "a number");
export const Duration: TokenType = category("Duration", "a duration such as `2h`");
/** A number of no known form, already reported: stands for a number or a duration. */
export const BadNumber: TokenType = category("BadNumber", "a number", [NumberLiteral, Duration]);
export const Text: TokenType = category("Text", 'a text in `"…"`');
export const Pattern: TokenType = category("Pattern", "a pattern `/…/`");

function mark(name: string, image: string, categories: TokenType[] = []): TokenType {
  return tokenType(name, `\`${image}\``, image, categories);
}

export const Arrow: TokenType = mark("Arrow", "->");
export const DotDot: TokenType = mark("DotDot", "..");
export const Coalesce: TokenType = mark("Coalesce", "??", [Operator]);
export const EqualEqual: TokenType = mark("EqualEqual", "==", [Operator]);
export const NotEqual: TokenType = mark("NotEqual", "!=", [Operator]);
export const LessEqual: TokenType = mark("LessEqual", "<=", [Operator]);
export const GreaterEqual: TokenType = mark("GreaterEqual", ">=", [Operator]);
export const Less: TokenType = mark("Less", "<", [Operator]);
export const Greater: TokenType = mark("Greater", ">", [Operator]);
export const Equal: TokenType = mark("Equal", "=");
export const Question: TokenType = mark("Question", "?");
export const Dot: TokenType = mark("Dot", ".");
export const Comma: TokenType = mark("Comma", ",");
export const Colon: TokenType = mark("Colon", ":");
export const Bar: TokenType = mark("Bar", "|");
export const LeftBrace: TokenType = mark("LeftBrace", "{");
export const RightBrace: TokenType = mark("RightBrace", "}");
export const LeftParen: TokenType = mark("LeftParen", "(");
export const RightParen: TokenType = mark("RightParen", ")");
export const LeftBracket: TokenType = mark("LeftBracket", "[");
export const RightBracket: TokenType = mark("RightBracket", "]");
export const Plus: TokenType = mark("Plus", "+", [Operator]);
export const Minus: TokenType = mark("Minus", "-", [Operator]);
export const Star: TokenType = mark("Star", "*", [Operator]);
export const Slash: TokenType = mark("Slash", "/", [Operator]);

/** In the order in which the lexer tries them. */
export const MARKS: readonly TokenType[] = [
  Arrow,
  DotDot,
  Coalesce,
  EqualEqual,
  NotEqual,
  LessEqual,
  GreaterEqual,
  Less,
  Greater,
  Equal,
  Question,
  Dot,
  Comma,
  Colon,
  Bar,
  LeftBrace,
  RightBrace,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  Plus,
  Minus,
  Star,
  Slash,
];

/** Words that name no variable, parameter, state, flow, type or action, with their operators. */
const RESERVED = {
  true: [],
  false: [],
  none: [],
  not: [],
  and: ["Operator"],
  or: ["Operator"],
  is: [],
  if: [],
  else: [],
} as const;

/** Words with a meaning of their own in some place of the grammar, and names everywhere else. */
const CONTEXTUAL = {
  // declarations
  type: [],
  profile: [],
  action: [],
  template: [],
  flow: [],
  test: [],
  personal: [],
  was: [],
  infallible: [],
  once: [],
  timeout: [],
  GET: ["HttpMethod"],
  POST: ["HttpMethod"],
  PUT: ["HttpMethod"],
  header: [],
  body: [],
  result: [],
  category: [],
  locales: [],
  footer: [],
  option: [],
  link: ["SentWord"],
  // flows
  var: [],
  state: [],
  after: [],
  anytime: [],
  on: [],
  message: [],
  text: ["SentWord"],
  referral: [],
  order: [],
  event: [],
  scheduled: [],
  stale: [],
  window_closed: [],
  end: [],
  resume: [],
  // statements
  say: [],
  send: [],
  react: [],
  ask: [],
  let: [],
  set: [],
  do: [],
  match: [],
  schedule: [],
  cancel: [],
  all: [],
  wait: [],
  call: [],
  return: [],
  handoff: [],
  typing: [],
  forget: [],
  at: [],
  in: [],
  as: [],
  back: [],
  preview: [],
  reply: [],
  image: ["HeaderMedia", "CardMedia", "UserMedia", "SentWord"],
  video: ["HeaderMedia", "CardMedia", "UserMedia", "SentWord"],
  document: ["HeaderMedia", "UserMedia", "SentWord"],
  audio: ["PlainMedia", "UserMedia", "SentWord"],
  sticker: ["PlainMedia", "UserMedia"],
  contact: ["UserMedia", "SentWord"],
  location: ["SentWord"],
  product: ["SentWord"],
  products: ["SentWord"],
  catalog: ["SentWord"],
  carousel: ["SentWord"],
  caption: [],
  name: [],
  address: [],
  thumbnail: [],
  card: [],
  // asks
  form: ["SentWord"],
  country: [],
  buttons: ["SentWord"],
  list: ["SentWord"],
  empty: [],
  open: [],
  more: [],
  gather: [],
  fallback: [],
  off: [],
  section: [],
  for: [],
  short: [],
  when: [],
  retry: [],
  // biome-ignore lint/suspicious/noThenProperty: a word of the language; nobody awaits this table
  then: [],
  // tests
  deliver: [],
  twice: [],
  late: [],
  fail: [],
  delivery: [],
  release: [],
  locale: [],
  user: [],
  opens: [],
  says: [],
  taps: [],
  reacts: [],
  sends: [],
  of: [],
  advance: [],
  mock: [],
  fails: [],
  times: [],
  out: [],
  expect: [],
  that: [],
  nothing: [],
  containing: [],
  with: [],
} as const;

export type Keyword = keyof typeof RESERVED | keyof typeof CONTEXTUAL;

const CATEGORIES = { HeaderMedia, CardMedia, PlainMedia, HttpMethod, UserMedia, SentWord, Operator } as const;
type Category = keyof typeof CATEGORIES;

function wordTypes(words: Readonly<Record<string, readonly Category[]>>, base: TokenType): TokenType[] {
  return Object.entries(words).map(([word, names]) => {
    const categories = [base, ...names.map((name) => CATEGORIES[name])];
    return tokenType(`word ${word}`, `\`${word}\``, Lexer.NA, categories);
  });
}

const WORD_TYPES: readonly TokenType[] = [...wordTypes(RESERVED, Word), ...wordTypes(CONTEXTUAL, Name)];

const byWord: ReadonlyMap<string, TokenType> = new Map(WORD_TYPES.map((type) => [type.name.slice(5), type]));

/** The token types of the words, by word. */
export const W: Readonly<Record<Keyword, TokenType>> = Object.fromEntries(byWord) as Record<Keyword, TokenType>;

/** The token type of a word that has one of its own. */
export function wordType(word: string): TokenType | undefined {
  return byWord.get(word);
}

/** Whether a word names no variable, parameter, state, flow, type or action. */
export function isReserved(word: string): boolean {
  return Object.hasOwn(RESERVED, word);
}

/** The keyword behind a token type, or undefined for marks, names and literals. */
export function keywordOf(type: TokenType): string | undefined {
  return type.name.startsWith("word ") ? type.name.slice(5) : undefined;
}

/** Words that begin a declaration, a statement, a clause or a step; where they begin a line, they mostly do. */
export const STARTERS = {
  declaration: ["type", "profile", "action", "template", "flow", "test"],
  member: ["on", "anytime", "var", "state", "else", "after"],
  statement: [
    "say",
    "send",
    "react",
    "ask",
    "let",
    "set",
    "do",
    "if",
    "match",
    "schedule",
    "cancel",
    "wait",
    "call",
    "return",
    "handoff",
    "typing",
    "forget",
  ],
  clause: [
    "option",
    "section",
    "for",
    "product",
    "text",
    "else",
    "after",
    "empty",
    "header",
    "footer",
    "open",
    "more",
    "thumbnail",
    "gather",
    "fallback",
  ],
  template: ["category", "locales", "header", "body", "footer", "option", "link"],
  message: ["header", "footer", "link", "preview", "reply"],
  step: ["user", "expect", "advance", "event", "mock", "deliver", "fail", "release", "locale"],
} as const;

const starters: ReadonlySet<number> = new Set(
  Object.values<readonly Keyword[]>(STARTERS).flatMap((words) => words.map((w) => W[w].tokenTypeIdx as number)),
);

export function isStarter(tokenTypeIdx: number): boolean {
  return starters.has(tokenTypeIdx);
}

const beforeKeywords: ReadonlySet<number> = new Set(
  [W.send, W.ask, W.on, W.anytime, W.expect, W.user].map((type) => type.tokenTypeIdx as number),
);

/** Whether a keyword may follow the starter of this type. */
export function takesKeyword(tokenTypeIdx: number): boolean {
  return beforeKeywords.has(tokenTypeIdx);
}

/** Every token type that the parser can meet. */
export const VOCABULARY: readonly TokenType[] = [
  Word,
  Name,
  HeaderMedia,
  CardMedia,
  PlainMedia,
  HttpMethod,
  UserMedia,
  SentWord,
  Operator,
  NumberLiteral,
  Duration,
  BadNumber,
  Text,
  Pattern,
  ...MARKS,
  ...WORD_TYPES,
];

/**
 * The TextMate grammar of `.flow`, from the compiler's table of tokens. TextMate sees a line at a time and knows no
 * syntax tree, and most words of the language are names in other places. So a word counts as one of the language where it
 * begins a phrase that the grammar has (`PHRASES`), and names that a phrase takes are consumed with it.
 */
import { ASK_WORDS } from "../../packages/compiler/src/syntax/ask-words.ts";
import { isReserved, keywordOf, STARTERS, VOCABULARY } from "../../packages/compiler/src/syntax/tokens.ts";

interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly Rule[];
}

type Captures = Readonly<Record<string, { readonly name: string }>>;

const KEYWORDS = VOCABULARY.map(keywordOf).filter((word) => word !== undefined);

/** The words of a category of the token table. */
function words(category: string): readonly string[] {
  return VOCABULARY.filter((type) => type.CATEGORIES?.some(({ name }) => name === category)).flatMap(
    (type) => keywordOf(type) ?? [],
  );
}

const WORD = "[A-Za-z_][A-Za-z0-9_]*";
const NAME = `(?!(?:${KEYWORDS.filter(isReserved).join("|")})\\b)${WORD}`;

const any = (list: readonly string[]): string => `(?:${[...new Set(list)].join("|")})\\b`;

/** Where a statement, a clause or a declaration may begin: at a line's beginning or behind a brace. */
const BEGINS = "(?:^|(?<=[{}]))\\s*";
/** The same, or anywhere in a line: all phrases that fit begin at one place, so that their order counts. */
const MAYBE_BEGINS = `(?:${BEGINS})?\\b`;
/** Behind a name, not behind a word of the language. */
const NO_NAME = "(?!\\s*(?:[:=.,?)|+*/<>\\]]|!=|-(?!>)))";

const KINDS = {
  control: "keyword.control.parley",
  declaration: "storage.type.parley",
  other: "keyword.other.parley",
  operator: "keyword.operator.word.parley",
  modifier: "storage.modifier.parley",
} as const;

const ENTITY = {
  flow: "entity.name.function.parley",
  type: "entity.name.type.parley",
  state: "entity.name.section.parley",
  variable: "variable.other.parley",
  property: "variable.other.property.parley",
  option: "variable.other.enummember.parley",
  language: "constant.other.language.parley",
} as const;

type Phrase = readonly [match: string, ...scopes: string[]];

const TRIGGERS = any(["message", "text", "referral", "order", "stale", "window_closed"]);
const SENT = any([...words("SentWord"), ...words("PlainMedia"), "template"]);
const TYPED = any(Object.keys(ASK_WORDS));

/** Words that begin a statement, a clause or a step. */
const PLAIN = Object.values<readonly string[]>(STARTERS)
  .flat()
  .filter((word) => !isReserved(word));
const PATTERN = "/(?![/*])(?:[^/\\\\]|\\\\.)+/i?";

/** Before a text these are words of the language. */
const TEXTS = ["short", "containing", "caption", "name", "address", "body"];

/** Words of the language with what they take, each with the scopes of its groups; the first that fits counts. */
const PHRASES: readonly Phrase[] = [
  // declarations
  [`${MAYBE_BEGINS}(flow|action|template)\\s+(${NAME})(?!\\s*:)`, KINDS.declaration, ENTITY.flow],
  [`${MAYBE_BEGINS}(type)\\s+(${NAME})(?=\\s*(?:=|$))`, KINDS.declaration, ENTITY.type],
  [`${MAYBE_BEGINS}(state)\\s+(${NAME})`, KINDS.declaration, ENTITY.state],
  [`${MAYBE_BEGINS}(test)(?=\\s*")`, KINDS.declaration],
  [`${MAYBE_BEGINS}(profile)(?=\\s*\\{)`, KINDS.declaration],
  [`${MAYBE_BEGINS}(var|let|set)\\s+(${NAME})`, KINDS.declaration, ENTITY.variable],
  [`${MAYBE_BEGINS}(personal)(?=\\s+[\\w{])`, KINDS.modifier],
  [`${MAYBE_BEGINS}(was)\\s+(${NAME})`, KINDS.modifier, ENTITY.variable],
  [`${MAYBE_BEGINS}(locales)\\s+(${NAME})`, KINDS.other, ENTITY.language],
  [`${MAYBE_BEGINS}(category|country)\\s+(${NAME})`, KINDS.other, ENTITY.option],
  // triggers
  [`${MAYBE_BEGINS}(anytime)(?=\\s+on\\b)`, KINDS.modifier],
  [`${MAYBE_BEGINS}(on)\\s+(event|scheduled)\\s+(${NAME})`, KINDS.control, KINDS.other, ENTITY.flow],
  [`${MAYBE_BEGINS}(on)\\s+(text)\\s*(${PATTERN})`, KINDS.control, KINDS.other, "string.regexp.parley"],
  [`${MAYBE_BEGINS}(on)\\s+(${TRIGGERS})`, KINDS.control, KINDS.other],
  // statements
  [`${MAYBE_BEGINS}(ask)\\s+(once)\\s+(${TYPED})(?!\\s*:)`, KINDS.control, KINDS.modifier, KINDS.other],
  [`${MAYBE_BEGINS}(ask)\\s+(once)\\b(?!\\s*:)`, KINDS.control, KINDS.modifier],
  [`${MAYBE_BEGINS}(ask)\\s+(${TYPED})(?!\\s*:)`, KINDS.control, KINDS.other],
  [`${MAYBE_BEGINS}(send)\\s+(${SENT})`, KINDS.control, KINDS.other],
  [`${MAYBE_BEGINS}(react)\\s+(none)\\b`, KINDS.control, "constant.language.parley"],
  [`${MAYBE_BEGINS}(do|call|schedule)\\s+(${NAME})`, KINDS.control, ENTITY.flow],
  [`${MAYBE_BEGINS}(cancel)\\s+(all)\\b(?!\\s*\\()`, KINDS.control, KINDS.other],
  [`${MAYBE_BEGINS}(cancel)\\s+(${NAME})`, KINDS.control, ENTITY.flow],
  [`${MAYBE_BEGINS}(for)\\s+(${NAME})\\s+(in)\\b`, KINDS.control, ENTITY.variable, KINDS.control],
  [`${MAYBE_BEGINS}(back)\\s+(after)\\b`, KINDS.control, KINDS.control],
  [`${MAYBE_BEGINS}(as)\\s+(${NAME})`, KINDS.other, ENTITY.variable],
  // clauses of asks
  [`${MAYBE_BEGINS}(option)\\s+(${WORD})`, KINDS.other, ENTITY.option],
  [`${MAYBE_BEGINS}(option)(?=\\s*\\{)`, KINDS.other],
  [`${MAYBE_BEGINS}(fallback)\\s+(off)\\b`, KINDS.other, KINDS.other],
  // tests
  [`${MAYBE_BEGINS}(user)\\s+(taps)\\s+(${WORD})`, KINDS.control, KINDS.other, ENTITY.option],
  [
    `${MAYBE_BEGINS}(user)\\s+(sends)\\s+(${any([...words("UserMedia"), "location", "order", "form", "address"])})`,
    ...three(KINDS),
  ],
  [`${MAYBE_BEGINS}(user)\\s+(opens|says|taps|reacts|sends)\\b`, KINDS.control, KINDS.other],
  [
    `${MAYBE_BEGINS}(expect)\\s+(that|call|nothing|end|handoff|state|${SENT.slice(0, -2)})\\b`,
    KINDS.control,
    KINDS.other,
  ],
  [`${MAYBE_BEGINS}(with)\\s+(option)\\s+(${WORD})`, KINDS.other, KINDS.other, ENTITY.option],
  [`${MAYBE_BEGINS}(with)\\s+(option)\\b(?=\\s*")`, KINDS.other, KINDS.other],
  [`${MAYBE_BEGINS}(of)\\s+(${NAME})`, KINDS.other, ENTITY.option],
  [
    `${MAYBE_BEGINS}(mock)\\s+(${NAME})(?:\\s+(fails|times))?(?:\\s+(out)\\b)?`,
    KINDS.control,
    ENTITY.flow,
    KINDS.other,
    KINDS.other,
  ],
  [`${MAYBE_BEGINS}(deliver)\\s+(twice|late)\\b`, KINDS.control, KINDS.other],
  [`${MAYBE_BEGINS}(fail)\\s+(delivery)\\b`, KINDS.control, KINDS.other],
  [`${BEGINS}(locale)\\s+(${NAME})`, KINDS.control, ENTITY.language],
  [`${BEGINS}(event)\\s+(${NAME})`, KINDS.control, ENTITY.flow],
  [`${MAYBE_BEGINS}(text)\\s*(${PATTERN})`, KINDS.other, "string.regexp.parley"],
  [`(,)\\s*(${PATTERN})`, "punctuation.separator.parley", "string.regexp.parley"],
  [`${MAYBE_BEGINS}(header|card)\\s+(${any(words("HeaderMedia"))})(?=\\s+["A-Za-z_])`, KINDS.other, KINDS.other],
  [`${MAYBE_BEGINS}(${any(words("HttpMethod"))})(?=\\s*")`, KINDS.other],
  [`${MAYBE_BEGINS}(result)(?=\\s+${NAME})`, KINDS.other],
  [`${MAYBE_BEGINS}(infallible|once)(?=\\s*(?:$|//|\\}))`, KINDS.modifier],
  [`${MAYBE_BEGINS}(infallible|once)(?=\\s+(?:infallible|once|timeout|GET|POST|PUT)\\b)`, KINDS.modifier],
  // what stands before a value, or alone
  [`${MAYBE_BEGINS}(preview)\\s+(reply)\\b${NO_NAME}`, KINDS.other, KINDS.other],
  [`${MAYBE_BEGINS}(return|forget|typing)(?=\\s*\\})`, KINDS.control],
  [`${MAYBE_BEGINS}(${any(PLAIN)})(?=\\s*"|\\s+(?:[0-9]|${NAME}))`, KINDS.control],
  [`${MAYBE_BEGINS}(${any(["retry", "timeout"])})(?=\\s+[0-9])`, KINDS.other],
  [
    `${MAYBE_BEGINS}(${any(["when", "then"])})(?=\\s*["(\\[{]|\\s+(?:[0-9-]|(?!is\\b|and\\b|or\\b)${WORD}))`,
    KINDS.control,
  ],
  [`${MAYBE_BEGINS}(in|at)(?=\\s+(?:["(\\[{0-9-]|(?!is\\b|and\\b|or\\b)${WORD}))`, KINDS.control],
  [`${MAYBE_BEGINS}(${any(TEXTS)})(?=\\s*")`, KINDS.other],
  [`${BEGINS}(${any(PLAIN)})${NO_NAME}`, KINDS.control],
  [`${BEGINS}(${any(["preview", "reply"])})${NO_NAME}`, KINDS.other],
];

function three(kinds: typeof KINDS): string[] {
  return [kinds.control, kinds.other, kinds.other];
}

export function textMateGrammar(): object {
  const phrases = PHRASES.map(([match, ...scopes]) => ({ match, captures: captures(scopes) }));
  return {
    name: "Parley",
    scopeName: "source.parley",
    fileTypes: ["flow"],
    patterns: [{ include: "#code" }],
    repository: {
      code: {
        patterns: [
          ...["comments", "texts", "members", "arrows", "labels", "cases", "phrases"].map(include),
          ...["reserved", "numbers", "marks"].map(include),
        ],
      },
      // Holes hold values: no statement begins behind their braces.
      value: {
        patterns: [
          ...["record", "comments", "texts", "members", "labels"].map(include),
          { match: `\\b(then)(?=\\s*["(\\[{]|\\s+[0-9A-Za-z_-])`, captures: captures([KINDS.control]) },
          {
            match: `\\b(for)\\s+(${NAME})\\s+(in)\\b`,
            captures: captures([KINDS.control, ENTITY.variable, KINDS.control]),
          },
          ...["reserved", "numbers", "marks"].map(include),
        ],
      },
      comments: { patterns: COMMENTS },
      texts: { patterns: [text('"""', '"""', "block"), text('"', '"|$', "line")] },
      hole: {
        name: "meta.interpolation.parley",
        begin: "\\{",
        end: "\\}",
        beginCaptures: captures(["punctuation.section.interpolation.begin.parley"], 0),
        endCaptures: captures(["punctuation.section.interpolation.end.parley"], 0),
        patterns: [{ include: "#value" }],
      },
      record: {
        begin: "\\{",
        end: "\\}",
        captures: captures(["punctuation.section.block.parley"], 0),
        patterns: [{ include: "#value" }],
      },
      members: { match: `(\\.)\\s*(${WORD})`, captures: captures(["punctuation.accessor.parley", ENTITY.property]) },
      arrows: {
        patterns: [
          { match: "(->)\\s*(end|resume)\\b", captures: captures(["keyword.operator.arrow.parley", KINDS.control]) },
          { match: `(->)\\s*(${NAME})`, captures: captures(["keyword.operator.arrow.parley", ENTITY.state]) },
        ],
      },
      labels: { match: `(${WORD})(?=\\s*:)`, captures: captures([ENTITY.property]) },
      cases: { match: `(\\|)\\s*(${WORD})`, captures: captures(["punctuation.separator.parley", ENTITY.option]) },
      phrases: { patterns: phrases },
      reserved: { patterns: RESERVED },
      numbers: { patterns: NUMBERS },
      marks: { patterns: MARKS },
    },
  };
}

function include(name: string): Rule {
  return { include: `#${name}` };
}

function captures(scopes: readonly string[], from = 1): Captures {
  return Object.fromEntries(scopes.map((name, index) => [String(from + index), { name }]));
}

const COMMENTS: readonly Rule[] = [
  { name: "comment.line.documentation.parley", match: "///(?!/).*$" },
  { name: "comment.line.double-slash.parley", match: "//.*$" },
  { name: "comment.block.parley", begin: "/\\*", end: "\\*/" },
];

function text(begin: string, end: string, kind: "block" | "line"): Rule {
  return {
    name: kind === "block" ? "string.quoted.triple.parley" : "string.quoted.double.parley",
    begin,
    end,
    beginCaptures: captures(["punctuation.definition.string.begin.parley"], 0),
    endCaptures: captures(["punctuation.definition.string.end.parley"], 0),
    patterns: [
      { name: "constant.character.escape.parley", match: '\\\\(?:["\\\\nt{}]|u\\{[0-9A-Fa-f]{1,6}\\}|$)' },
      { name: "invalid.illegal.escape.parley", match: "\\\\." },
      { include: "#hole" },
    ],
  };
}

const RESERVED: readonly Rule[] = [
  { name: "constant.language.parley", match: "\\b(?:true|false|none)\\b" },
  { name: KINDS.operator, match: "\\b(?:not|and|or|is)\\b" },
  { name: KINDS.control, match: "\\b(?:if|else)\\b" },
];

const NUMBERS: readonly Rule[] = [
  { name: "constant.numeric.duration.parley", match: "\\b(?:[0-9]+[wdhms])+\\b" },
  { name: "constant.numeric.parley", match: "\\b[0-9][0-9_]*(?:\\.[0-9]+)?" },
];

const MARKS: readonly Rule[] = [
  { name: "keyword.operator.parley", match: "->|\\?\\?|[!=<>]=|[<>=?|+*/]|-|\\.\\." },
  { name: "punctuation.separator.parley", match: "[,:]" },
  { name: "punctuation.section.parley", match: "[{}()\\[\\]]" },
];

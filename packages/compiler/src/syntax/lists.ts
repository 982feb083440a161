/** The lists of the grammar: what begins their members, how they are called, and where recovery may go on. */
import type { IToken, TokenType } from "chevrotain";
import { distance } from "fastest-levenshtein";
import * as T from "./tokens.ts";

export type ListKind = "file" | "template" | "flow" | "block" | "message" | "cards" | "ask" | "match" | "test";

export interface List {
  readonly expected: string;
  /** Indexes of the token types that begin a member. */
  readonly first: ReadonlySet<number>;
  /** Those that begin a member of a list around this one: where they begin a line, this list is over. */
  readonly outer: ReadonlySet<number>;
  /** Words for `did you mean`. */
  readonly words: readonly T.Keyword[];
  /** Advice for what other languages write here. */
  readonly foreign: (token: IToken, next: IToken) => string | undefined;
}

/** Begin a member of a flow and nothing inside a state. */
const STATES = ["state", "var", "anytime", "on"] as const;

function list(
  expected: string,
  words: readonly T.Keyword[],
  outer: readonly T.Keyword[],
  foreign: List["foreign"] = () => undefined,
  marks: readonly TokenType[] = [],
): List {
  const indexes = (types: readonly TokenType[]): ReadonlySet<number> =>
    new Set(types.map((t) => t.tokenTypeIdx as number));
  const first = indexes([...words.map((w) => T.W[w]), ...marks]);
  return { expected, words, first, outer: indexes(outer.map((w) => T.W[w])), foreign };
}

/** What other languages write where a statement stands. */
function foreignStatement(token: IToken, next: IToken): string | undefined {
  switch (token.image) {
    case "<":
      return next.image === "<" ? "`-> name` goes to a state, `set` assigns" : undefined;
    case "elif":
    case "elseif":
    case "elsif":
      return "write `else if`";
    case "var":
    case "const":
      return "variables are declared in the flow, before its states; `let` names a value here";
    case "print":
    case "reply":
    case "message":
    case "echo":
      return "`say` sends a text";
    case "while":
    case "for":
    case "loop":
      return "there are no loops in a state; an arrow may go back";
    case "else":
      return "`else` stands directly behind the `}` of its `if`, or behind a call of an action";
    case "option":
      return 'options stand inside an ask: `ask "…" { option … }`';
    case ":":
      return "nothing here is followed by a colon";
    case "*":
      return 'options are written `option id "title" -> state`';
    default:
      if (token.tokenTypeIdx === T.Text.tokenTypeIdx) return "`say` sends a text";
      if (next.image === "=") return "`set` assigns to a variable, `let` names a value";
      if (next.image === "(") return "`do` calls an action, `call` a flow";
      return undefined;
  }
}

function foreignClause(token: IToken, next: IToken): string | undefined {
  switch (token.image) {
    case ":":
      return "nothing here is followed by a colon";
    case "-":
    case "*":
    case "+":
      return 'options are written `option id "title" -> state`';
    case "button":
    case "choice":
    case "row":
    case "case":
      return 'options are written `option id "title" -> state`';
    case "timeout":
      return "a time-out is written `after 2h -> state`";
    case "default":
    case "otherwise":
      return "any other answer is taken by `else`";
    default:
      if (token.tokenTypeIdx === T.Text.tokenTypeIdx) return 'an option has an id before its title: `option id "…"`';
      return next.tokenTypeIdx === T.Text.tokenTypeIdx ? 'options are written `option id "title" -> state`' : undefined;
  }
}

function foreignDeclaration(token: IToken): string | undefined {
  switch (token.image) {
    case "import":
    case "include":
    case "use":
      return "all files of a project share their names; there are no imports";
    case "enum":
    case "record":
    case "struct":
    case "interface":
      return "types are written `type Name = …`";
    case "state":
    case "on":
    case "var":
      return "states, triggers and variables stand inside a flow: `flow name { … }`";
    case "function":
    case "def":
    case "fn":
      return "actions are declared with `action name(…) -> type`";
    case "}":
      return "there is nothing open that it could close";
    default:
      return undefined;
  }
}

const LISTS: Readonly<Record<ListKind, List>> = {
  file: list(
    "a declaration (`flow`, `type`, `action`, `template`, `profile` or `test`)",
    T.STARTERS.declaration,
    [],
    foreignDeclaration,
  ),
  flow: list(
    "a trigger, `var`, `state`, `else`, `after` or `}`",
    T.STARTERS.member,
    T.STARTERS.declaration,
    foreignStatement,
  ),
  block: list("a statement or `}`", T.STARTERS.statement, [...T.STARTERS.declaration, ...STATES], foreignStatement, [
    T.Arrow,
  ]),
  message: list("`header`, `footer`, `link`, `preview`, `reply` or `}`", T.STARTERS.message, [
    ...T.STARTERS.declaration,
    ...STATES,
  ]),
  cards: list("`card` or `}`", ["card"], [...T.STARTERS.declaration, ...STATES]),
  ask: list(
    "an option, another clause of the ask, or `}`",
    T.STARTERS.clause,
    [...T.STARTERS.declaration, ...STATES],
    foreignClause,
  ),
  match: list("a case with an arrow or a block, or `}`", [], [...T.STARTERS.declaration, "state", "var", "anytime"]),
  template: list(
    "`category`, `locales`, `header`, `body`, `footer`, `option`, `link` or `}`",
    T.STARTERS.template,
    T.STARTERS.declaration,
  ),
  test: list("a step of the test or `}`", T.STARTERS.step, ["type", "profile", "action", "template", "flow", "test"]),
};

export function listOf(kind: ListKind): List {
  return LISTS[kind];
}

/** Farthest a misspelt keyword may be from the right one, by its length. */
function bound(word: string): number {
  return word.length <= 3 ? 1 : 2;
}

export interface Meant {
  readonly image: string;
  readonly type: TokenType;
  readonly hint: string;
}

/** The keyword that a name at a member's beginning is likely meant to be: the nearest one, if there is but one. */
export function meantStarter(list: List, token: IToken, next: IToken): Meant | undefined {
  if (token.tokenTypeIdx !== T.Name.tokenTypeIdx || token.image.length < 2) return undefined;
  if (JUMPS.has(token.image) && list.first.has(T.Arrow.tokenTypeIdx as number) && isName(next)) {
    return { image: "->", type: T.Arrow, hint: "`-> name` goes to a state" };
  }
  if (next.image === "=" || next.image === "." || next.image === "(") return undefined;
  // `elif` is near to `if`, and means more.
  if (list.foreign(token, next) !== undefined) return undefined;
  const word = token.image.toLowerCase();
  let best: T.Keyword | undefined;
  let least = bound(word) + 1;
  for (const candidate of list.words) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const d = editDistance(word, candidate);
    if (d < least) {
      least = d;
      best = candidate;
    } else if (d === least) best = undefined;
  }
  return best === undefined ? undefined : { image: best, type: T.W[best], hint: `did you mean \`${best}\`?` };
}

/** Words of other languages for an arrow. */
const JUMPS: ReadonlySet<string> = new Set(["goto", "jump", "divert"]);

function isName(token: IToken): boolean {
  return token.tokenTypeIdx === T.Name.tokenTypeIdx || T.keywordOf(token.tokenType) !== undefined;
}

/** Two letters in the wrong order are one mistake. */
function editDistance(a: string, b: string): number {
  const plain = distance(a, b);
  if (plain !== 2 || a.length !== b.length) return plain;
  const at = [...a].findIndex((c, i) => c !== b[i]);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2) ? 1 : plain;
}

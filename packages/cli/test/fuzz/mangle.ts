/** Ways to spoil a text: a little, so that much of it still means something, or beyond recognition. */
import type { Dice } from "./dice.ts";

const TOKEN =
  /"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\S+\/i?|[A-Za-z_]\w*|\d+\.\d+|\d+\w*|->|[=!<>]=|\?\?|\.\.|\s+|\S/g;

const JUNK = [
  "\u0000",
  "\ufeff",
  "\u2028",
  "\u200b",
  "\u202e",
  "\ud800",
  "\udc00",
  "👨‍👩‍👧‍👦",
  "e\u0301",
  "ﷺ",
  "\u00a0",
  "\r",
  "\f",
  "\v",
  "\u0085",
  "İ",
  "ß",
  "٣",
  "🇮🇹",
  "\u{10ffff}",
  "￿",
  "—",
  "“",
  "´",
  "；",
  "｛",
  "\\",
  "`",
  "$",
  "#",
  "@",
  "^",
  "~",
  "\t",
  "%s",
  "$",
  "<b>",
  "__proto__",
  "constructor",
  "toString",
]; // prettier-ignore

const NUMBERS = [
  "0",
  "1",
  "-1",
  "999999999999999",
  "1000000000000000",
  "1e9",
  "0.1",
  "1_000_000_000_000",
  "9007199254740993",
  "00012",
  "3.14159265358979",
  "1__0",
  "0..0",
  "1..999999999999999",
  "5..1",
  "99999d",
  "1s",
  "24h",
  "23h55m",
  "0s",
  "9999999999w",
  "1h1h",
  "0x10",
  ".5",
  "1.",
  "٣",
]; // prettier-ignore

const WORDS = [
  "none",
  "true",
  "is",
  "if",
  "else",
  "ask",
  "say",
  "state",
  "flow",
  "end",
  "resume",
  "text",
  "was",
  "personal",
  "once",
  "for",
  "in",
  "as",
  "when",
  "match",
  "call",
  "return",
  "wait",
  "after",
  "1h",
  "retry",
  "2",
  "->",
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  "?",
  "..",
  "??",
  ":",
  ",",
  "=",
  "|",
  '"{x}"',
  '""',
  '"a"',
  "more",
  "empty",
  "option",
  "list",
  "buttons",
  "section",
  "header",
  "footer",
  "handoff",
  "forget",
  "typing",
  "template",
  "send",
  "react",
  "schedule",
  "anytime",
  "on",
  "message",
  "event",
  "gather",
  "5s",
  "let",
  "set",
  "do",
  "var",
  "type",
  "profile",
  "action",
  "test",
  "not",
  "and",
  "or",
  "+",
  "-",
  "*",
  "/",
  "now()",
  "today()",
  "random(6)",
  "contact.name",
  "reply",
  "window.open",
  "env.TOKEN",
  "location",
  "media",
  "personal",
]; // prettier-ignore

const NESTED: readonly (readonly [string, string])[] = [
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
  ["if true {", "}"],
  ["not ", ""],
  ["-", ""],
  ['"{', '}"'],
  ["if true then 1 else ", ""],
  ["1 + ", ""],
  ["a.", ""],
  ["a[", "]"],
  ["{ a: ", " }"],
  ["/*", "*/"],
  ["match x { a {", "} }"],
  ["text?", ""],
  ["/(", ")/"],
  ["- ", ""],
  ["? ", ": 1"],
];

type Way = (text: string, dice: Dice, other: string) => string;

function at(text: string, dice: Dice): number {
  return dice.below(text.length + 1);
}

function insert(text: string, i: number, part: string): string {
  return text.slice(0, i) + part + text.slice(i);
}

/** One token changed; white space counts among them. */
const tokens: Way = (text, dice, other) => {
  const all = text.match(TOKEN) ?? [];
  const times = 1 + dice.below(dice.of([1, 3, 12]));
  for (let n = 0; n < times && all.length > 1; n++) {
    const i = dice.below(all.length);
    const foreign = other.match(TOKEN) ?? [""];
    switch (dice.below(6)) {
      case 0:
        all.splice(i, 1 + dice.below(3));
        break;
      case 1:
        all.splice(i, 0, ...all.slice(i, i + 1 + dice.below(8)));
        break;
      case 2:
        all.splice(i, 2, all[i + 1] ?? "", all[i] ?? "");
        break;
      case 3:
        all[i] = dice.of(foreign);
        break;
      case 4:
        all[i] = all[dice.below(all.length)] ?? "";
        break;
      default:
        all[i] = ` ${dice.of(WORDS)} `;
    }
  }
  return all.join("");
};

/** A token for another of the same kind: most of these still mean something. */
const alike: Way = (text, dice, other) => {
  const all = text.match(TOKEN) ?? [];
  const foreign = other.match(TOKEN) ?? [];
  const kindOf = (token: string): string =>
    /^\s|^\/\//.test(token)
      ? ""
      : token.startsWith('"')
        ? "text"
        : /^\d/.test(token)
          ? "number"
          : /^\w/.test(token)
            ? "name"
            : "sign";
  for (let n = 1 + dice.below(6); n > 0; n--) {
    const i = dice.below(all.length || 1);
    const kind = kindOf(all[i] ?? "");
    const same = [...all, ...(dice.chance(30) ? foreign : [])].filter((token) => kind !== "" && kindOf(token) === kind);
    if (same.length > 0) all[i] = dice.of(same);
  }
  return all.join("");
};

const lines: Way = (text, dice, other) => {
  const own = text.split("\n");
  const foreign = other.split("\n");
  const from = dice.below(foreign.length);
  const taken = foreign.slice(from, from + 1 + dice.below(dice.of([2, 12])));
  own.splice(dice.below(own.length + 1), dice.below(dice.of([1, 3, 8])), ...taken);
  return own.join("\n");
};

const moved: Way = (text, dice) => {
  const own = text.split("\n");
  const part = own.splice(dice.below(own.length), 1 + dice.below(dice.of([2, 10])));
  own.splice(dice.below(own.length + 1), 0, ...part);
  return own.join("\n");
};

const chunk: Way = (text, dice, other) => {
  const from = at(other, dice);
  const to = at(text, dice);
  return text.slice(0, to) + other.slice(from, from + dice.below(300)) + text.slice(to + dice.below(dice.of([1, 300])));
};

const WAYS: readonly (readonly [weight: number, way: Way])[] = [
  [6, tokens],
  [8, alike],
  [5, lines],
  [4, moved],
  [3, chunk],
  [2, (text, dice) => insert(text, at(text, dice), dice.of(JUNK).repeat(dice.of([1, 1, 2, 30])))],
  [1, (text, dice) => text.slice(0, at(text, dice))],
  [1, (text, dice) => text.slice(at(text, dice))],
  [1, (text) => text.replaceAll("\n", "\r\n")],
  [1, (text) => text.replaceAll("\n", "\r")],
  [1, (text, dice) => text.replaceAll("\n", () => (dice.chance(80) ? "\n" : dice.of(["\r\n", "\r", " ", "\n\n"])))],
  [
    2,
    (text, dice) => {
      const numbers = [...text.matchAll(/\b\d+(?:\.\d+)?\w*/g)];
      if (numbers.length === 0) return text;
      const found = dice.of(numbers);
      return text.slice(0, found.index) + dice.of(NUMBERS) + text.slice(found.index + found[0].length);
    },
  ],
  [
    1,
    (text, dice) => {
      const [open, close] = dice.of(NESTED);
      const depth = dice.of([2, 10, 63, 65, 400, 3_000]);
      return insert(
        text,
        at(text, dice),
        open.repeat(depth) + dice.of(["", "1", "x"]) + (dice.chance(70) ? close.repeat(depth) : ""),
      );
    },
  ],
  [
    1,
    (text, dice) => {
      const own = text.split("\n");
      const from = dice.below(own.length);
      const part = own.slice(from, from + 1 + dice.below(8));
      own.splice(from, 0, ...Array.from({ length: dice.of([1, 3, 40]) }, () => part).flat());
      return own.join("\n");
    },
  ],
  [
    1,
    (text, dice) => {
      const texts = [...text.matchAll(/"[^"\n]*"/g)];
      if (texts.length === 0) return text;
      const found = dice.of(texts);
      const long = dice
        .of(["x", "🍕", "W ", "{x}", "a\\n", "*", "e\u0301"])
        .repeat(dice.of([0, 1, 20, 21, 24, 60, 1_024, 4_097]));
      return `${text.slice(0, found.index)}"${long}"${text.slice(found.index + found[0].length)}`;
    },
  ],
];

const ALL: readonly Way[] = WAYS.flatMap(([weight, way]) => Array.from({ length: weight }, () => way));

/** `other`: where pieces come from that were never meant to stand here. Grows no text beyond 60,000 characters. */
export function mangled(text: string, dice: Dice, other: string): string {
  let result = text;
  for (let n = dice.of([1, 1, 1, 2, 4]); n > 0; n--) result = dice.of(ALL)(result, dice, other).slice(0, 60_000);
  return result;
}

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  "",
  " ",
  "a",
  "{x}",
  "{",
  "}",
  "\\",
  "\n",
  '"',
  '"""',
  "x".repeat(5_000),
  "👨‍👩‍👧‍👦",
  "\ud800",
  [],
  {},
  [[]],
  [{}],
  { a: 1 },
  "https://x.example/{y}",
  "image",
  "button",
  "list",
  "text",
  "interactive",
  "template",
  ["a"],
  "__proto__",
]; // prettier-ignore

/** A JSON value with members left out, doubled, renamed or of another type. */
export function mangledJson(json: unknown, dice: Dice, percent: number): unknown {
  if (dice.below(1_000) < percent * 10) return dice.of(VALUES);
  if (Array.isArray(json)) {
    const items = json.flatMap((item: unknown) => {
      const inner = mangledJson(item, dice, percent);
      return dice.chance(percent) ? (dice.chance(50) ? [] : [inner, inner]) : [inner];
    });
    return items;
  }
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json)
      .filter(() => !dice.chance(percent))
      .map(([key, inner]) => [
        dice.chance(percent) ? dice.of(["type", "text", "id", "body", key, `${key}2`]) : key,
        mangledJson(inner, dice, percent),
      ]),
  );
}

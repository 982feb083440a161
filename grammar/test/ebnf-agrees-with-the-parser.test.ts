import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { describe as say } from "../../packages/compiler/src/diagnostics/report.ts";
import { parse } from "../../packages/compiler/src/syntax/parse.ts";
import { sharedParser } from "../../packages/compiler/src/syntax/parser/file.ts";
import { isReserved, keywordOf, MARKS, VOCABULARY } from "../../packages/compiler/src/syntax/tokens.ts";
import { readEbnf } from "../tools/ebnf.ts";
import { type Writer, writeSentence } from "./sentences.ts";

const grammar = readEbnf(readFileSync(new URL("../parley.ebnf", import.meta.url), "utf8"));
const TOKENS = new Set(["TEXT", "PATTERN", "DURATION", "NUMBER", "NAME", "WORD"]);
const keywords = VOCABULARY.map(keywordOf).filter((word) => word !== undefined);

const EXPRESSIONS = new Set([
  "or",
  "and",
  "not",
  "compare",
  "coalesce",
  "sum",
  "product",
  "unary",
  "postfix",
  "primary",
]);

const SEED = 2026;
const SENTENCES = 2000;

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Images of tokens. With `words`, names are often keywords: all but those with a rule of their own as names. */
function tokenWriter(random: () => number, words: boolean): Writer["token"] {
  const pick = (images: readonly string[]): string => images[Math.floor(random() * images.length)] as string;
  const apart = new Set(["end", "resume", "text", "was", "personal"]);
  const names = keywords.filter((word) => !isReserved(word) && !apart.has(word));
  return (name) => {
    switch (name) {
      case "TEXT":
        return pick(['"a"', '"Hi {x}, {y.z ?? "you"}"', '""', '"""\n  two\n  lines {x}\n"""', '"\\{ \\u{1F355}"']);
      case "PATTERN":
        return pick(["/^order/i", "/a\\/b/", "/[a-z]{2,3}$/"]);
      case "DURATION":
        return pick(["45s", "2h", "1d2h30m", "2w"]);
      case "NUMBER":
        return pick(["1", "20", "1_000", "0"]);
      case "NAME":
        return words && random() < 0.4 ? pick(names) : pick(["alpha", "b", "c_1", "Delta"]);
      case "WORD":
        return words && random() < 0.4
          ? pick(keywords.filter((word) => word !== "was"))
          : pick(["small", "Large", "x"]);
      default:
        throw new Error(`the test knows no token ${name}`);
    }
  };
}

function writeAll(
  words: boolean,
  gap: (random: () => number) => string,
): { readonly failed: string[]; readonly used: Set<string> } {
  const random = mulberry32(SEED);
  const used = new Map<string, number>();
  const writer: Writer = {
    random,
    token: tokenWriter(random, words),
    used,
    short: EXPRESSIONS,
    deepest: 2,
    longest: 200,
  };
  const failed: string[] = [];
  for (let i = 0; i < SENTENCES; i++) {
    const text = writeSentence(grammar, "file", writer)
      .map((token) => token + gap(random))
      .join("");
    const { diagnostics } = parse({ path: `sentence-${i}.flow`, text });
    const first = diagnostics[0];
    if (first !== undefined)
      failed.push(`${say(first)} at ${text.slice(Math.max(0, first.span.start - 60), first.span.end + 40)}`);
  }
  return { failed, used: new Set(used.keys()) };
}

describe("parley.ebnf", () => {
  test("has a rule for every name, and uses each", () => {
    const named = new Set<string>(["file"]);
    const visit = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { kind, name } = node as { kind?: string; name?: string };
      if (kind === "name" && name !== undefined) named.add(name);
      for (const child of Object.values(node)) visit(child);
    };
    for (const rule of grammar.rules.values()) visit(rule);
    expect([...named].filter((name) => !grammar.rules.has(name) && !TOKENS.has(name))).toEqual([]);
    expect([...grammar.rules.keys()].filter((name) => !named.has(name))).toEqual([]);
  });

  test("knows the words and marks that the parser knows", () => {
    const kinds = ["number", "date", "phone", "url", "email", "media"];
    const inParser = new Set([...keywords, ...MARKS.map((mark) => mark.PATTERN as string)]);
    expect([...grammar.words].filter((word) => !inParser.has(word)).sort()).toEqual([...kinds].sort());
    expect([...inParser].filter((word) => !grammar.words.has(word))).toEqual([]);
  });

  test("has no token in the parser's rules that it does not name", () => {
    const terminals = new Set<string>();
    JSON.stringify(sharedParser().getSerializedGastProductions(), (_key, value: unknown) => {
      const node = value as { type?: string; name?: string } | null;
      if (node?.type === "Terminal" && node.name !== undefined) terminals.add(node.name);
      return value;
    });
    const words = [...terminals].filter((name) => name.startsWith("word ")).map((name) => name.slice(5));
    expect(words.filter((word) => !grammar.words.has(word))).toEqual([]);
  });

  test("is read by the parser, sentence by sentence, every way gone", { timeout: 60_000 }, () => {
    const { failed, used } = writeAll(false, (random) => (random() < 0.2 ? "\n" : " "));
    expect(failed.slice(0, 3)).toEqual([]);
    expect(grammar.ways.filter((way) => !used.has(way))).toEqual([]);
  });

  test("is read by the parser with keywords for names", { timeout: 60_000 }, () => {
    const { failed } = writeAll(true, () => " ");
    expect(failed.slice(0, 3)).toEqual([]);
  });
});

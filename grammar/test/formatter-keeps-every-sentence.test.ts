import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "../../packages/compiler/src/syntax/parse.ts";
import { isReserved, keywordOf, VOCABULARY } from "../../packages/compiler/src/syntax/tokens.ts";
import { commentsOf, formatted, treeOf } from "../../packages/compiler/test/format/support.ts";
import { sourceOf } from "../../packages/compiler/test/syntax/support.ts";
import { readEbnf } from "../tools/ebnf.ts";
import { type Writer, writeSentence } from "./sentences.ts";

const grammar = readEbnf(readFileSync(new URL("../parley.ebnf", import.meta.url), "utf8"));
const keywords = VOCABULARY.map(keywordOf).filter((word) => word !== undefined);
const SEED = 1124;
const SENTENCES = 300;
const EXPRESSIONS = "or and not compare coalesce sum product unary postfix primary".split(" ");

/** Words with a rule of their own as names. */
const APART: ReadonlySet<string> = new Set(["end", "resume", "text", "was", "personal"]);
const names = keywords.filter((word) => !isReserved(word) && !APART.has(word));

function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Images of tokens, short and long; with `words` every third name is a keyword. */
function imageOf(random: () => number, words: boolean): Writer["token"] {
  const pick = (images: readonly string[]): string => images[Math.floor(random() * images.length)] as string;
  const long = `"${"a long text ".repeat(4)}{x}"`;
  const images: Readonly<Record<string, readonly string[]>> = {
    TEXT: ['"a"', '"Hi {x}, {y.z ?? "you"}"', '""', long, '"""\n  two\n  lines {x}\n"""'],
    PATTERN: ["/^order/i", "/a\\/b/"],
    DURATION: ["45s", "1d2h30m"],
    NUMBER: ["1", "1_000"],
    NAME: ["alpha", "a_name_that_takes_some_room", words ? pick(names) : "b"],
    WORD: ["a_word_that_takes_some_room", words ? pick(keywords.filter((word) => word !== "was")) : "small"],
  };
  return (name) => pick(images[name] ?? []);
}

function sentences(words: boolean, gap: (random: () => number) => string): readonly string[] {
  const random = mulberry32(SEED);
  const used = new Map<string, number>();
  return Array.from({ length: SENTENCES }, () => {
    const token = imageOf(random, words);
    const writer: Writer = { random, token, used, short: new Set(EXPRESSIONS), deepest: 2, longest: 200 };
    return writeSentence(grammar, "file", writer)
      .map((image) => image + gap(random))
      .join("");
  });
}

describe("the formatter keeps every sentence of parley.ebnf", { timeout: 60_000 }, () => {
  // The parser takes a keyword that begins a line for one, so lines are broken only where names are names.
  test.each([
    ["with lines of any length", false, (random: () => number) => (random() < 0.2 ? "\n" : " ")],
    [
      "with comments",
      false,
      (random: () => number) => (random() < 0.1 ? " // c\n" : random() < 0.1 ? " /* d */ " : " "),
    ],
    ["with keywords for names", true, (random: () => number) => (random() < 0.1 ? " /* d */ " : " ")],
  ])("%s", (_how, words, gap) => {
    // The rest is over a limit of the parser, such as 400 operators.
    const valid = sentences(words, gap).filter((text) => parse(sourceOf(text)).diagnostics.length === 0);
    expect(valid.length).toBeGreaterThan(SENTENCES * 0.98);
    for (const text of valid) {
      const once = formatted(text);
      expect(treeOf(once)).toEqual(treeOf(text));
      expect(commentsOf(once)).toEqual(commentsOf(text));
      expect(formatted(once)).toBe(once);
    }
  });
});

import type { PatternProgram } from "@parley/machine";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern, patternProblem } from "../../src/text/pattern.ts";

/** The plainest runner that the program format allows: sets of instructions, one character after the other. */
function searches(program: PatternProgram, text: string): boolean {
  const characters = [...text].map((c) => c.codePointAt(0) as number);
  const isWord = (i: number): boolean => {
    const c = characters[i];
    return c !== undefined && c < 128 && /\w/.test(String.fromCodePoint(c));
  };
  let states = new Set<number>();
  for (let i = 0; ; i++) {
    states.add(0);
    const seen = new Set<number>();
    const open = [...states];
    const next = new Set<number>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const instruction = program[at];
      if (instruction === undefined) throw new Error(`no instruction ${at}`);
      if (instruction[0] === "match") return true;
      if (instruction[0] === "split") open.push(...instruction[1]);
      else if (instruction[0] === "assert") {
        const boundary = isWord(i - 1) !== isWord(i);
        const holds = { start: i === 0, end: i === characters.length, word: boundary, notWord: !boundary }[
          instruction[1]
        ];
        if (holds) open.push(instruction[2]);
      } else {
        const c = characters[i];
        const ranges = instruction[1];
        for (let r = 0; r < ranges.length; r += 2) {
          if (c !== undefined && c >= (ranges[r] as number) && c <= (ranges[r + 1] as number)) next.add(instruction[2]);
        }
      }
    }
    if (i === characters.length) return false;
    states = next;
  }
}

const atom = fc.constantFrom(
  ..."abkKsSéÉßΣς𝒳01_ .".split(""),
  "\\d",
  "\\D",
  "\\p{Script=Greek}",
  "[\\D]",
  "\\w",
  "\\W",
  "\\s",
  "\\S",
  ".",
  "[a-k]",
  "[^a-z]",
  "[éÀ-Ö]",
  "\\b",
  "\\B",
  "^",
  "$",
  "\\p{Lu}",
  "\\P{L}",
  "\\u{1F355}",
  "\\.",
);
const quantified = fc
  .tuple(atom, fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"))
  .map(([a, q]) => (["\\b", "\\B", "^", "$"].includes(a) ? a : a + q));
const sequence = fc.array(quantified, { minLength: 1, maxLength: 5 }).map((xs) => xs.join(""));
const pattern = fc
  .array(
    fc.oneof(
      sequence,
      fc.tuple(sequence, fc.constantFrom("", "*", "{2,3}")).map(([s, q]) => `(?:${s})${q}`),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((xs) => xs.join("|"));
const message = fc
  .array(fc.constantFrom(..."abkKsSſ\u212aéÉßẞΣσς01_ .\nÀö".split(""), "🍕", "𝒳"), { maxLength: 8 })
  .map((cs) => cs.join(""));

describe("a compiled pattern finds what JavaScript finds", () => {
  test.each([false, true])("with ignoreCase %s", { timeout: 60_000 }, (ignoreCase) => {
    fc.assert(
      fc.property(pattern, message, (source, text) => {
        fc.pre(patternProblem(source, ignoreCase) === undefined);
        // Under `iu` JavaScript lets the long s and the Kelvin sign count as word characters for \b and \W; we keep to ASCII.
        fc.pre(!ignoreCase || !/\\[bBW]/.test(source) || !/[ſ\u212a]/.test(text));
        const expected = new RegExp(source, ignoreCase ? "iu" : "u").test(text);
        expect(searches(compilePattern(source, ignoreCase), text)).toBe(expected);
      }),
      { seed: 20_261_124, numRuns: 1500 },
    );
  });

  test("every letter folds to what JavaScript folds it to", () => {
    const differing: string[] = [];
    for (const c of "aZkKsSßẞſéÉΣσςµΜμÅåǅǆǄİıIiДдЖжԱաႠⴀ𐐀𐐨") {
      for (const d of "aZkKsSßẞſéÉΣσςµΜμÅåǅǆǄİıIiДдЖжԱաႠⴀ𐐀𐐨\u212a\u212b") {
        if (searches(compilePattern(`^${c}$`, true), d) !== new RegExp(`^${c}$`, "iu").test(d)) differing.push(c + d);
      }
    }
    expect(differing).toEqual([]);
  });
});

describe("a pattern that cannot be matched in linear time and space is refused", () => {
  test.each([
    ["", "it is empty"],
    ["*a", "it begins with `*`"],
    ["(?=a)", "look-around such as `(?=…)` is not supported"],
    ["(?<!a)b", "look-around such as `(?=…)` is not supported"],
    ["(a)\\1", "back-references such as `\\1` are not supported"],
    ["(?<n>a)\\k<n>", "back-references such as `\\1` are not supported"],
    ["a{5000}", "its repetitions make it too large"],
    ["(a{50}){50}", "its repetitions make it too large"],
    ["((a{0}){2000}){2000}", "its repetitions make it too large"],
    ["(?i:a)", "flags inside a pattern are not supported"],
    ["[", "unterminated character class"],
    ["\\-", "invalid escape"],
    ["a**", "nothing to repeat"],
    ["(".repeat(60) + ")".repeat(60), "at most 50 groups may lie inside one another"],
    ["a".repeat(1001), "it has 1001 characters, at most 1000 are allowed"],
  ])("%s", (source, problem) => expect(patternProblem(source, false)).toBe(problem));

  test("and compiling it is a bug of ours", () => {
    expect(() => compilePattern("(?=a)", false)).toThrow(/was not checked/);
  });
});

import { foldText, type PatternProgram, printNumber, runPattern } from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTyped } from "../src/typed/answer.ts";
import { createFacts } from "../src/typed/locale.ts";
import { parseNumber } from "../src/typed/number.ts";
import { roundTo } from "../src/value/number.ts";

const facts = createFacts();

test.each([
  ["  Olá   MUNDO \n", "ola mundo"],
  ["ＰＩＺＺＡ", "pizza"],
  ["Straße", "strasse"],
  ["ΜΆΘΗΜΑΣ", "μαθημασ"],
  ["μάθημας", "μαθημασ"],
  ["Ёлка й", "елка и"],
  ["İstanbul", "istanbul"],
  ["ñ", "n"],
  ["हिन्दी", "हिन्दी"],
  ["ไทย", "ไทย"],
  ["한국어", "한국어"],
  ["ﬁne", "fine"],
])("%j folds to %j", (text, folded) => {
  expect(foldText(text)).toBe(folded);
});

test("folding twice is folding once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

/** `a(b|c)*d` with what stands around it. */
const BRANCHES: PatternProgram = [
  ["ranges", [97, 97], 1],
  ["split", [2, 4]],
  ["split", [3, 5]],
  ["ranges", [98, 98], 1],
  ["ranges", [100, 100], 6],
  ["ranges", [99, 99], 1],
  ["match"],
];

test("a pattern finds what the expression that it was made of finds", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "b", "c", "d", "é", "😀") }), (text) => {
      expect(runPattern(BRANCHES, text)).toBe(/a(b|c)*d/.test(text));
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test("assertions hold at the ends of the text and of words", () => {
  const asserted = (kind: "start" | "end" | "word" | "notWord"): PatternProgram => [
    ["assert", kind, 1],
    ["ranges", [98, 98], 2],
    ["match"],
  ];
  expect(runPattern(asserted("start"), "ba")).toBe(true);
  expect(runPattern(asserted("start"), "ab")).toBe(false);
  expect(runPattern(asserted("word"), "a b")).toBe(true);
  expect(runPattern(asserted("word"), "ab")).toBe(false);
  expect(runPattern(asserted("notWord"), "éb")).toBe(true);
  expect(runPattern([["ranges", [98, 98], 1], ["assert", "end", 2], ["match"]], "ab")).toBe(true);
  expect(runPattern([["match"]], "")).toBe(true);
});

test("a pattern that backtracking cannot finish takes time linear in the text", () => {
  // (a*)*b on a text of many a.
  const nested: PatternProgram = [
    ["split", [1, 3]],
    ["split", [2, 0]],
    ["ranges", [97, 97], 1],
    ["ranges", [98, 98], 4],
    ["match"],
  ];
  const text = "a".repeat(50_000);
  expect(runPattern(nested, text)).toBe(false);
  expect(runPattern(nested, `${text}b`)).toBe(true);
});

test.each([
  ["1,5", ",", 1.5],
  ["1.5", ".", 1.5],
  ["1.5", ",", 1.5],
  ["1.500", ",", 1500],
  ["1,500", ".", 1500],
  ["1,500", ",", 1.5],
  ["1.234.567,89", ",", 1_234_567.89],
  ["1,234,567.89", ".", 1_234_567.89],
  ["1.234,5", ".", 1234.5],
  ["1 234", ",", 1234],
  ["1'234", ".", 1234],
  ["١٢٫٥", ".", 12.5],
  ["१२", ".", 12],
  ["-3", ".", -3],
  ["−3", ".", -3],
  ["+3", ".", 3],
  [".5", ".", 0.5],
  [" 7 ", ".", 7],
  ["1.2.3", ".", null],
  ["12 34", ".", null],
  ["two", ".", null],
  ["", ".", null],
  ["1e5", ".", null],
  ["3 pizzas", ".", null],
  ["9".repeat(16), ".", null],
] as const)("the number %j with the decimal sign %s is %s", (text, decimal, value) => {
  expect(parseNumber(text, decimal)).toBe(value);
});

test.each([
  [0, "0"],
  [-0, "0"],
  [7.5, "7.5"],
  [0.1 + 0.2, "0.3"],
  [1 / 3, "0.333333"],
  [1e-7, "0"],
  [123_456_789_012_345.6, "123456789012346"],
  [999_999_999_999_999, "999999999999999"],
  [-12.340_000_1, "-12.34"],
  [1e21, "1000000000000000000000"],
  [Number.NaN, ""],
])("the number %s is printed %j", (value, text) => {
  expect(printNumber(value)).toBe(text);
});

test("no number below 10^15 is printed longer than 20 characters or with an exponent", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e15, max: 1e15, minExcluded: true, maxExcluded: true, noNaN: true }), (value) => {
      const text = printNumber(value);
      expect(text).toMatch(/^-?\d+(\.\d{1,6})?$/);
      expect(text.length).toBeLessThanOrEqual(20);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});

test("rounding is half away from zero", () => {
  expect([roundTo(2.5, 0), roundTo(-2.5, 0), roundTo(1.005, 2), roundTo(1e14 + 0.5, 0)]).toEqual([
    3, -3, 1.01, 100_000_000_000_001,
  ]);
});

const typed = (kind: "text" | "number" | "date" | "phone" | "url" | "email", text: string, locale = "en") =>
  parseTyped(kind, text, { facts: facts(locale), today: () => "2026-11-24" });

test.each([
  ["2027-05-04", "en", "2027-05-04"],
  ["2027/5/4", "en", "2027-05-04"],
  ["5/4/2027", "en", "2027-05-04"],
  ["5/4/2027", "es", "2027-04-05"],
  ["4.5.27", "de", "2027-05-04"],
  ["4.5.", "de", "2027-05-04"],
  ["25/12", "es", "2026-12-25"],
  ["23/11", "es", "2027-11-23"],
  ["24/11", "es", "2026-11-24"],
  ["4 May", "en", "2027-05-04"],
  ["May 4th, 2027", "en", "2027-05-04"],
  ["4 de mayo de 2027", "es", "2027-05-04"],
  ["4 mai 2027", "fr", "2027-05-04"],
  ["4 Mai", "de", "2027-05-04"],
  ["4 May", "de", "2027-05-04"],
  ["٤/٥/٢٠٢٧", "es", "2027-05-04"],
  ["29 Feb", "en", "2028-02-29"],
  ["31/4/2027", "es", null],
  ["29/2/2027", "es", null],
  ["tomorrow", "en", null],
  ["4", "en", null],
  ["May", "en", null],
  ["4 May June", "en", null],
])("the date %j in %s is %s", (text, locale, date) => {
  expect(typed("date", text, locale)).toBe(date);
});

test.each([
  ["phone", "+39 333 123-4567", "+393331234567"],
  ["phone", "0039 (333) 1234567", "+393331234567"],
  ["phone", "333 1234567", null],
  ["phone", "+39 what", null],
  ["url", "example.com/a?b=c", "https://example.com/a?b=c"],
  ["url", "http://example.com", "http://example.com"],
  ["url", "ftp://example.com", null],
  ["url", "hello", null],
  ["url", "two words.com", null],
  ["email", " ana@example.com ", "ana@example.com"],
  ["email", "ana@example", null],
  ["email", "an a@example.com", null],
  ["email", `${"a".repeat(250)}@b.cd`, null],
  ["text", "  hi \n", "hi"],
  ["text", " \n ", null],
] as const)("as %s, %j is %j", (kind, text, value) => {
  expect(typed(kind, text)).toBe(value);
});

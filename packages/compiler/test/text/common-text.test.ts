import { expect, test } from "vitest";
import { commonText } from "../../src/text/common-text.ts";
import { compilePattern } from "../../src/text/pattern.ts";

const common = (a: string, b: string, steps = 100_000): string | undefined =>
  commonText(compilePattern(a, false), compilePattern(b, false), { steps }, () => true);

test.each([
  ["a", "b"],
  ["^a", "a$"],
  ["^[a-c]+$", "^[c-e]+$"],
  ["\\bpizza\\b", "^one .*$"],
  ["a\\Bb", "^ab"],
  ["\\B-", "^-"],
  ["^é$", "."],
  ["^[À-Ï]$", "^[Ê-ß]$"],
  ["(a|b)*c", "^abac$"],
  ["^(a?){3}b$", "^ab$"],
])("two patterns that one text fits are given one that both find: /%s/ and /%s/", (a, b) => {
  const text = common(a, b);
  expect(text).toBeDefined();
  expect([new RegExp(a, "u").test(text ?? ""), new RegExp(b, "u").test(text ?? "")]).toEqual([true, true]);
});

test.each([
  ["^a$", "^b$"],
  ["^a", "^b"],
  ["^a\\bb", "a"],
  ["^a\\B-", "-"],
  ["^[a-c]$", "^[x-z]$"],
  // What the machine never sees: white space at an end, controls, half a character.
  ["^ a", " a"],
  ["^\\x01$", "."],
  ["^[\\uD800-\\uDBFF]$", "."],
])("two patterns that no text of a user fits have none: /%s/ and /%s/", (a, b) => {
  expect(common(a, b)).toBeUndefined();
});

test("nothing is known where the budget is used up, or where no text is accepted", () => {
  expect(common("^(a|b)*c$", "^(b|a)*c$", 1)).toBeUndefined();
  expect(
    commonText(compilePattern("a", false), compilePattern("b", false), { steps: 5000 }, () => false),
  ).toBeUndefined();
});

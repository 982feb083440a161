import { expect, test } from "vitest";
import { describe } from "../../src/diagnostics/report.ts";
import { parseLocale } from "../../src/index.ts";
import { splitTranslation } from "../../src/locales/source-text.ts";

test.each([
  ["plain", ["plain"], [], false],
  ["a \\{b\\} \\\\", ["a {b} \\"], [], false],
  ["a {b} c", ["a {b} c"], ["b"], false],
  ['{f("}")} x', ['{f("}")} x'], ['f("}")'], false],
  ['{f("\\"{g("}")}")}', ['{f("\\"{g("}")}")}'], ['f("\\"{g("}")}")'], false],
  ["open { only", ["open { only"], [], true],
  ["closed } only", ["closed } only"], [], true],
  ['{f("never closed)', ['{f("never closed)'], [], true],
  ['{f("{never closed")', ['{f("{never closed")'], [], true],
])("a translation is split at its holes, whatever stands in them: %s", (text, parts, unknown, unbalanced) => {
  expect(splitTranslation(text, [])).toEqual({ parts, unknown, missing: [], unbalanced });
});

const problems = (text: string): readonly string[] =>
  parseLocale({ path: "locales/es.yaml", text }, "es").diagnostics.map(describe);

test.each([
  ["7: {}", []],
  ["true: {}", []],
  ["[a]: {}", ["a name is expected here"]],
  ["a: { [b]: x }", ["a name is expected here"]],
  ["a: { texts: { [b]: x } }", ["a name is expected here"]],
  ["a: { b: 7 }", ["this is no text: write it in quotes"]],
  ["a: { b: [x] }", ["a text is expected here"]],
  ["a:\n  b: |\n    Two\n    lines\n", []],
])("a file of translations holds names and texts: %j", (text, found) => expect(problems(text)).toEqual(found));

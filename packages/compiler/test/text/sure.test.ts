import { expect, test } from "vitest";
import { indentBefore } from "../../src/text/indent.ts";
import { spanOf } from "../../src/text/source.ts";
import { sure } from "../../src/text/sure.ts";

test("what must be there is given as it is, also where it counts as false", () => {
  expect([sure(0), sure(""), sure(null), sure(false)]).toEqual([0, "", null, false]);
});

test("what is missing is a mistake that does not go by in silence", () => {
  expect(() => sure([1, 2][2])).toThrow(RangeError);
});

test.each([
  ["a\n  b", 4, "  "],
  ["a\n\t b", 4, "\t "],
  ["a b", 2, " "],
  ["b", 0, ""],
  ["  b", 2, "  "],
])("the indent is the white space right before on the same line: %j", (text, start, indent) => {
  expect(indentBefore(spanOf({ path: "a", text }, start, start + 1))).toBe(indent);
});

import { expect, test } from "vitest";
import { analyse } from "../../src/testing.ts";
import { BOOL, DATE, DURATION, MOMENT, NUMBER, range, text } from "../../src/types/builtins.ts";
import { defaultValue } from "../../src/types/default-value.ts";
import type { Type } from "../../src/types/type.ts";

const list = (min: number): Type => ({ kind: "list", of: NUMBER, min, max: 3 });

test.each<[string, Type, string | undefined]>([
  ["a text", text(9), '"-"'],
  ["a number", NUMBER, "0"],
  ["a range around 0", range(-3, 3), "0"],
  ["a range above 0", range(2, 3), "2"],
  ["a range below 0", range(-3, -2), "-3"],
  ["a bool", BOOL, "false"],
  ["a date", DATE, "today()"],
  ["a moment", MOMENT, "now()"],
  ["a list that may be empty", list(0), "[]"],
  ["a list with an item", list(1), undefined],
  ["a duration", DURATION, undefined],
])("%s has a value to begin with, or none that says little", (_, type, value) => {
  expect(defaultValue(type)).toBe(value);
});

test("an enum of the program begins with its first case, one of the language has no name to write", () => {
  const { types } = analyse("type E = a | b flow f(e: E) { state s { -> end } }");
  const [own] = [...types.ofDecl.values()].filter((type) => type.kind === "enum");
  expect(own && defaultValue(own)).toBe("E.a");
  expect(defaultValue({ kind: "enum", decl: undefined, name: "MediaKind", cases: ["image"] })).toBeUndefined();
});

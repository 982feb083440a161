import { analyse } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { maxLength } from "../../src/types/length.ts";

function length(type: string, written: string, before = ""): { codePoints: number; utf16: number } {
  const { names, types } = analyse(`${before} flow f(v: ${type}) { state s { say "${written}" -> end } }`);
  const say = [...names.ids.keys()].find((node) => node.kind === "Say");
  if (say?.kind !== "Say") throw new Error("no say");
  const { codePoints, utf16 } = maxLength(types.ofExpr, say.body);
  return { codePoints, utf16 };
}

test.each([
  ["text(9)", 9],
  ["text", 4096],
  ["number", 20],
  ["0..1000", 4],
  ["-1000..5", 5],
  ["date", 10],
  ["time", 5],
  ["phone", 16],
  ["url", 2000],
])("a value of %s takes at most %i characters", (type, max) => {
  expect(length(type, "{v}").codePoints).toBe(max);
  expect(length(type, "ab{v}c").codePoints).toBe(max + 3);
});

test("an enum takes its longest label, a case without one its name", () => {
  expect(length("E", "{v}", `type E = a "Abc" | bb | c "🍕🍕"`)).toEqual({ codePoints: 3, utf16: 4 });
});

test("written emoji count once in code points, twice in UTF-16", () => {
  expect(length("text(3)", "🍕{v}")).toEqual({ codePoints: 4, utf16: 5 });
});

test("functions that cut or join bound what they give", () => {
  expect(length("text(99)", "{clip(v, 5)}").codePoints).toBe(5);
  expect(length("text(9)[1..3]", `{join(v, ", ")}`).codePoints).toBe(31);
});

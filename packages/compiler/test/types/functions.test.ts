import { analyse } from "@parley/compiler/testing";
import { FUNCTION_NAMES as MACHINE_FUNCTIONS } from "@parley/machine";
import { expect, test } from "vitest";
import { FUNCTION_NAMES } from "../../src/bind/builtins.ts";
import { signatureOf } from "../../src/types/functions.ts";

test("every function of the interpreter has a signature, and no other function has one", () => {
  expect(MACHINE_FUNCTIONS.filter((name) => !signatureOf(name))).toEqual([]);
  expect(FUNCTION_NAMES.filter((name) => !(MACHINE_FUNCTIONS as readonly string[]).includes(name))).toEqual([]);
});

test.each([
  'join(nope, ", ")',
  "id(nope)",
  "random(nope)",
  "variant(nope, nope)",
  "format(1.5, nope)",
  "len(nope)",
  "min(nope, nope)",
  'replace(nope, nope, "x")',
])("what is not known in %s is no second mistake", (call) => {
  const text = `flow f { on message -> a state a { say "{${call}}" -> end } }`;
  const codes = new Set(analyse(text).diagnostics.map(({ code }) => code));
  expect([...codes]).toEqual(["P2001"]);
});

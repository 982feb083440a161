import { FUNCTION_NAMES as MACHINE_FUNCTIONS } from "@parley/machine";
import { expect, test } from "vitest";
import { FUNCTION_NAMES } from "../../src/bind/builtins.ts";
import { signatureOf } from "../../src/types/functions.ts";

test("every function of the interpreter has a signature, and no other function has one", () => {
  expect(MACHINE_FUNCTIONS.filter((name) => !signatureOf(name))).toEqual([]);
  expect(FUNCTION_NAMES.filter((name) => !(MACHINE_FUNCTIONS as readonly string[]).includes(name))).toEqual([]);
});

import { expect, test } from "vitest";
import { found } from "../programs.ts";

const set = (
  statement: string,
  vars = "var r: { a: { b: 1..9 }, o: { c: text }? } = { a: { b: 1 }, o: none }",
): string => `flow f { ${vars} on message -> s state s { ${statement} -> end } }`;

test.each([
  ["a field of a field", "set r.a.b = 2", []],
  ["a value beyond the field", "set r.a.b = 12", [["P2003", "12"]]],
  ["a field that is not there", "set r.x = 2", [["P2005", "x"]]],
  ["a field of a number", "set r.a.b.c = 2", [["P2005", "c"]]],
  ["a field of what may be missing", `set r.o.c = "x"`, [["P2004", "c"]]],
  ["a field that the profile has not", "set profile.x = 2", [["P2005", "x"]]],
])("`set` writes to fields, and only to those that are there: %s", (_, statement, findings) => {
  expect(found(set(statement)).filter(([code]) => code.startsWith("P2"))).toEqual(findings);
});

import { expectDiagnostics } from "@parley/compiler/testing";
import { expect, test } from "vitest";

const UNREACHED = `flow f { on message -> a state a { -> end } state b { -> end } }`;

test("the findings that a test expects are the only ones that it accepts", () => {
  expect(() => expectDiagnostics(UNREACHED, [["P5001", "b"]])).not.toThrow();
  expect(() => expectDiagnostics(UNREACHED, [])).toThrow('found\n  P5001 "b"\nexpected\n  nothing\n');
  expect(() => expectDiagnostics("", [["P5001", "b"]])).toThrow('found\n  nothing\nexpected\n  P5001 "b"\n');
});

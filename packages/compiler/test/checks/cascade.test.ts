import { findings } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { found, inState } from "../programs.ts";

test.each([
  [
    "an unknown action, its value and its `else`",
    inState(`let x = nothing() else -> end say "{x.name}"`),
    [["P2001", "nothing"]],
  ],
  [
    "an unknown type of a variable",
    `flow f { on message -> s var v: Nothing state s { set v = 1 say "{v}" -> end } }`,
    [["P2001", "Nothing"]],
  ],
  [
    "an unknown type of what `as` sets",
    `flow f { on message -> s var v: Nothing state s { ask "Q" as v -> end } }`,
    [["P2001", "Nothing"]],
  ],
  [
    "an unknown list of rows",
    inState(`ask list "Q" { for p in nothing { option {p.id} "{p.name}" } }`),
    [["P2001", "nothing"]],
  ],
  [
    "an unknown field in a title",
    `flow f(p: { a: text(9) }) { state s { ask "Q" { option a "{p.b}" } -> end } }`,
    [["P2005", "b"]],
  ],
  [
    "an unknown flow of a test",
    `test "t" in nothing { user taps yes expect that x == 1 expect state s }`,
    [["P2001", "nothing"]],
  ],
  ["an unknown kind of ask", inState(`ask nothing "Q" { header "H" }`), [["P2001", "nothing"]]],
  [
    "a type that contains itself",
    `type A = { a: A? } flow f(a: A) { state s { say "{a.b}" -> end } }`,
    [["P2003", "A"]],
  ],
  [
    "a hole that is no text, in a title",
    `flow f(b: bool) { state s { ask "Q" { option a "{b}" } -> end } }`,
    [["P2003", "b"]],
  ],
  [
    "a value that may be missing, in a title",
    `flow f(o: text(99)?) { state s { ask "Q" { option a "{o}" } -> end } }`,
    [
      ["P2004", "o"],
      ["P3016", "o"],
    ],
  ],
  [
    "a second state of one name",
    `flow f { on message -> s state s { let x = 1 -> end } state s { let x = 1 -> end } }`,
    [["P2002", "s"]],
  ],
  [
    "a state that is missing",
    `flow f { on message -> nothing var v: 1..9 state s { say "{v}" -> end } }`,
    [["P2001", "nothing"]],
  ],
] as const)("%s is one finding", (_, source, expected) => {
  expect(found(source)).toEqual(expected);
});

test.each([
  [
    "two names",
    inState(`say "{first}" say "{second}"`),
    [
      ["P2001", "first"],
      ["P2001", "second"],
    ],
  ],
  [
    "two texts",
    inState(`say "" say " "`),
    [
      ["P3011", '""'],
      ["P3011", '" "'],
    ],
  ],
  [
    "a name and a limit",
    inState(`say "{first}" ask list "Q" { open "123456789012345678901" option a "A" }`),
    [
      ["P2001", "first"],
      ["P3013", "1"],
    ],
  ],
] as const)("%s are two findings", (_, source, expected) => {
  expect(found(source)).toEqual(expected);
});

test.each([
  [
    "an unknown state of an arrow",
    `flow f { on message -> s state s { -> mising } state missing { -> end } }`,
    ["P2001"],
  ],
  [
    "an unknown flow of an arrow",
    `flow f { on message -> s state s { -> g() } } flow other { state t { -> end } }`,
    ["P2001"],
  ],
  ["a state that stands twice", `flow f { on message -> s state s { -> end } state s { -> end } }`, ["P2002"]],
  ["a statement that cannot be read", `flow f { on message -> s state s { ->> t } state t { -> end } }`, ["P1001"]],
] as const)("%s is one finding, not one more for each state behind it", (_, source, codes) => {
  expect(findings(source).map(([code]) => code)).toEqual(codes);
});

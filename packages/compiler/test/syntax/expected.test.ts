import { describe, expect, test } from "vitest";
import { type WritingPlace, writingPlace } from "../../src/syntax/expected.ts";

/** `‸` is the place. */
function placeOf(marked: string): WritingPlace {
  const offset = marked.indexOf("‸");
  return writingPlace({ path: "main.flow", text: marked.replace("‸", "") }, offset, 0, false);
}

function awaited(marked: string): readonly string[] {
  const place = placeOf(marked);
  return place.kind === "code"
    ? place.expected.map(({ word, kind, rule }) => word ?? `${kind} of ${rule}`)
    : [place.kind];
}

describe("what may come next", () => {
  test.each([
    ["at the beginning of a file", "‸", ["flow", "type", "profile", "action", "template", "test"]],
    ["behind an arrow", "flow a { state b { -> ‸", ["name of arrow"]],
    ["behind a dot", "flow a { state b { set x = y.‸", ["name of operand"]],
    ["behind the name of a state", "flow a { state b ‸", ["was", "{"]],
    ["in a carousel", 'flow a { state b { send carousel "x" { ‸', ["card", "}"]],
  ])("%s", (_, text, wanted) => {
    expect(awaited(text)).toEqual(wanted);
  });

  test("is not changed by what is broken in the members before", () => {
    const broken = 'flow a {\n  state b {\n    ask ask {\n    }\n    say 12 )\n    say "x"\n    schedule ‸';
    expect(awaited(broken)).toEqual(["name of schedule"]);
  });

  test("in a hole is a value, also where the text around it is not closed", () => {
    expect(awaited('flow a { state b { say "Hi {‸')).toContain("name of operand");
    expect(awaited('flow a { state b { say "Hi {x ?? "none"} and {‸ there"')).toContain("name of operand");
    expect(awaited('flow a { state b { say """\n  Hi {‸\n  """')).toContain("name of operand");
  });

  test("in words, comments and patterns is nothing of the language", () => {
    expect(awaited('flow a { state b { say "Hi ‸')).toEqual(["text"]);
    expect(awaited('flow a { state b { say "Hi {x ?? "no ‸')).toEqual(["text"]);
    expect(awaited("flow a { // sa‸")).toEqual(["comment"]);
    expect(awaited("/* flow ‸")).toEqual(["comment"]);
    expect(awaited("flow a { on text /or‸")).toEqual(["comment"]);
  });
});

test("the blocks around a place are known with what opened them", () => {
  const place = placeOf("flow a {\n state b {\n match size {\n small -> end\n large {\n ‸");
  const blocks = place.kind === "code" ? place.blocks : [];
  expect(blocks.map(({ kind, head }) => `${kind}: ${head.map(({ image }) => image).join(" ")}`)).toEqual([
    "flow: flow a",
    "statements: state b",
    "arms: match size",
    "statements: small -> end large",
  ]);
});

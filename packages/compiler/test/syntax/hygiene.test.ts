import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { brokenSpans, findings, nodesOf, parseText, sourceOf } from "./support.ts";

const FLOW = 'flow a {\n  state s {\n    say "hi"\n  }\n}\n';

function names(text: string): unknown[] {
  return [...nodesOf(parseText(text).file)]
    .filter(({ node }) => node["kind"] === "Name")
    .map(({ node }) => node["text"]);
}

describe("input of every kind", () => {
  test("an empty file has no declaration and no finding", () => {
    for (const text of ["", " \n", "// nothing\n", "\uFEFF"]) {
      expect(findings(text)).toEqual([]);
      expect(parseText(text).file.declarations).toEqual([]);
    }
  });

  test("a byte order mark is skipped, and offsets still count it", () => {
    const { file, diagnostics } = parseText(`\uFEFF${FLOW}`);
    expect(diagnostics).toEqual([]);
    expect(file.declarations[0]?.start).toBe(1);
  });

  test("CRLF and lone CR end lines", () => {
    for (const end of ["\r\n", "\r"]) {
      expect(findings(FLOW.replaceAll("\n", end))).toEqual([]);
      expect(findings(FLOW.replace('"hi"', '"hi').replaceAll("\n", end))).toEqual([
        '3:9 P1002 the text is not closed: `"` is missing before the end of the line',
      ]);
    }
  });

  test("tabs and no-break spaces separate tokens", () => {
    expect(names(FLOW.replaceAll("  ", "\t"))).toEqual(["a", "s"]);
    expect(names(FLOW.replace("flow a", "flow\u00a0a"))).toEqual(["a", "s"]);
  });

  test("a NUL byte is named, inside texts too", () => {
    const expected = "P1001 expected text, found a NUL byte (U+0000)";
    expect(findings(FLOW.replace("hi", "h\0i"))).toEqual([`3:11 ${expected}`]);
    expect(findings(`${FLOW}\0`)).toEqual([`6:1 ${expected}`]);
  });

  test("half a surrogate pair is named", () => {
    expect(findings(FLOW.replace("hi", "h\ud83di"))).toEqual([
      "3:11 P1001 expected text, found half a character (U+D83D)",
    ]);
  });

  test("UTF-16 read as UTF-8 is one finding", () => {
    const utf16 = [...FLOW].map((c) => `${c}\0`).join("");
    for (const text of [utf16, `\ufffd\ufffd${utf16}`]) {
      expect(findings(text)).toEqual([
        "1:1 P1001 expected a text file in UTF-8, found UTF-16 or something that is no text; save the file as UTF-8",
      ]);
    }
  });
});

describe("nesting is bounded, not by the stack", () => {
  const inSet = (value: string): string => `flow a { state s { set x = ${value} } }`;
  const deep = 10_000;

  test.each([
    ["parentheses", inSet(`${"(".repeat(deep)}1${")".repeat(deep)}`), "at most 64 brackets inside one another"],
    ["lists that are not closed", inSet("[".repeat(deep)), "at most 64 brackets inside one another"],
    ["blocks", `flow a { state s { ${"if x { ".repeat(deep)}`, "at most 64 brackets inside one another"],
    [
      "sections",
      `flow a { state s { ask "x" ${'{ section "x" '.repeat(deep)}`,
      "at most 64 brackets inside one another",
    ],
    ["record types", `type A = ${"{ a: ".repeat(deep)}`, "at most 64 brackets inside one another"],
    ["operators", inSet(`${"1 + ".repeat(deep)}x`), "at most 400 operators in one expression"],
    ["not", inSet(`${"not ".repeat(deep)}x`), "at most 400 `not` before one value"],
    ["fields", inSet(`a${".b".repeat(deep)}`), "at most 400 fields and indexes of one value"],
    ["conditions", inSet(`${"if a then b else ".repeat(deep)}x`), "at most 64 `if … then … else …` inside one another"],
    [
      "else if",
      `flow a { state s { ${"if x { } else ".repeat(deep)}{ } } }`,
      "at most 64 `else if` behind one another",
    ],
    ["type suffixes", `type A = text${"[..3]".repeat(deep)}`, "at most 50 of `[…]` and `?` behind a type"],
    ["texts in texts", inSet(`${'"{'.repeat(20)}x${'}"'.repeat(20)}`), "at most 8 texts inside one another"],
  ])("%s", (_, text, expected) => {
    const { value, diagnostics } = parse(sourceOf(text));
    expect(diagnostics.map((d) => d.args["expected"])).toEqual([expected]);
    expect(brokenSpans(value)).toEqual([]);
  });
});

describe("a line of 1 MB is read in time linear in its length", { timeout: 60_000 }, () => {
  const filled = (piece: string): string => piece.repeat(Math.ceil(1_000_000 / piece.length));

  test.each([
    ["one text", `flow a { state s { say "${filled("x")}" } }`, 0],
    ["holes", `flow a { state s { say "${filled("{x}")}" } }`, 0],
    ["words", filled("a b c "), 1],
    ["quotes", filled('"'), 2],
    ["quotes and braces", filled('"{'), 2],
    ["block quotes and braces", filled('"""{'), 2],
    ["braces", filled("{"), 2],
    ["junk", filled("@"), 1],
    ["letters outside ASCII", filled("é"), 1],
    ["arrows", filled("->"), 1],
    ["an open comment", `/*${filled("* ")}`, 1],
  ])("%s", (_, text, findingsExpected) => {
    const start = performance.now();
    const { diagnostics } = parse(sourceOf(text));
    expect(diagnostics.length).toBe(findingsExpected);
    // Quadratic time would be many minutes.
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

import { diagnostic, type Source, spanOf } from "@parley/compiler";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { plain } from "../src/report/colours.ts";
import { type Finding, findingOf } from "../src/report/finding.ts";
import { frame } from "../src/report/frame.ts";
import { patchesOf } from "../src/report/patch.ts";
import { visible } from "../src/report/visible.ts";

function finding(
  text: string,
  start: number,
  end: number,
  edits: readonly (readonly [number, number, string])[] = [],
): Finding {
  const source: Source = { path: "a.flow", text };
  const fixes = [
    { title: "Mend it", safe: true, edits: edits.map(([s, e, t]) => ({ span: spanOf(source, s, e), text: t })) },
  ];
  return findingOf(diagnostic("P8001", spanOf(source, start, end), { problem: "wrong" }, { fixes }), (path) => path);
}

/** The frame of the place where `marked` stands. */
function framed(text: string, marked: string, width = 80): readonly string[] {
  const start = text.indexOf(marked);
  const { place } = finding(text, start, start + marked.length);
  return frame(place, 1, { paint: plain, width, measure: stringWidth, mark: "^", colour: "red" });
}

describe("a frame marks the place by display width", () => {
  test("of plain text", () => {
    expect(framed("say one two", "one")).toEqual(["  |", "1 | say one two", "  |     ^^^"]);
  });

  test("behind tabs, which take four columns", () => {
    expect(framed("\t\tsay one", "one")).toEqual(["  |", "1 |         say one", "  |             ^^^"]);
  });

  test("behind and over wide characters", () => {
    expect(framed("say 你好 bad", "bad")).toEqual(["  |", "1 | say 你好 bad", "  |          ^^^"]);
    expect(framed("say 你好 bad", "你好")).toEqual(["  |", "1 | say 你好 bad", "  |     ^^^^"]);
  });

  test("behind emoji of several code points", () => {
    expect(framed("say 👩‍👩‍👧 🇧🇷 bad", "bad")).toEqual(["  |", "1 | say 👩‍👩‍👧 🇧🇷 bad", "  |           ^^^"]);
  });

  test("behind combining marks", () => {
    expect(framed("cafe\u0301 bad", "bad")).toEqual(["  |", "1 | cafe\u0301 bad", "  |      ^^^"]);
  });

  test("in files with CRLF, CR and LF", () => {
    expect(framed("a\r\nb\rc\nsay bad\r\n", "bad")).toEqual(["  |", "4 | say bad", "  |     ^^^"]);
  });

  test("that is empty, with one mark", () => {
    const { place } = finding("say ", 4, 4);
    expect(frame(place, 1, { paint: plain, width: 80, measure: stringWidth, mark: "^", colour: "red" })).toEqual([
      "  |",
      "1 | say",
      "  |     ^",
    ]);
  });

  test("at the end of a text that ends in a newline", () => {
    const { place } = finding("say\n", 4, 4);
    expect(frame(place, 1, { paint: plain, width: 80, measure: stringWidth, mark: "^", colour: "red" })).toEqual([
      "  |",
      "2 |",
      "  | ^",
    ]);
  });

  test("over several lines, at its first and its last", () => {
    expect(framed("a {\n  b\n  c\n} d", "{\n  b\n  c\n}")).toEqual([
      "  |",
      "1 | a {",
      "  |   ^",
      "...",
      "4 | } d",
      "  | ^",
    ]);
  });
});

describe("a frame stays small and shows everything", () => {
  test("a long line is cut around the place", () => {
    const lines = framed(`${"x".repeat(5_000_000)} bad ${"y".repeat(100)}`, "bad", 60);
    expect(lines[1]?.length).toBeLessThanOrEqual(66);
    expect(lines[1]).toMatch(/^1 \| …x+ bad y+…$/);
    expect(lines[1]?.indexOf("bad")).toBe(lines[2]?.indexOf("^^^"));
  });

  test("a long place is cut too", () => {
    const lines = framed(`a "${"x".repeat(3000)}" b`, `"${"x".repeat(3000)}"`, 60);
    expect(Math.max(...lines.map((l) => l.length))).toBeLessThanOrEqual(66);
    expect(lines[2]).toContain("^^^^^");
  });

  test("a long line of wide characters is cut by width", () => {
    const lines = framed(`${"你".repeat(3000)}bad`, "bad", 60);
    expect(lines[1]).toContain("bad");
    expect(lines[1]?.length).toBeLessThan(66);
  });

  test("control, direction and other hidden characters are made visible", () => {
    expect(visible("a\u0000b\u001b[31m\u007f\u202e\ufeff\u200b")).toBe("a␀b␛[31m␡<U+202E><U+FEFF><U+200B>");
    expect(visible("\ud83d x \udc00")).toBe("<U+D83D> x <U+DC00>");
    expect(visible("👩‍👩‍👧 ❤️")).toBe("👩‍👩‍👧 ❤️");
  });
});

describe("a fix is shown as the lines that it changes", () => {
  const patches = (text: string, ...edits: (readonly [number, number, string])[]) =>
    patchesOf(finding(text, 0, 1, edits).fixes[0] ?? { title: "", safe: true, edits: [] }).map(
      ({ place, before, after }) => ({
        line: place.start.line,
        before,
        after,
      }),
    );

  test("one word", () => {
    expect(patches("one\ntwo three\nfour", [4, 7, "2"])).toEqual([
      { line: 2, before: ["two three"], after: ["2 three"] },
    ]);
  });

  test("two edits of one line", () => {
    expect(patches("a b c", [4, 5, "C"], [0, 1, "A"])).toEqual([{ line: 1, before: ["a b c"], after: ["A b C"] }]);
  });

  test("edits far apart", () => {
    expect(patches("a\n\n\n\nb", [0, 1, "A"], [5, 6, "B"])).toEqual([
      { line: 1, before: ["a"], after: ["A"] },
      { line: 5, before: ["b"], after: ["B"] },
    ]);
  });

  test("lines put in and taken out", () => {
    expect(patches("a\nb\n", [1, 1, "\nnew"])).toEqual([{ line: 2, before: [], after: ["new"] }]);
    expect(patches("a\nb\nc\n", [2, 4, ""])).toEqual([{ line: 2, before: ["b"], after: [] }]);
  });

  test("CRLF shows as nothing", () => {
    expect(patches("a\r\nb\r\n", [0, 1, "A"])).toEqual([{ line: 1, before: ["a"], after: ["A"] }]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Edit } from "../../src/diagnostics/diagnostic.ts";
import { formatRange } from "../../src/format.ts";
import { sourceOf } from "../syntax/support.ts";
import { corpus, formatted, piecesOf, treeOf } from "./support.ts";

const RUNS = Number(process.env["RUNS"] ?? 1);
const SEED = 20_261_125;
const texts = corpus().map((p) => p.text);

/** Applies edits that are sorted and do not overlap; others fail the test. */
function applied(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { span, text: written } of edits) {
    expect(span.start).toBeGreaterThanOrEqual(at);
    result += text.slice(at, span.start) + written;
    at = span.end;
  }
  return result + text.slice(at);
}

/** The same program, badly laid out: white space of every third gap doubled or turned into line breaks. */
function untidy(text: string, newline: string): string {
  const pieces = piecesOf(text);
  return pieces.map(({ gap, token }, k) => (k % 3 === 0 && gap !== "" ? gap + newline + gap : gap) + token).join("");
}

describe("formatRange", { timeout: 60_000 * RUNS }, () => {
  test("of the whole text gives the canonical form", () => {
    for (const newline of ["\n", "\r\n", "\t"]) {
      for (const text of texts) {
        const source = sourceOf(untidy(text, newline));
        expect(applied(source.text, formatRange(source, 0, source.text.length))).toBe(formatted(source.text));
      }
    }
  });

  test("of some lines changes these lines only, and not what they mean", () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(), (text, a, b) => {
        const source = sourceOf(untidy(text, "\n"));
        const { length } = source.text;
        const [start = 0, end = 0] = [a % (length + 1), b % (length + 1)].sort((x, y) => x - y);
        const edits = formatRange(source, start, end);
        expect(treeOf(applied(source.text, edits))).toEqual(treeOf(source.text));
        const lineStart = start === 0 ? 0 : source.text.lastIndexOf("\n", start - 1) + 1;
        const lineEnd = source.text.indexOf("\n", end);
        for (const { span } of edits) {
          expect(span.end).toBeGreaterThanOrEqual(lineStart);
          expect(span.start).toBeLessThanOrEqual(lineEnd === -1 ? length : lineEnd);
        }
      }),
      { seed: SEED, numRuns: 150 * RUNS },
    );
  });

  test("has no edits for what is canonical, or has syntax errors", () => {
    const [text = ""] = texts;
    expect(formatRange(sourceOf(formatted(text)), 0, text.length)).toEqual([]);
    expect(formatRange(sourceOf("flow {"), 0, 6)).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lex } from "../../src/syntax/lexer.ts";
import { parse } from "../../src/syntax/parse.ts";
import { allFlows, brokenDiagnostics, brokenSpans, sourceOf } from "./support.ts";

/** `RUNS=50` tries that many times as many inputs. */
const RUNS = Number(process.env["RUNS"] ?? 1);
const SEED = 20_261_124;
const flows = allFlows();
const flow = fc.constantFrom(...flows.map((f) => f.text));

/** No exception; spans nested and inside the text; diagnostics in range; the same again, since the parser is shared. */
function holds(text: string): void {
  const source = sourceOf(text);
  const { value, diagnostics } = parse(source);
  expect(brokenSpans(value)).toEqual([]);
  expect(brokenDiagnostics(source, diagnostics)).toEqual([]);
}

interface Piece {
  readonly start: number;
  readonly end: number;
}

function piecesOf(text: string): Piece[] {
  const { tokens } = lex(sourceOf(text), 0, text.length, []);
  return tokens.map((t) => ({ start: t.startOffset, end: t.startOffset + t.image.length }));
}

/** The text with one token deleted, doubled, swapped with another, or replaced by another. */
function mangled(text: string, kind: string, first: number, second: number): string {
  const pieces = piecesOf(text);
  if (pieces.length < 2) return text;
  const a = pieces[first % pieces.length] as Piece;
  const b = pieces[second % pieces.length] as Piece;
  const image = (p: Piece): string => text.slice(p.start, p.end);
  switch (kind) {
    case "delete":
      return text.slice(0, a.start) + text.slice(a.end);
    case "double":
      return `${text.slice(0, a.end)} ${text.slice(a.start)}`;
    case "replace":
      return text.slice(0, a.start) + image(b) + text.slice(a.end);
    default: {
      const [one, two] = a.start <= b.start ? [a, b] : [b, a];
      if (one === two) return text;
      return text.slice(0, one.start) + image(two) + text.slice(one.end, two.start) + image(one) + text.slice(two.end);
    }
  }
}

const mangling = fc.record({
  kind: fc.constantFrom("delete", "double", "swap", "replace"),
  first: fc.nat(),
  second: fc.nat(),
});

describe("any input gives a tree and diagnostics", { timeout: 60_000 * RUNS }, () => {
  test("every flow as it is", () => {
    for (const { text } of flows) expect(() => holds(text)).not.toThrow();
  });

  test("every prefix", () => {
    fc.assert(
      fc.property(flow, fc.nat(), (text, n) => holds(text.slice(0, n % (text.length + 1)))),
      { seed: SEED, numRuns: 400 * RUNS },
    );
  });

  test("one mangled token", () => {
    fc.assert(
      fc.property(flow, mangling, (text, m) => holds(mangled(text, m.kind, m.first, m.second))),
      { seed: SEED, numRuns: 600 * RUNS },
    );
  });

  test("many mangled tokens", () => {
    fc.assert(
      fc.property(flow, fc.array(mangling, { minLength: 2, maxLength: 12 }), (text, ms) =>
        holds(ms.reduce((t, m) => mangled(t, m.kind, m.first, m.second), text)),
      ),
      { seed: SEED, numRuns: 200 * RUNS },
    );
  });

  test("token soup", () => {
    const images = flows.flatMap(({ text }) => piecesOf(text).map((p) => text.slice(p.start, p.end)));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...new Set(images)), { maxLength: 60 }),
        fc.constantFrom(" ", "\n"),
        (soup, gap) => holds(soup.join(gap)),
      ),
      { seed: SEED, numRuns: 500 * RUNS },
    );
  });

  test("character soup", () => {
    const characters = fc.constantFrom(...'{}[]()"""\\/*.,:;=<>-+?!|&#$@\'`\n\r\t aZ_09éß💚\0\uD800'.split(""));
    fc.assert(
      fc.property(fc.array(characters, { maxLength: 80 }), (soup) => holds(soup.join(""))),
      { seed: SEED, numRuns: 1500 * RUNS },
    );
  });
});

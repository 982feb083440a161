import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { generateFlow } from "../../../../bench/lib/generate-flow.ts";
import { commentsOf, corpus, formatted, piecesOf, sameTree, treeOf } from "./support.ts";

/** `RUNS=50` tries that many times as many inputs. */
const RUNS = Number(process.env["RUNS"] ?? 1);
const SEED = 20_261_124;
const programs = corpus();
const texts = programs.map((p) => p.text);
/** As often one of the long ones as any. */
const program = fc.oneof(fc.constantFrom(...texts.filter((text) => text.length > 1_000)), fc.constantFrom(...texts));

/** The canonical form means the same, has the same comments, and is its own canonical form. */
function holds(text: string): void {
  const once = formatted(text);
  expect(treeOf(once)).toEqual(treeOf(text));
  expect(commentsOf(once)).toEqual(commentsOf(text));
  expect(formatted(once)).toBe(once);
  expect(once).not.toMatch(/\r|\n\n\n|^\n|[^\n]$/);
}

/** What may stand in a gap besides what is there. Documentation belongs to a node, all else means nothing. */
const SPACE = ["\n", "\n\n\n", " ", "\t", "\r\n", "\r", "\f"];
const COMMENTS = [
  "// one\n",
  "/* two */",
  "\n// three\r\n",
  "\n/* four */\n",
  "/* five\n   lines */",
  "/**/",
  "//// six\n",
];
const DOCS = ["\n/// seven\n", "/// eight \n"];

interface Mangling {
  readonly at: number;
  readonly put: string;
  readonly drop: boolean;
}

function manglings(put: readonly string[]): fc.Arbitrary<readonly Mangling[]> {
  const one = fc.record({ at: fc.nat(), put: fc.constantFrom(...put), drop: fc.boolean() });
  return fc.array(one, { minLength: 1, maxLength: 40 });
}

/** The text with other gaps; `drop` first takes away the white space that is there. */
function mangled(text: string, changes: readonly Mangling[]): string {
  const pieces = piecesOf(text).map((p) => ({ ...p }));
  for (const { at, put, drop } of changes) {
    const piece = pieces[at % pieces.length];
    if (piece === undefined) continue;
    const plain = drop && piece.gap.trim() === "";
    piece.gap = plain ? ` ${put}` : `${piece.gap}${put}`;
  }
  return pieces.map((p) => p.gap + p.token).join("");
}

describe("the canonical form means the same, keeps the comments and is stable", { timeout: 60_000 * RUNS }, () => {
  test("of every program that there is", () => {
    expect(programs.length).toBeGreaterThan(100);
    for (const { text } of programs) expect(() => holds(text)).not.toThrow();
  });

  test("of generated projects", () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 600 }), fc.nat(), (lines, seed) => holds(generateFlow(lines, seed).text)),
      { seed: SEED, numRuns: 20 * RUNS },
    );
  });

  test("with other white space, which changes nothing else", () => {
    fc.assert(
      fc.property(program, manglings(SPACE), (text, changes) => {
        const other = mangled(text, changes);
        holds(other);
        expect(sameTree(formatted(other), text)).toBe(true);
      }),
      { seed: SEED, numRuns: 150 * RUNS },
    );
  });

  test("with comments anywhere", () => {
    fc.assert(
      fc.property(program, manglings([...SPACE, ...COMMENTS]), (text, changes) => {
        const other = mangled(text, changes);
        holds(other);
        expect(sameTree(formatted(other), text)).toBe(true);
      }),
      { seed: SEED, numRuns: 150 * RUNS },
    );
  });

  test("with documentation anywhere", () => {
    fc.assert(
      fc.property(program, manglings([...SPACE, ...COMMENTS, ...DOCS]), (text, changes) =>
        holds(mangled(text, changes)),
      ),
      { seed: SEED, numRuns: 150 * RUNS },
    );
  });

  test("all on one line, or each token on a line of its own", () => {
    for (const { text } of programs) {
      const tokens = piecesOf(text).map((p) => p.token);
      expect(() => holds(tokens.join(" "))).not.toThrow();
      expect(() => holds(tokens.join("\n"))).not.toThrow();
    }
  });
});

/**
 * Text to tree, beside a parser written by hand: the limit of what JavaScript can do. Compare within one run; on a busy
 * machine the collector of garbage makes single numbers differ by a factor of two.
 */
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { type GeneratedFile, generateProject } from "./lib/generate-flow.ts";

// Loaded by Node itself: vitest turns every use of an import into a call of a getter, which makes a parser of many
// modules twice as slow as it is and one of a single module no slower.
const load = createRequire(import.meta.url);
const { parse } = load(
  "../packages/compiler/src/syntax/parse.ts",
) as typeof import("../packages/compiler/src/syntax/parse.ts");
const { handParse } = load("./lib/hand-parser.ts") as typeof import("./lib/hand-parser.ts");

const SIZES = [1_000, 10_000, 100_000] as const;

/** Times of one side in milliseconds, best and median. */
interface Times {
  readonly best: number;
  readonly median: number;
}

for (const size of SIZES) {
  for (const layout of ["one flow a file", "one file"] as const) {
    const files = generateProject(size, 1, layout === "one file" ? {} : { flowsPerFile: 1 });
    const lines = files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
    const name = `${lines.toLocaleString("en")} lines, ${layout}`;

    test(`${name}`, { timeout: 120_000 }, async ({ bench }) => {
      for (const file of files) expectSameTree(file);
      const parley = (): unknown => files.map((file) => parse(file));
      const hand = (): unknown => files.map((file) => handParse(file));
      const results = await bench.compare(bench("parley", parley), bench("written by hand", hand), {
        time: size > 10_000 ? 4_000 : 1_000,
      });
      report(name, lines, timesOf(results.get("parley")), timesOf(results.get("written by hand")));
    });
  }
}

/** A parser that makes something else, or that stumbles, is not measured. */
function expectSameTree(file: GeneratedFile): void {
  const { value, diagnostics } = parse(file);
  expect(diagnostics).toEqual([]);
  expect(withoutSource(handParse(file)) === withoutSource(value)).toBe(true);
}

function withoutSource(tree: unknown): string {
  return JSON.stringify(tree, (key, value: unknown) => (key === "source" ? undefined : value));
}

function timesOf(result: { readonly latency: { readonly min: number; readonly p50: number } }): Times {
  return { best: result.latency.min, median: result.latency.p50 };
}

function report(name: string, lines: number, parley: Times, hand: Times): void {
  const rate = (ms: number): string => `${Math.round(lines / ms).toLocaleString("en")} k lines/s`;
  const ratio = (key: keyof Times): string => (parley[key] / hand[key]).toFixed(2);
  console.log(
    `${name}: parley ${rate(parley.median)} (best ${rate(parley.best)}), by hand ${rate(hand.median)} (best ${rate(hand.best)}), ` +
      `time against by hand ${ratio("median")} (best against best ${ratio("best")})`,
  );
}

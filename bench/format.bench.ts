/** Text to canonical form, beside reading the same text: what the formatter adds to the parser. */
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { generateFlow } from "./lib/generate-flow.ts";

// Loaded by Node itself, as in parse.bench.ts.
const load = createRequire(import.meta.url);
const { parse } = load(
  "../packages/compiler/src/syntax/parse.ts",
) as typeof import("../packages/compiler/src/syntax/parse.ts");
const { format } = load("../packages/compiler/src/format.ts") as typeof import("../packages/compiler/src/format.ts");

for (const size of [1_000, 100_000]) {
  const file = generateFlow(size, 1);
  // Everything on as few lines as comments allow: each line has to be made.
  const flat = { path: file.path, text: file.text.replaceAll(/(?<!\/\/\/.*)\n\s*/g, " ") };

  test(`${size.toLocaleString("en")} lines`, { timeout: 120_000 }, async ({ bench }) => {
    expect(format(flat)).toMatchObject({ kind: "formatted", changed: true });
    const results = await bench.compare(
      bench("parse", () => parse(file)),
      bench("format", () => format(file)),
      bench("format what is on few lines", () => format(flat)),
      { time: 1_000, iterations: 10 },
    );
    const parsed = results.get("parse").latency.p50;
    const formatted = results.get("format").latency.p50;
    const spread = results.get("format what is on few lines").latency.p50;
    console.log(
      `${size.toLocaleString("en")} lines: format ${formatted.toFixed(0)} ms, ${(formatted / parsed).toFixed(2)} times the parser; ` +
        `of what is on few lines ${(spread / parsed).toFixed(2)} times`,
    );
  });
}

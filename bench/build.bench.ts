/**
 * Text to the files of `build`, in memory, on generated projects. Prints lines per second, and the time per line at
 * 100,000 lines against that at 10,000: above 1 the work grows faster than the text.
 */

import { expect, test } from "vitest";
import { buildFiles, compile, DEFAULT_SETTINGS } from "../packages/compiler/src/index.ts";
import { generateProject } from "./lib/generate-flow.ts";

const SIZES = [1000, 10_000, 100_000] as const;
const MOST_PER_LINE = 2;

function build(files: ReturnType<typeof generateProject>): number {
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files });
  if (!output) throw new Error(`nothing was built: ${diagnostics[0]?.code}`);
  return buildFiles(output).size;
}

test("text to build output", { timeout: 300_000 }, async ({ bench }) => {
  const projects = SIZES.map((lines) => ({ lines, files: generateProject(lines, 1) }));
  const results = await bench.compare(
    ...projects.map(({ lines, files }) => bench(`${lines} lines`, () => void build(files))),
    { time: 2000, iterations: 5, warmupIterations: 2 },
  );
  const perLine = projects.map(({ lines, files }) => {
    const count = files.reduce((sum, file) => sum + file.text.split("\n").length, 0);
    const ms = results.get(`${lines} lines`).latency.p50;
    process.stdout.write(`${count} lines: ${ms.toFixed(1)} ms, ${Math.round((count / ms) * 1000)} lines/s\n`);
    return ms / count;
  });
  const ratio = (perLine[2] ?? 0) / (perLine[1] ?? 1);
  process.stdout.write(`time per line, 100,000 against 10,000 lines: ${ratio.toFixed(2)} (at most ${MOST_PER_LINE})\n`);
  expect(ratio).toBeLessThanOrEqual(MOST_PER_LINE);
});

/**
 * Text to the files of `build`, in memory, on generated projects: lines per second, and the time per line at 100,000 lines
 * against that at 10,000. Above 1 the work grows faster than the text.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { BuildTimes } from "./lib/build-run.ts";

const RUN = fileURLToPath(new URL("lib/build-run.ts", import.meta.url));
const MOST_PER_LINE = 2;
/** Builds before the compiler's code is warm. */
const COLD = 2;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

test("text to build output", { timeout: 300_000 }, () => {
  const printed = execFileSync(process.execPath, ["--conditions=@parley/source", RUN], { encoding: "utf8" });
  const times = JSON.parse(printed) as readonly BuildTimes[];
  const perLine = times.map(({ lines, ms }) => {
    const warm = ms.slice(COLD);
    const [middle, best] = [median(warm), Math.min(...warm)];
    const rate = (time: number): string => `${Math.round((lines / time) * 1000)} lines/s`;
    process.stdout.write(
      `${lines} lines: first ${ms[0]?.toFixed(0)} ms, warm ${middle.toFixed(1)} ms (${rate(middle)}), best ${rate(best)}\n`,
    );
    return middle / lines;
  });
  const ratio = (perLine[2] ?? Number.NaN) / (perLine[1] ?? Number.NaN);
  process.stdout.write(`time per line, 100,000 against 10,000 lines: ${ratio.toFixed(2)} (at most ${MOST_PER_LINE})\n`);
  expect(ratio).toBeLessThanOrEqual(MOST_PER_LINE);
});

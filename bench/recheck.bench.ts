/** A change in one file of a project of about 1,000 files, until all findings are there again. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { RecheckTimes } from "./lib/recheck-run.ts";

const RUN = fileURLToPath(new URL("lib/recheck-run.ts", import.meta.url));

test.each([
  // The least time in ms, and the median as a share of the first check: other processes slow down both alike.
  { project: "usual", least: 30, share: 1 / 12 },
  { project: "small", least: 30, share: 1 / 4 },
  // The file itself is read, bound, typed and judged anew.
  { project: "large", least: 150, share: 1 / 4 },
] as const)("a change in one file of a $project project", { timeout: 600_000 }, ({ project, least, share }) => {
  const args = ["--expose-gc", "--conditions=@parley/source", RUN, project];
  const { files, lines, first, edits, heap, rss } = JSON.parse(
    execFileSync(process.execPath, args, { encoding: "utf8" }),
  ) as RecheckTimes;
  const at = (times: readonly number[], part: number): number =>
    times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
  const told = Object.entries(edits).map(
    ([what, times]) =>
      `  ${what.padEnd(9)} best ${at(times, 0).toFixed(1)}, median ${at(times, 0.5).toFixed(1)}, p99 ${at(times, 0.99).toFixed(1)} ms\n`,
  );
  const memory = `heap ${(heap / 1e6).toFixed(0)} MB, rss ${(rss / 1e6).toFixed(0)} MB`;
  process.stdout.write(
    `${project}: ${files} files, ${lines} lines, first ${first.toFixed(0)} ms; ${memory}\n${told.join("")}`,
  );
  for (const [what, times] of Object.entries(edits)) {
    expect(at(times, 0.5), `${what}, against the first check`).toBeLessThan(first * share);
    expect(at(times, 0), `${what}, undisturbed`).toBeLessThan(least);
  }
  expect(heap).toBeLessThan(400e6);
});

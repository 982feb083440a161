/** A change in one file of a project of about 1,000 files and 100,000 lines, until all findings are there again. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { RecheckTimes } from "./lib/recheck-run.ts";

const RUN = fileURLToPath(new URL("lib/recheck-run.ts", import.meta.url));

test("a change in one file", { timeout: 300_000 }, () => {
  const printed = execFileSync(process.execPath, ["--conditions=@parley/source", RUN], { encoding: "utf8" });
  const { files, first, text, statement } = JSON.parse(printed) as RecheckTimes;
  const at = (times: readonly number[], part: number): number =>
    [...times].sort((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
  const told = (times: readonly number[]): string =>
    `median ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms`;
  process.stdout.write(
    `${files} files: first ${first.toFixed(0)} ms; a text: ${told(text)}; a statement: ${told(statement)}\n`,
  );
  expect(at(text, 0.5)).toBeLessThan(first / 4);
});

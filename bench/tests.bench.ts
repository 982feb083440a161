/**
 * `parley test` on a project of 1,000 tests of 20 steps, the command as people run it: bundle, check, runtime and emulator
 * over WhatsApp's JSON, results. Under 15 seconds on two cores; and how many turns of conversations a second one core
 * simulates.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { testedProject } from "./lib/tested-project.ts";

const PARLEY = fileURLToPath(new URL("../packages/cli/bin/parley.mjs", import.meta.url));
const RUN = fileURLToPath(new URL("lib/tested-run.ts", import.meta.url));
const BUNDLE = fileURLToPath(new URL("../tools/bundle.mjs", import.meta.url));
const TESTS = 1_000;
const MOST_SECONDS = 15;

test(`${TESTS} tests of 20 steps`, { timeout: 300_000 }, () => {
  execFileSync(process.execPath, [BUNDLE]);
  const dir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    for (const [name, text] of Object.entries(testedProject(TESTS))) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
    const from = performance.now();
    const told = execFileSync(process.execPath, [PARLEY, "test", "--jobs", "2"], { cwd: dir, encoding: "utf8" });
    const seconds = (performance.now() - from) / 1000;
    process.stdout.write(`parley test, ${TESTS} tests: ${seconds.toFixed(1)} s (at most ${MOST_SECONDS})\n`);
    expect(told).toContain(`${TESTS} tests passed`);
    expect(seconds).toBeLessThan(MOST_SECONDS);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("turns of simulated conversations, one core", { timeout: 120_000 }, () => {
  const printed = execFileSync(process.execPath, ["--conditions=@parley/source", RUN, "400"], { encoding: "utf8" });
  const { turns, ms, cpuMs } = JSON.parse(printed) as Readonly<Record<"turns" | "ms" | "cpuMs", number>>;
  const rate = (time: number): number => Math.round((1000 * turns) / time);
  process.stdout.write(`${rate(ms)} turns a second, ${rate(cpuMs)} a second of processor time\n`);
  expect(rate(cpuMs)).toBeGreaterThan(300);
});

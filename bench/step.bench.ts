/**
 * Turns per second, the snapshot parsed from JSON and written to JSON at every turn: `step`, a table interpreter written by
 * hand for this one conversation, and XState 5. The aim: at least 0.5 of the table, at least twice XState.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { StepTimes } from "./lib/step-run.ts";

const RUN = fileURLToPath(new URL("lib/step-run.ts", import.meta.url));
const LEAST_OF_TABLE = 0.5;
const LEAST_OF_XSTATE = 2;
const LEAST_BYTES = 500;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

test("turns of a conversation, beside a table written by hand and XState 5", { timeout: 120_000 }, () => {
  const printed = execFileSync(process.execPath, ["--conditions=@parley/source", RUN], { encoding: "utf8" });
  const times = JSON.parse(printed) as readonly StepTimes[];
  const us = new Map(times.map(({ name, us: rounds }) => [name, median(rounds)]));
  for (const { name, bytes, us: rounds } of times) {
    const [middle, best] = [median(rounds), Math.min(...rounds)];
    const rate = (time: number): string => `${Math.round(1_000_000 / time)} turns/s`;
    process.stdout.write(`${name}: ${rate(middle)}, best ${rate(best)}, snapshots of ${bytes} bytes\n`);
    expect(bytes).toBeGreaterThanOrEqual(LEAST_BYTES);
  }
  const own = us.get("step") ?? Number.NaN;
  const [table, xstate] = [(us.get("table") ?? Number.NaN) / own, (us.get("xstate") ?? Number.NaN) / own];
  process.stdout.write(
    `step / table: ${table.toFixed(2)} (at least ${LEAST_OF_TABLE}), step / XState: ${xstate.toFixed(2)} (at least ${LEAST_OF_XSTATE})\n`,
  );
  expect(table).toBeGreaterThanOrEqual(LEAST_OF_TABLE);
  expect(xstate).toBeGreaterThanOrEqual(LEAST_OF_XSTATE);
});

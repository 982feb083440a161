/**
 * The whole runtime in a simulated world, days in a second, with every fault at every boundary. The seeds here are the
 * same in every run (`PARLEY_SEED` is the first, `PARLEY_RUNS` their number); `npm run soak` looks for new ones.
 */
import { expect, test } from "vitest";
import { machines } from "./flows.ts";
import { keptSeeds, STORES } from "./seeds.ts";
import { simulate } from "./simulate.ts";

const RUNS = Number(process.env["PARLEY_RUNS"] ?? 12);
const FIRST = Number(process.env["PARLEY_SEED"] ?? 1);
const versions = machines();

test("the same seed gives the same run", async () => {
  const run = () => simulate({ seed: 11, store: STORES.sqlite, machines: versions, messages: 60 });
  expect((await run()).digest).toBe((await run()).digest);
});

test.each(keptSeeds())("seed $seed on $kind stays repaired", { timeout: 120_000 }, async ({ seed, kind, messages }) => {
  const report = await simulate({ seed, store: STORES[kind], machines: versions, messages });
  expect(report.violations).toEqual([]);
});

test(`${RUNS} seeds from ${FIRST} on break no invariant`, { timeout: 3_600_000 }, async () => {
  let crashes = 0;
  for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
    const kind = seed % 2 === 0 ? "memory" : "sqlite";
    const report = await simulate({ seed, store: STORES[kind], machines: versions, messages: 100 });
    expect({ seed, kind, violations: report.violations }).toEqual({ seed, kind, violations: [] });
    crashes += report.crashes;
  }
  expect(crashes).toBeGreaterThan(RUNS);
});

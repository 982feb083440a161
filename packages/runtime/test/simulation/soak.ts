/**
 * Simulates many seeds: `soak.ts <first seed> <how many> [memory|sqlite] [messages]`. Prints a line for each that broke an
 * invariant and keeps its seed; ends with a summary as JSON, and with 1 where one did.
 */
import { machines } from "./flows.ts";
import { keepSeed, STORES } from "./seeds.ts";
import { simulate } from "./simulate.ts";

const [first = "1", count = "100", given = "sqlite", length = "150"] = process.argv.slice(2);
const kind = given === "memory" ? "memory" : "sqlite";
const messages = Number(length);
const versions = machines();
const COUNTS = ["events", "steps", "crashes", "sends", "duplicates", "filed", "days"] as const;
const total = { seeds: 0, events: 0, steps: 0, crashes: 0, sends: 0, duplicates: 0, filed: 0, days: 0 };
const failed: number[] = [];
for (let seed = Number(first); seed < Number(first) + Number(count); seed++) {
  const report = await simulate({ seed, store: STORES[kind], machines: versions, messages });
  total.seeds += 1;
  for (const key of COUNTS) total[key] += report[key];
  if (report.violations.length === 0) continue;
  failed.push(seed);
  if (process.env["PARLEY_KEEP_SEEDS"] !== "no") keepSeed({ seed, kind, messages });
  process.stdout.write(`seed ${seed} (${kind}, ${messages}): ${report.violations.slice(0, 5).join("; ")}\n`);
}
process.stdout.write(`${JSON.stringify({ ...total, days: Math.round(total.days), failed })}\n`);
process.exit(failed.length === 0 ? 0 : 1);

/**
 * A million simulated events over at least a thousand seeds, on two processes: `soak.mjs [events] [first seed]`. Seeds that
 * break an invariant are kept in packages/runtime/test/seeds and end it with 1.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const [events = "1000000", first = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const CHUNK = 25;
const LEAST_SEEDS = 1_000;
const SCRIPT = "packages/runtime/test/simulation/soak.ts";

const total = { seeds: 0, events: 0, steps: 0, crashes: 0, sends: 0, duplicates: 0, filed: 0, days: 0, failed: [] };
let next = Number(first);

async function chunk(kind) {
  const from = next;
  next += CHUNK;
  const args = ["--conditions=@parley/source", SCRIPT, String(from), String(CHUNK), kind];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  for await (const data of child.stdout) text += data;
  const lines = text.trim().split("\n");
  const summary = JSON.parse(lines.pop() ?? "{}");
  for (const line of lines) console.log(line);
  for (const [key, value] of Object.entries(summary))
    total[key] = Array.isArray(value) ? [...total[key], ...value] : total[key] + value;
}

async function worker(index) {
  while (total.events < Number(events) || total.seeds < LEAST_SEEDS) await chunk(index % 2 === 0 ? "sqlite" : "memory");
}

const began = performance.now();
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, (_, index) => worker(index)));
console.log(JSON.stringify({ ...total, seconds: Math.round((performance.now() - began) / 1000) }));
process.exit(total.failed.length === 0 ? 0 : 1);

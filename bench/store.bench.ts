/**
 * Turns that processes commit on one PostgreSQL, as a ratio: four of them beside one. All, and the database with the
 * durability that it comes with, share the machine, so that four can be no faster where one has it busy; the aim is that
 * what they cost each other in locks stays under a fifth.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findPostgres } from "../packages/runtime/test/support/postgres.ts";

const RUN = fileURLToPath(new URL("lib/store-run.ts", import.meta.url));
const PROCESSES = 4;
const ROUNDS = 5;
const ROUND_MS = 2_000;
const LEAST = 0.8;

interface Worker {
  /** Turns committed in a round. */
  readonly round: (ms: number) => Promise<number>;
  readonly end: () => void;
}

async function startWorker(url: string, index: number): Promise<Worker> {
  const child = fork(RUN, [url, String(index)], { execArgv: ["--conditions=@parley/source"] });
  await once(child, "message");
  return {
    round: async (ms) => {
      child.send(ms);
      const [turns] = (await once(child, "message")) as [number];
      return turns;
    },
    end: () => child.disconnect(),
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function rate(workers: readonly Worker[]): Promise<number> {
  const turns = await Promise.all(workers.map((worker) => worker.round(ROUND_MS)));
  return (turns.reduce((sum, n) => sum + n, 0) * 1_000) / ROUND_MS;
}

const start = await findPostgres();

test.skipIf(typeof start === "string")(
  `turns of ${PROCESSES} processes on one PostgreSQL, beside one`,
  { timeout: 180_000 },
  async () => {
    if (typeof start === "string") throw new Error(start);
    const server = await start([]);
    try {
      const workers = await Promise.all(
        Array.from({ length: PROCESSES }, (_, index) => startWorker(server.url, index)),
      );
      await rate(workers);
      const [alone, together]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        alone.push(await rate(workers.slice(round % PROCESSES, (round % PROCESSES) + 1)));
        together.push(await rate(workers));
      }
      for (const worker of workers) worker.end();
      const ratio = median(together) / median(alone);
      process.stdout.write(
        `one process: ${Math.round(median(alone))} turns/s, best ${Math.round(Math.max(...alone))}\n`,
      );
      process.stdout.write(
        `${PROCESSES} processes: ${Math.round(median(together))} turns/s, best ${Math.round(Math.max(...together))}\n`,
      );
      process.stdout.write(`${PROCESSES} / one: ${ratio.toFixed(2)} (at least ${LEAST})\n`);
      expect(ratio).toBeGreaterThanOrEqual(LEAST);
    } finally {
      await server.stop();
    }
  },
);

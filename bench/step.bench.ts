/**
 * Turns per second, the snapshot parsed from JSON and written to JSON at every turn: `step`, a table interpreter written by
 * hand for this one conversation, and XState 5. The aim: at least 0.5 of the table, at least twice XState.
 */

import { expect, test } from "vitest";
import { type Effect, type Event, prepare, type Snapshot, step } from "../packages/machine/src/index.ts";
import { orderMachine } from "../packages/machine/test/fixtures/order.ts";
import { record, TURNS } from "./lib/order-script.ts";
import { tableStep } from "./lib/table-interpreter.ts";
import { createXStateStep } from "./lib/xstate-order.ts";

type Contender = (
  snapshot: string | null,
  event: Event,
) => { readonly snapshot: string; readonly effects: readonly Effect[] };

const LEAST_OF_TABLE = 0.5;
const LEAST_OF_XSTATE = 2;

const prepared = prepare(JSON.parse(JSON.stringify(orderMachine())));

const ours: Contender = (json, event) => {
  const before = json === null ? null : (JSON.parse(json) as Snapshot);
  const { snapshot, effects } = step(prepared, before, event);
  return { snapshot: JSON.stringify(snapshot), effects };
};

/** A whole conversation; gives the size of its snapshots so that nothing is optimised away. */
function conversation(contender: Contender, events: readonly Event[]): () => number {
  return () => {
    let snapshot: string | null = null;
    let bytes = 0;
    for (const event of events) {
      ({ snapshot } = contender(snapshot, event));
      bytes += snapshot.length;
    }
    return bytes;
  };
}

const contenders = { step: ours, table: tableStep, xstate: createXStateStep() } as const;

test("step beside a table written by hand and XState 5", { timeout: 60_000 }, async ({ bench }) => {
  const runs = Object.entries(contenders).map(([name, contender]) => {
    const run = conversation(contender, record(contender));
    expect(run() / TURNS, `${name}: bytes of a snapshot`).toBeGreaterThanOrEqual(500);
    return { name, run };
  });
  const results = await bench.compare(...runs.map(({ name, run }) => bench(name, () => void run())), { time: 2_000 });
  const perSecond = (name: keyof typeof contenders): number => TURNS * (1_000 / results.get(name).latency.p50);
  const [own, table, xstate] = [perSecond("step"), perSecond("table"), perSecond("xstate")];
  process.stdout.write(
    `turns per second: step ${Math.round(own)}, table ${Math.round(table)}, XState ${Math.round(xstate)}\n` +
      `step / table: ${(own / table).toFixed(2)} (at least ${LEAST_OF_TABLE}), step / XState: ${(own / xstate).toFixed(2)} (at least ${LEAST_OF_XSTATE})\n`,
  );
  expect(own / table).toBeGreaterThanOrEqual(LEAST_OF_TABLE);
  expect(own / xstate).toBeGreaterThanOrEqual(LEAST_OF_XSTATE);
});

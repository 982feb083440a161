/**
 * Plays the same conversation with each contender in a process of its own, as a server does: in vitest's module runner every
 * use of an import costs a getter. Prints, as JSON, the time of a turn in each round; contenders take turns, so that they
 * share the noise.
 */
import { type Effect, type Event, prepare, type Snapshot, step } from "../../packages/machine/src/index.ts";
import { orderMachine } from "../../packages/machine/test/fixtures/order.ts";
import { record, TURNS } from "./order-script.ts";
import { tableStep } from "./table-interpreter.ts";
import { createXStateStep } from "./xstate-order.ts";

export interface StepTimes {
  readonly name: "step" | "table" | "xstate";
  /** Mean size of a snapshot. */
  readonly bytes: number;
  /** Microseconds for a turn, of rounds in order. */
  readonly us: readonly number[];
}

type Contender = (
  snapshot: string | null,
  event: Event,
) => { readonly snapshot: string; readonly effects: readonly Effect[] };

const ROUNDS = 15;
const WARM_UP_MS = 1_000;
const ROUND_MS = 150;
const BATCH = 20;

const prepared = prepare(JSON.parse(JSON.stringify(orderMachine())));

const parleyStep: Contender = (json, event) => {
  const before = json === null ? null : (JSON.parse(json) as Snapshot);
  const { snapshot, effects } = step(prepared, before, event);
  return { snapshot: JSON.stringify(snapshot), effects };
};

/** A whole conversation; gives the size of its snapshots, so that nothing is optimised away. */
function play(contender: Contender, events: readonly Event[]): number {
  let snapshot: string | null = null;
  let bytes = 0;
  for (const event of events) {
    ({ snapshot } = contender(snapshot, event));
    bytes += snapshot.length;
  }
  return bytes;
}

/** Microseconds for a turn, over at least `ms`. */
function time(contender: Contender, events: readonly Event[], ms: number): number {
  let conversations = 0;
  const start = performance.now();
  let now = start;
  while (now - start < ms) {
    for (let i = 0; i < BATCH; i++) play(contender, events);
    conversations += BATCH;
    now = performance.now();
  }
  return ((now - start) * 1_000) / (conversations * TURNS);
}

const contenders: readonly (readonly [StepTimes["name"], Contender])[] = [
  ["step", parleyStep],
  ["table", tableStep],
  ["xstate", createXStateStep()],
];
const runs = contenders.map(([name, contender]) => ({
  name,
  contender,
  events: record(contender),
  us: [] as number[],
}));
for (const { contender, events } of runs) time(contender, events, WARM_UP_MS);
for (let round = 0; round < ROUNDS; round++) {
  for (const { contender, events, us } of runs) us.push(time(contender, events, ROUND_MS));
}
const times: readonly StepTimes[] = runs.map(({ name, contender, events, us }) => ({
  name,
  bytes: Math.round(play(contender, events) / TURNS),
  us,
}));
process.stdout.write(JSON.stringify(times));

/** What the gauges show: read from the store and the queue when somebody asks. */
import type { Core } from "../engine/core.ts";
import { errorFacts } from "../log.ts";
import type { StoreStats } from "../store.ts";
import type { Sample } from "./metrics.ts";

/** Counting a large store takes its time: several readers within this share one count. */
const FRESH_MS = 5_000;

interface Counted {
  at: number;
  stats: Promise<StoreStats> | undefined;
}

function ofStore({ contacts, timers, actions, filed, sends }: StoreStats): readonly Sample[] {
  return [
    { name: "contacts", labels: {}, value: contacts },
    { name: "timers_pending", labels: {}, value: timers },
    { name: "actions_pending", labels: {}, value: actions },
    { name: "dead_letters", labels: {}, value: filed },
    { name: "in_doubt_open", labels: {}, value: sends.doubt ?? 0 },
    ...Object.entries(sends).map(([state, value]): Sample => ({ name: "outbox", labels: { state }, value })),
  ];
}

/** `depth` and `bytes`: of the queue. A store that fails leaves its gauges out. */
export function createGauges(
  core: Core,
  queued: { readonly depth: () => number; readonly bytes: () => number },
): () => Promise<readonly Sample[]> {
  const counted: Counted = { at: 0, stats: undefined };
  const count = (): Promise<StoreStats> => {
    if (!counted.stats || performance.now() - counted.at > FRESH_MS) {
      counted.at = performance.now();
      counted.stats = core.store.stats();
    }
    return counted.stats;
  };
  return async () => {
    const { name, hash } = core.machines.newest;
    const own: readonly Sample[] = [
      { name: "build_info", labels: { bot: name, machine: hash }, value: 1 },
      { name: "queue_depth", labels: {}, value: queued.depth() },
      { name: "queue_bytes", labels: {}, value: queued.bytes() },
    ];
    try {
      return [...own, ...ofStore(await count())];
    } catch (error) {
      counted.stats = undefined;
      core.log.error(errorFacts(error), "the store could not be counted");
      return own;
    }
  };
}

/** What the gauges show: read from the store and the queue when somebody asks. */
import type { Core } from "../engine/core.ts";
import { errorFacts } from "../log.ts";
import type { Sessions, StoreStats } from "../store.ts";
import type { Sample } from "./metrics.ts";

/** Counting a large store takes its time: several readers within this share one count. */
const FRESH_MS = 5_000;

/** Counting conversations reads all of them. */
const SESSIONS_FRESH_MS = 60_000;

/** Kept for a while; what failed is asked again. */
function kept<T>(freshMs: number, read: () => Promise<T>): () => Promise<T> {
  let at = 0;
  let value: Promise<T> | undefined;
  return async () => {
    if (!value || performance.now() - at > freshMs) {
      at = performance.now();
      value = read();
    }
    try {
      return await value;
    } catch (error) {
      value = undefined;
      throw error;
    }
  };
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

function ofSessions(sessions: readonly Sessions[]): readonly Sample[] {
  return sessions.map(({ flow, machine, conversations }) => ({
    name: "sessions",
    labels: { flow: flow ?? "", version: machine },
    value: conversations,
  }));
}

/** `depth` and `bytes`: of the queue. A store that fails leaves its gauges out. */
export function createGauges(
  core: Core,
  queued: { readonly depth: () => number; readonly bytes: () => number },
): () => Promise<readonly Sample[]> {
  const stats = kept(FRESH_MS, () => core.store.stats());
  const sessions = kept(SESSIONS_FRESH_MS, () => core.store.sessions());
  return async () => {
    const { name, hash } = core.machines.newest;
    const own: readonly Sample[] = [
      { name: "build_info", labels: { bot: name, machine: hash }, value: 1 },
      { name: "queue_depth", labels: {}, value: queued.depth() },
      { name: "queue_bytes", labels: {}, value: queued.bytes() },
    ];
    try {
      return [...own, ...ofStore(await stats()), ...ofSessions(await sessions())];
    } catch (error) {
      core.log.error(errorFacts(error), "the store could not be counted");
      return own;
    }
  };
}

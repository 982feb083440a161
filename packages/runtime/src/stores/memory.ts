/** A store that lives in the process: for tests, the simulator and the browser. Nothing survives the process. */
import type { Snapshot } from "@parley/machine";
import type { Arrival, Handler, Opened, Outcome, SendState, Session, Sessions, Store, StoreStats } from "../store.ts";
import { claim, nextDue } from "./memory/claim.ts";
import { load } from "./memory/load.ts";
import { memoryPeople } from "./memory/people.ts";
import { emptyState, put, remove, removeSend, rollBack, type State } from "./memory/state.ts";
import { MEMORY_STORE_ID, write } from "./memory/write.ts";
import { findContact } from "./people.ts";
import { isOpen, RECENT_TURN_MS, standsOn } from "./rules.ts";

/** All of `change`, or nothing. */
function transaction<T>(state: State, change: () => T): T {
  state.forgotten.clear();
  try {
    return change();
  } catch (error) {
    rollBack(state, 0);
    throw error;
  } finally {
    state.undo.length = 0;
  }
}

function open(state: State, session: Session): Opened {
  put(state, state.machines, session.machine.hash, session.machine.json);
  let doubtful = 0;
  let actions = 0;
  for (const record of state.sends.values()) {
    if (record.state !== "inflight" && record.state !== "doubt") continue;
    const due = Math.max(record.state === "doubt" ? record.due : 0, session.now + session.settleMs);
    put(state, state.sends, record.id, { ...record, state: "doubt", due });
    doubtful += 1;
  }
  for (const action of state.actions.values()) {
    if (action.state !== "running") continue;
    put(state, state.actions, action.id, { ...action, state: action.once ? "lost" : "ready" });
    actions += 1;
  }
  const machines = Object.fromEntries(state.machines);
  return { storeId: MEMORY_STORE_ID, machines, doubtful, actions, recent: recentSends(state, session) };
}

function recentSends(state: State, { now, recentSince }: Session): NonNullable<Opened["recent"]> {
  if (recentSince === undefined) return [];
  return [...state.sends.values()]
    .filter(({ attempt, send }) => attempt > 0 && send.at >= recentSince - RECENT_TURN_MS && send.of !== "read")
    .map((record) => ({ contact: record.contact, at: isAgain(record) ? now : Math.min(record.due, now) }))
    .filter(({ at }) => at >= recentSince)
    .toSorted((a, b) => a.at - b.at);
}

function isAgain({ state }: { readonly state: SendState }): boolean {
  return state === "ready" || state === "doubt";
}

function sessions(state: State): readonly Sessions[] {
  const counts = new Map<string, Sessions>();
  for (const { snapshot } of state.contacts.values()) {
    const { conversation, machine }: Partial<Snapshot> = snapshot === null ? {} : (JSON.parse(snapshot) as Snapshot);
    if (!conversation || machine === undefined) continue;
    const flow = conversation.frames.at(-1)?.flow ?? null;
    const key = JSON.stringify([machine, flow]);
    counts.set(key, { flow, machine, conversations: (counts.get(key)?.conversations ?? 0) + 1 });
  }
  return [...counts.values()];
}

function take<T>(state: State, arrival: Arrival, index: number, handler: Handler<T>): Outcome<T> {
  if (arrival.dedupe !== undefined) {
    if (state.dedupe.has(arrival.dedupe)) return { kind: "duplicate" };
    put(state, state.dedupe, arrival.dedupe, arrival.now);
  }
  const loaded = load(state, arrival);
  const savepoint = state.undo.length;
  const contact = loaded.contact?.id ?? "";
  try {
    const { writes, result } = handler.run(index, loaded);
    for (const change of writes) write(state, contact, change);
    return { kind: "done", result };
  } catch (error) {
    rollBack(state, savepoint);
    const { writes, result } = handler.poison(index, loaded, error);
    for (const change of writes) write(state, contact, change);
    return { kind: "poison", result };
  }
}

function machinesInUse(state: State): Set<string> {
  const hashes = [...state.contacts.values()].flatMap(({ snapshot }) =>
    snapshot === null ? [] : (standsOn(JSON.parse(snapshot) as Snapshot) ?? []),
  );
  return new Set(hashes);
}

function sweep(state: State, before: { readonly dedupe: number; readonly sends: number }, newest: string): void {
  for (const [key, at] of state.dedupe) if (at < before.dedupe) remove(state, state.dedupe, key);
  for (const record of state.sends.values()) {
    if (isOpen(record.state) || record.send.at >= before.sends) continue;
    removeSend(state, record);
  }
  for (const filed of state.filed.values())
    if (filed.kind !== "poison" && filed.at < before.sends) remove(state, state.filed, filed.id);
  const used = machinesInUse(state);
  for (const hash of state.machines.keys()) if (hash !== newest && !used.has(hash)) remove(state, state.machines, hash);
}

function stats(state: State): StoreStats {
  const sends: Partial<Record<string, number>> = {};
  for (const record of state.sends.values()) sends[record.state] = (sends[record.state] ?? 0) + 1;
  let held = 0;
  for (const contact of state.contacts.values()) held += contact.held.length;
  return {
    contacts: state.contacts.size,
    dedupe: state.dedupe.size,
    sends,
    timers: state.timers.size,
    actions: state.actions.size,
    held,
    filed: state.filed.size,
  };
}

export function memoryStore(): Store {
  const state = emptyState();
  let newest = "";
  return {
    open: async (session) => {
      newest = session.machine.hash;
      return transaction(state, () => open(state, session));
    },
    ingest: async (arrivals, handler) =>
      transaction(state, () => arrivals.map((arrival, index) => take(state, arrival, index, handler))),
    claim: async (request) => transaction(state, () => claim(state, request)),
    nextDue: async (planned) => nextDue(state, planned),
    find: async (address) => {
      const id = findContact(memoryPeople(state), address);
      const record = id === undefined ? undefined : state.contacts.get(id);
      if (!record) return null;
      const snapshot = record.snapshot === null ? null : (JSON.parse(record.snapshot) as Snapshot);
      return { contact: record.row, snapshot };
    },
    conversations: async ({ not, after, limit }) =>
      [...state.contacts.values()]
        .flatMap(({ row, snapshot: json }) => {
          const snapshot = json === null ? null : (JSON.parse(json) as Snapshot);
          const other = snapshot?.conversation && snapshot.machine !== not && row.id > after;
          return snapshot && other ? [{ contact: row.id, snapshot }] : [];
        })
        .toSorted((a, b) => (a.contact < b.contact ? -1 : 1))
        .slice(0, limit),
    filed: async (limit) =>
      [...state.filed.values()].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).slice(0, limit),
    sessions: async () => sessions(state),
    sweep: async (before) => transaction(state, () => sweep(state, before, newest)),
    stats: async () => stats(state),
    close: async () => {},
  };
}

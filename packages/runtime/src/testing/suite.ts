/** The suite's tools: one store, one contact, writes and what came of them. */
import type { Conversation, Event, Snapshot } from "@parley/machine";
import type { Address, Arrival, Claimed, ClaimRequest, Loaded, NewSend, Outcome, Store, Write } from "../store.ts";

export interface StoreSuite {
  /** Begins the names of the tests. */
  readonly name: string;
  /** A new, empty store. */
  readonly create: () => Promise<SuiteStore>;
  readonly test: (name: string, run: () => Promise<void>) => void;
  readonly expect: Expect;
}

/** As of vitest, jest and others. */
export type Expect = (actual: unknown) => { readonly toEqual: (expected: unknown) => void };

export interface SuiteStore {
  readonly store: Store;
  /** The same data after the process died, without `close`; a store that lives in its process gives itself. */
  readonly restart: () => Promise<Store>;
  readonly dispose: () => Promise<void>;
}

export interface Case {
  readonly claim: string;
  readonly run: (made: SuiteStore, expect: Expect) => Promise<void>;
}

export const NOW = 1_800_000_000_000;
export const HOUR = 3_600_000;
export const ANA: Address = { phoneNumberId: "1", waId: "16505551234", name: "Ana" };

export function openAt(store: Store, now: number = NOW): ReturnType<Store["open"]> {
  return store.open({ boot: "boot", now, settleMs: 90_000, machine: { hash: "m1", json: "{}" } });
}

export async function opened({ store }: SuiteStore): Promise<Store> {
  await openAt(store);
  return store;
}

export function from(address: Address, newId: string = "ana", more: Partial<Arrival> = {}): Arrival {
  return { now: NOW, find: { by: "address", address, newId }, ...more };
}

/** Takes one arrival with these writes; gives what the store had loaded. */
export async function ingest(store: Store, arrival: Arrival, writes: readonly Write[] = []): Promise<Loaded | null> {
  const [outcome] = await store.ingest<Loaded>([arrival], {
    run: (_index, loaded) => ({ writes, result: loaded }),
    poison: (_index, _loaded, error) => {
      throw error;
    },
  });
  return outcome?.kind === "done" ? outcome.result : null;
}

export async function load(store: Store, address: Address = ANA): Promise<Loaded | null> {
  return ingest(store, { now: NOW, find: { by: "address", address } });
}

export function kinds(outcomes: readonly Outcome<unknown>[]): readonly string[] {
  return outcomes.map(({ kind }) => kind);
}

export function snapshot(turn: number, more: Partial<Snapshot> = {}): Snapshot {
  return {
    v: 1,
    machine: "m1",
    turn,
    locale: "en",
    contact: { id: "ana", phone: "16505551234", name: "Ana" },
    profile: {},
    lastUserAt: null,
    reply: null,
    pending: {},
    conversation: null,
    ...more,
  };
}

export function conversation(id: string, turn: number): Conversation {
  const wait = { kind: "wait", id: "f.s.wait", turn, due: NOW } as const;
  return { id, frames: [{ flow: "f", at: "f.s.wait", vars: { x: "é" } }], wait };
}

export function send(more: Partial<NewSend> = {}): Write {
  const made: NewSend = {
    turn: 1,
    index: 0,
    last: true,
    body: { kind: "message", message: { type: "text", text: { body: "hello" } } },
    windowMs: null,
    policy: "atLeastOnce",
    of: "f.s",
    ask: null,
    conversation: null,
    at: NOW,
    ...more,
  };
  return { kind: "send", send: made };
}

export function timer(
  name: string,
  due: number | null,
  more: Partial<Extract<Write, { kind: "timer" }>["timer"]> = {},
): Write {
  return { kind: "timer", timer: { kind: "timer", name, armed: 1, due, ms: 60_000, turn: 1, args: [], ...more } };
}

export function action(id: string, once: boolean = false): Write {
  const made = { id, call: "f.s.pay", armed: 1, action: "pay", args: { n: 1 }, timeoutMs: 10_000, once, at: NOW };
  return { kind: "action", action: made };
}

export function heldEvent(id: string): Event {
  return { kind: "release", id, now: NOW, seed: "0123456789abcdef" };
}

export const NO_GRACE: ClaimRequest["overdue"] = { at: 0, until: 0 };

export function claimAt(store: Store, now: number = NOW, more: Partial<ClaimRequest> = {}): Promise<Claimed> {
  return store.claim({ boot: "boot", now, sends: 10, actions: 10, timers: 10, overdue: NO_GRACE, ...more });
}

export function sendIds(claimed: Claimed): readonly string[] {
  return claimed.sends.map(({ id }) => id);
}

/** The ids of all sends in the order in which they were made: claims them one after the other. */
export async function acceptNext(store: Store, wamid: string, now: number = NOW): Promise<string | undefined> {
  const [claimed] = (await claimAt(store, now)).sends;
  if (!claimed) return undefined;
  await ingest(store, { now, find: { by: "send", send: claimed.id } }, [
    { kind: "moveSend", send: claimed.id, to: { state: "accepted", wamid } },
  ]);
  return claimed.id;
}

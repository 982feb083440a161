/**
 * What the store was told and what came of it, kept beside the store by the simulation, and the invariants I1 to I10 over
 * it. Every check adds a line to `violations`; nothing throws.
 */
import type { Event } from "@parley/machine";
import type { NewSend, SendRow, TimerRow, Write } from "../../src/store.ts";

/** One call of the interpreter. */
export interface Stepped {
  readonly before: string | null;
  readonly after: string;
  readonly event: Event;
  readonly sameAgain: boolean;
}

/** One arrival as its transaction committed it. */
export interface Entry {
  readonly contact: string;
  readonly loaded: string | null;
  readonly now: number;
  readonly steps: readonly Stepped[];
  readonly writes: readonly Write[];
  /** Two contacts may have become one, or the contact is one that did. */
  readonly mayMerge: boolean;
  /** A notice of new names: what the contact has may come from another one now. */
  readonly renames: boolean;
}

interface ContactFacts {
  snapshot: string | null;
  readonly timers: Map<string, TimerRow>;
  readonly sends: NewSend[];
  /** Index in `sends` of the newest one that was claimed. */
  claimed: number;
  /** Was two contacts once: what it owns is in an order that only the store knows. */
  merged: boolean;
}

export interface SendFacts {
  readonly contact: string;
  readonly policy: NewSend["policy"];
  readonly turn: number;
  readonly index: number;
  readonly isMessage: boolean;
  state: string;
  attempts: number;
  /** Times that WhatsApp took it. */
  accepted: number;
  /** Times that the runtime could not know whether WhatsApp had taken it. */
  doubts: number;
  /** A status other than `failed` that named it was answered 200. */
  known: boolean;
}

export interface Ledger {
  readonly violations: string[];
  readonly contacts: Map<string, ContactFacts>;
  readonly sends: Map<string, SendFacts>;
  /** Message ids by how they were taken, with the order of it. */
  readonly stepped: Map<string, number>;
  readonly filed: Map<string, string>;
  readonly onceCalls: Map<string, number>;
  readonly results: Map<string, number>;
  readonly calls: Set<string>;
  readonly fired: Set<string>;
  events: number;
  steps: number;
}

export function createLedger(): Ledger {
  return {
    violations: [],
    contacts: new Map(),
    sends: new Map(),
    stepped: new Map(),
    filed: new Map(),
    onceCalls: new Map(),
    results: new Map(),
    calls: new Set(),
    fired: new Set(),
    events: 0,
    steps: 0,
  };
}

export function violate(ledger: Ledger, invariant: string, what: string): void {
  ledger.violations.push(`${invariant}: ${what}`);
}

function factsOf(ledger: Ledger, contact: string): ContactFacts {
  const known = ledger.contacts.get(contact);
  if (known) return known;
  const made: ContactFacts = { snapshot: null, timers: new Map(), sends: [], claimed: -1, merged: false };
  ledger.contacts.set(contact, made);
  return made;
}

const timerKey = ({ kind, name }: { readonly kind: string; readonly name: string }): string => `${kind}/${name}`;

/** I4: the store gives back what it was given, byte for byte. */
function checkLoaded(ledger: Ledger, entry: Entry, facts: ContactFacts): void {
  if (entry.renames) facts.merged = true;
  if (entry.loaded === facts.snapshot) return;
  const others = [...ledger.contacts].filter(([id, other]) => id !== entry.contact && other.snapshot === entry.loaded);
  if (!entry.mayMerge || (facts.snapshot !== null && others.length === 0))
    violate(ledger, "I4", `the snapshot of ${entry.contact} is not the one that was saved`);
  facts.merged = true;
}

function checkTimer(ledger: Ledger, entry: Entry, facts: ContactFacts, event: Event): void {
  if (event.kind !== "timer" && event.kind !== "scheduled") return;
  const key = timerKey({ kind: event.kind === "timer" ? "timer" : "schedule", name: event.name });
  const row = facts.timers.get(key);
  if (ledger.fired.has(event.id)) violate(ledger, "I7", `${event.id} fired twice`);
  ledger.fired.add(event.id);
  if (facts.merged) return;
  if (!row || row.due === null) violate(ledger, "I7", `${event.id} fired and is not set`);
  else if (row.due > entry.now) violate(ledger, "I7", `${event.id} fired ${row.due - entry.now} ms early`);
  else if (event.kind === "timer" && (row.armed !== event.armed || row.due !== event.due))
    violate(ledger, "I7", `${event.id} is stale: armed by turn ${row.armed}`);
}

function countStep(ledger: Ledger, { event }: Stepped): void {
  ledger.steps += 1;
  if (event.kind === "message") {
    if (ledger.stepped.has(event.messageId)) violate(ledger, "I1", `message ${event.messageId} was stepped twice`);
    ledger.stepped.set(event.messageId, ledger.stepped.size);
  }
  if (event.kind === "result") ledger.results.set(event.id, (ledger.results.get(event.id) ?? 0) + 1);
}

/** Whether a snapshot's conversation was taken away before the step, which only happens where its machine is lost. */
function givenUp(loaded: string | null, before: string | null): boolean {
  const conversation = (text: string | null): unknown =>
    text === null ? null : (JSON.parse(text) as { readonly conversation: unknown }).conversation;
  return conversation(loaded) !== null && conversation(before) === null;
}

/** I2 and I4: each step goes on where the one before it ended, and raises the turn by one. */
function checkSteps(ledger: Ledger, entry: Entry, facts: ContactFacts): void {
  let before = entry.loaded;
  for (const stepped of entry.steps) {
    const turn = (text: string | null): number =>
      text === null ? 0 : (JSON.parse(text) as { readonly turn: number }).turn;
    if (turn(stepped.after) !== turn(before) + 1) violate(ledger, "I2", `a step of ${entry.contact} skipped a turn`);
    if (!stepped.sameAgain) violate(ledger, "I4", `a step of ${entry.contact} gave another result when repeated`);
    if (givenUp(before, stepped.before)) violate(ledger, "I4", `a conversation of ${entry.contact} was given up`);
    checkTimer(ledger, entry, facts, stepped.event);
    countStep(ledger, stepped);
    before = stepped.after;
  }
}

/** I3: the sends of a turn are numbered from 0, and one of them at most is the last. */
function checkSends(ledger: Ledger, entry: Entry, facts: ContactFacts): void {
  const turns = new Map<number, NewSend[]>();
  // The text of an apology is of the turn before it, and what the host sends is of none: no step made them.
  for (const write of entry.writes)
    if (write.kind === "send" && write.send.of !== "builtin.error" && write.send.turn >= 0)
      turns.set(write.send.turn, [...(turns.get(write.send.turn) ?? []), write.send]);
  for (const [turn, sends] of turns) {
    if (!facts.merged && facts.sends.some((send) => send.turn === turn))
      violate(ledger, "I3", `turn ${turn} of ${entry.contact} sent at two times`);
    if (sends.some((send, index) => send.index !== index))
      violate(ledger, "I3", `the sends of turn ${turn} of ${entry.contact} have gaps`);
    if (sends.filter(({ last }) => last).length > 1) violate(ledger, "I3", `turn ${turn} ends twice`);
  }
}

/** A send goes this way only; the other states are not on it. */
const FORWARD: readonly string[] = ["accepted", "sent", "failed", "delivered", "read"];

function apply(ledger: Ledger, entry: Entry, facts: ContactFacts, write: Write): void {
  switch (write.kind) {
    case "snapshot":
      facts.snapshot = JSON.stringify(write.snapshot);
      break;
    case "send":
      facts.sends.push(write.send);
      break;
    case "timer":
      facts.timers.set(timerKey(write.timer), write.timer);
      break;
    case "dropTimer":
      facts.timers.delete(timerKey(write.timer));
      break;
    case "dropSchedules":
      for (const [key, row] of facts.timers) if (row.kind === "schedule") facts.timers.delete(key);
      break;
    case "arm":
      for (const [key, row] of facts.timers)
        if (row.turn === write.turn && row.due === null) facts.timers.set(key, { ...row, due: write.at + row.ms });
      break;
    case "forget":
      facts.timers.clear();
      break;
    case "moveSend": {
      const send = ledger.sends.get(write.send);
      if (!send) break;
      if (FORWARD.indexOf(write.to.state) < FORWARD.indexOf(send.state))
        violate(ledger, "I6", `${write.send} went back from ${send.state} to ${write.to.state}`);
      send.state = write.to.state;
      break;
    }
    case "action":
      ledger.calls.add(`result/${write.action.id}`);
      break;
    case "file": {
      const { event, id, kind } = write.file;
      ledger.filed.set(event?.kind === "message" ? event.messageId : id, kind);
      break;
    }
    default:
  }
  if (write.kind === "action" && write.action.at > entry.now)
    violate(ledger, "I4", "an action was called in the future");
}

/** The transaction committed. */
export function commit(ledger: Ledger, entries: readonly Entry[]): void {
  for (const entry of entries) {
    ledger.events += 1;
    const facts = factsOf(ledger, entry.contact);
    checkLoaded(ledger, entry, facts);
    checkSteps(ledger, entry, facts);
    checkSends(ledger, entry, facts);
    facts.snapshot = entry.loaded;
    for (const write of entry.writes) apply(ledger, entry, facts, write);
  }
}

const IN_THE_WAY: ReadonlySet<string> = new Set(["inflight", "doubt"]);

/** I5, and the order of I3: sends are handed out one after the other, in the order of their turns. */
export function claimed(ledger: Ledger, row: SendRow): void {
  const contact = row.contact.id;
  const facts = factsOf(ledger, contact);
  for (const [id, other] of ledger.sends)
    if (other.contact === contact && id !== row.id && IN_THE_WAY.has(other.state))
      violate(ledger, "I5", `${row.id} was handed out while ${id} is ${other.state}`);
  const known = ledger.sends.get(row.id);
  if (known) {
    if (IN_THE_WAY.has(known.state)) violate(ledger, "I5", `${row.id} was handed out while it is ${known.state}`);
    if (known.policy === "atMostOnce" && known.isMessage && known.doubts > 0)
      violate(ledger, "I6", `${row.id} is sent once at most, and was handed out again after a doubt`);
    known.state = "inflight";
    return;
  }
  const isIt = (send: NewSend): boolean => send.turn === row.turn && send.index === row.index && send.of === row.of;
  const index = facts.sends.findIndex((send, at) => at > facts.claimed && isIt(send));
  if (!facts.merged) {
    if (index >= 0) facts.claimed = index;
    else violate(ledger, "I3", `${row.id} was handed out, and no turn sent it or a later one was before it`);
  }
  const { policy, turn } = row;
  const isMessage = row.body.kind === "message";
  ledger.sends.set(row.id, {
    contact,
    policy,
    turn,
    index: row.index,
    isMessage,
    state: "inflight",
    attempts: 0,
    accepted: 0,
    doubts: 0,
    known: false,
  });
}

/** A process began: what was in flight is in doubt. */
export function restarted(ledger: Ledger): void {
  for (const send of ledger.sends.values())
    if (send.state === "inflight") {
      send.state = "doubt";
      send.doubts += 1;
    }
}

/** I1: what one webhook brings of a contact is stepped in its order. */
function checkOrder(ledger: Ledger, webhooks: readonly Webhook[]): void {
  for (const items of webhooks) {
    const last = new Map<string, number>();
    for (const { message = "", contact = "" } of items) {
      const order = ledger.stepped.get(message);
      if (order === undefined) continue;
      if (order < (last.get(contact) ?? 0)) violate(ledger, "I1", `${message} was stepped before what came before it`);
      last.set(contact, order);
    }
  }
}

type Webhook = readonly { readonly message?: string; readonly contact?: string }[];

export interface Outside {
  /** Ids of messages that were answered 200. */
  readonly acked: Iterable<string>;
  /** Those that came after the time of deduplication. */
  readonly expired: ReadonlySet<string>;
  /** Those that make the interpreter throw. */
  readonly poison: ReadonlySet<string>;
  readonly webhooks: readonly Webhook[];
}

/** What must hold when nothing is left to do: I1, I6, I10. */
export function checkEnd(ledger: Ledger, { acked, expired: oldest, poison, webhooks }: Outside): void {
  checkOrder(ledger, webhooks);
  for (const [id, kind] of ledger.filed)
    if (kind === "poison" && !poison.has(id)) violate(ledger, "I1", `${id} could not be stepped`);
  for (const id of acked) {
    const filed = ledger.filed.get(id);
    if (filed !== undefined && filed !== "poison" && !oldest.has(id))
      violate(ledger, "I1", `${id} was filed as ${filed} and came in time`);
    const ways = (ledger.stepped.has(id) ? 1 : 0) + (ledger.filed.has(id) || oldest.has(id) ? 1 : 0);
    if (ways !== 1 && !(ways === 2 && oldest.has(id)))
      violate(ledger, "I1", `acked message ${id} was taken ${ways} times`);
  }
  for (const [id, send] of ledger.sends) {
    const least = ["accepted", "sent", "delivered", "read"].includes(send.state) ? 1 : 0;
    if (!send.isMessage) continue;
    if (send.accepted < least) violate(ledger, "I6", `${id} is ${send.state} and never reached WhatsApp`);
    if (send.policy === "atMostOnce" && send.accepted > 1)
      violate(ledger, "I6", `${id} was sent ${send.accepted} times`);
    if (send.accepted - 1 > send.doubts)
      violate(ledger, "I6", `${id} was sent ${send.accepted} times with ${send.doubts} doubts`);
    if (["ready", "inflight", "doubt"].includes(send.state)) violate(ledger, "I10", `${id} is still ${send.state}`);
  }
  for (const [call, times] of ledger.onceCalls)
    if (times > 1) violate(ledger, "I6", `an action that runs once ran ${times} times: ${call}`);
  for (const call of ledger.calls)
    if (ledger.results.get(call) !== 1)
      violate(ledger, "I10", `${call} was stepped ${ledger.results.get(call) ?? 0} times`);
}

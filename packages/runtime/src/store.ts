/**
 * What a store must do. Every method is exactly one durable transaction: when its promise resolves, what it did survives
 * the death of the process, and where the store says so, of the machine.
 *
 * A store keeps rows and finds them; it decides nothing. Decisions are made by `Handler.run`, a pure synchronous function
 * that is called inside the transaction with what was loaded. `storeSuite` of `@parley/runtime/testing` checks a store.
 */
import type { Copy, Event, Snapshot, Value } from "@parley/machine";
import type { OutgoingMessage } from "@parley/whatsapp";

export interface Store {
  /**
   * Prepares the store for one bot. A store that is for one process rejects with `StoreInUseError` while another has it.
   * What dead processes left is put right: sends in flight become doubtful until `now + settleMs` (doubtful ones wait at
   * least as long where no process was alive), running actions become ready, or lost where they are `once`. A store for
   * several processes goes on doing so while it is open.
   */
  readonly open: (session: Session) => Promise<Opened>;
  /**
   * Takes the arrivals in order. For each: drops it where its `dedupe` is known, finds what `find` names, calls
   * `handler.run` and applies its writes; a throw undoes that arrival alone and applies what `handler.poison` says.
   */
  readonly ingest: <T>(arrivals: readonly Arrival[], handler: Handler<T>) => Promise<readonly Outcome<T>[]>;
  /**
   * Hands out work: sends become in flight and actions running, the rest is only listed, and listed again. What one
   * process was handed or shown no other one is while it lives.
   */
  readonly claim: (request: ClaimRequest) => Promise<Claimed>;
  /** When something falls due next, ms; the past for what is due. Undefined when nothing is planned. */
  readonly nextDue: (of: Planned) => Promise<number | undefined>;
  readonly find: (
    address: Address,
  ) => Promise<{ readonly contact: ContactRow; readonly snapshot: Snapshot | null } | null>;
  /** Conversations under way that are not on the machine of hash `not`, by the ids of their contacts, those behind `after`. */
  readonly conversations: (query: {
    readonly not: string;
    readonly after: string;
    readonly limit: number;
  }) => Promise<readonly { readonly contact: string; readonly snapshot: Snapshot }[]>;
  /** Events that were not stepped, the oldest first. */
  readonly filed: (limit: number) => Promise<readonly FiledRow[]>;
  /**
   * Forgets what has served: dedupe keys, closed sends and filed events other than poison older than these times (filed
   * ones with the sends); machines that nobody uses.
   */
  readonly sweep: (before: { readonly dedupe: number; readonly sends: number }) => Promise<void>;
  readonly stats: () => Promise<StoreStats>;
  /** Conversations under way, counted by where they stand. Reads all of them: not for each request. */
  readonly sessions: () => Promise<readonly Sessions[]>;
  readonly close: () => Promise<void>;
}

export interface Session {
  /** Names this run of the process. */
  readonly boot: string;
  readonly now: number;
  readonly settleMs: number;
  /** From when on `Opened.recent` lists sends; absent: none. */
  readonly recentSince?: number;
  /** The newest machine, kept as its JSON under its hash. */
  readonly machine: { readonly hash: string; readonly json: string };
  /** Told, before `Handler.run`, of machines that other processes kept since `open`: JSON by hash. */
  readonly learn?: (machines: Readonly<Record<string, string>>) => void;
}

export interface Opened {
  /** Different for each store: keeps the ids of one installation from being taken for those of another. */
  readonly storeId: string;
  /** JSON of every machine that is kept, by hash. */
  readonly machines: Readonly<Record<string, string>>;
  readonly doubtful: number;
  readonly actions: number;
  /**
   * Messages (not read receipts) that were claimed since `recentSince`, the oldest first, with the time of it; one of a turn
   * of more than an hour before that may be left out. Where a message is to be sent again, or is in doubt, its time is not
   * known any more: it counts as `Session.now`.
   */
  readonly recent?: readonly { readonly contact: string; readonly at: number }[];
  /**
   * Present where other processes work on the same rows: what is due may be in another's hands, and become ours when it
   * dies. Whoever waits looks again after this time, ms.
   */
  readonly pollMs?: number;
  /** Present with it: how many processes are alive now, this one counted. They share what the number may send. */
  readonly processes?: () => number;
}

// ---------------------------------------------------------------- arrivals

/** Something that happened and is to be taken in. */
export interface Arrival {
  /** 32 hex digits; an arrival with a known key is a duplicate and is dropped. */
  readonly dedupe?: string;
  readonly now: number;
  readonly find: Find;
}

export type Find =
  /** A contact by its names at WhatsApp, made where unknown if `newId` is given. */
  | { readonly by: "address"; readonly address: Address; readonly newId?: string; readonly quoted?: Quoted }
  /** A send by its id, else by the id that WhatsApp gave it, with its contact. */
  | { readonly by: "send"; readonly send?: string; readonly wamid?: string }
  | { readonly by: "timer"; readonly contact: string; readonly timer: TimerKey }
  | { readonly by: "action"; readonly action: string }
  /** An event that was filed, with its contact. */
  | { readonly by: "filed"; readonly filed: string };

/** Names of a contact. The user id decides; the number may pass to another person. */
export interface Address {
  readonly phoneNumberId: string;
  /** Business-scoped user id. */
  readonly userId?: string;
  /** Phone number, digits only. */
  readonly waId?: string;
  /** The same person's names before a change of number or id. */
  readonly previous?: { readonly userId?: string; readonly waId?: string };
  /** Name in the profile. */
  readonly name?: string;
}

/** What an inbound message refers to: by the wire id of what was tapped, or by the message that it quotes. */
export interface Quoted {
  readonly wamid?: string;
  readonly conversation?: string;
  readonly turn?: number;
}

export interface ContactRow {
  readonly id: string;
  readonly phone: string | null;
  readonly userId: string | null;
  readonly name: string | null;
  /** When the contact last got the text that says that something went wrong; ms. */
  readonly apologyAt: number | null;
}

/** What was found for an arrival. */
export interface Loaded {
  readonly contact: ContactRow | null;
  readonly snapshot: Snapshot | null;
  /** When the user last wrote, held messages included; ms. */
  readonly lastUserAt: number | null;
  /** Messages that wait for the end of an action, oldest first. */
  readonly held: readonly Event[];
  readonly send?: SendRow;
  readonly timer?: TimerRow;
  readonly action?: ActionRow;
  readonly filed?: FiledRow;
  /** The ask that `Quoted` means, where it is known. */
  readonly quoted?: { readonly ask: string; readonly conversation: string; readonly turn: number };
  readonly copy?: KeptCopy;
}

/** With the hash of the machine in whose names it is. */
export interface KeptCopy extends Copy {
  readonly machine?: string;
}

/** May be called again for the same arrivals, with other `Loaded`, where the transaction has to be tried again. */
export interface Handler<T> {
  readonly run: (index: number, loaded: Loaded) => Decision<T>;
  readonly poison: (index: number, loaded: Loaded, error: unknown) => Decision<T>;
}

export interface Decision<T> {
  /** Applied in this order, all of the contact that was loaded. */
  readonly writes: readonly Write[];
  readonly result: T;
}

export type Outcome<T> = { readonly kind: "done" | "poison"; readonly result: T } | { readonly kind: "duplicate" };

// ---------------------------------------------------------------- writes

export type Write =
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  /** The user wrote, whatever the snapshot says of it. */
  | { readonly kind: "heard"; readonly at: number }
  | { readonly kind: "send"; readonly send: NewSend }
  /** Replaces the timer of that name. `due: null`: after the turn's last send (`after`), `ms` later; see `arm`. */
  | { readonly kind: "timer"; readonly timer: TimerRow }
  | { readonly kind: "dropTimer"; readonly timer: TimerKey }
  | { readonly kind: "dropSchedules" }
  /** Gives the turn's timers that have no due time yet `at` + their `ms`. */
  | { readonly kind: "arm"; readonly turn: number; readonly at: number }
  | { readonly kind: "action"; readonly action: NewAction }
  | { readonly kind: "dropAction"; readonly action: string }
  | { readonly kind: "copy"; readonly copy: KeptCopy }
  | { readonly kind: "hold"; readonly event: Event }
  /** All held messages were taken. */
  | { readonly kind: "dropHeld" }
  /** Erases copies, timers, schedules, held messages, filed events and closed sends. */
  | { readonly kind: "forget" }
  /** A send that is closed by it keeps no body: it is `gone`. */
  | { readonly kind: "moveSend"; readonly send: string; readonly to: SendMove }
  /** The turn's sends that have not begun are dropped. */
  | { readonly kind: "dropSends"; readonly turn: number }
  /** The sends that were never claimed may be claimed from `at` on. */
  | { readonly kind: "paceSends"; readonly at: number }
  | { readonly kind: "apology"; readonly at: number }
  /** Replaces the one of its id. */
  | { readonly kind: "file"; readonly file: Filed }
  | { readonly kind: "dropFiled"; readonly filed: string };

/**
 * An event that was not stepped: `poison` where stepping threw, `expired` where it came after the time of deduplication,
 * `throttled` where its contact wrote more than anybody types.
 */
export interface Filed {
  readonly id: string;
  readonly kind: "poison" | "expired" | "throttled";
  readonly reason: string;
  readonly at: number;
  readonly event: Event | null;
}

export interface FiledRow extends Filed {
  readonly contact: string;
}

// ---------------------------------------------------------------- sends

/**
 * `ready` (from `due` on) -> `inflight` -> `accepted` -> `sent` -> `delivered` -> `read`, or `failed`; `doubt` while nobody
 * knows whether WhatsApp took it, `unknown` where that was given up, `dropped` where it was not to be sent any more.
 * `ready`, `inflight` and `doubt` are open: they hold back the contact's later sends.
 */
export type SendState =
  | "ready"
  | "inflight"
  | "doubt"
  | "accepted"
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "unknown"
  | "dropped";

export interface NewSend {
  /** Turn that it is of; `index` counts the sends of a turn from 0 and `last` is set on the last one. */
  readonly turn: number;
  readonly index: number;
  readonly last: boolean;
  readonly body: SendBody;
  /** Only while the contact wrote within this time; null: at any time. */
  readonly windowMs: number | null;
  readonly policy: "atLeastOnce" | "atMostOnce";
  /** Message id in the machine. */
  readonly of: string;
  /** The ask that it carries, with its conversation: what a quoting answer is found by. */
  readonly ask: string | null;
  readonly conversation: string | null;
  readonly at: number;
  /** How long after `at` it is still worth sending, ms; absent: as the bot's options say. */
  readonly lifeMs?: number;
  /** Its failure means nothing to the conversation: a reaction, or a message of the host. */
  readonly silent?: boolean;
  /** W3C `traceparent` of the turn that made it. */
  readonly trace?: string;
}

export type SendBody =
  | { readonly kind: "message"; readonly message: OutgoingMessage; readonly replyTo?: string }
  | { readonly kind: "read"; readonly messageId: string; readonly typing: boolean }
  /** Of a send that is closed. */
  | { readonly kind: "gone" };

export interface SendRow extends NewSend {
  readonly id: string;
  readonly contact: ContactRow;
  readonly state: SendState;
  /** How often it was claimed. */
  readonly attempt: number;
  /** From when it may be claimed (`ready`), until when it is doubtful (`doubt`), else when it was claimed last. */
  readonly due: number;
  readonly wamid: string | null;
  /** Code of WhatsApp's last refusal. */
  readonly error: number | null;
}

export interface SendMove {
  readonly state: SendState;
  readonly due?: number;
  readonly wamid?: string;
  readonly error?: number;
}

// ---------------------------------------------------------------- timers and actions

export interface TimerKey {
  /** A timer of the conversation, or a scheduled event. */
  readonly kind: "timer" | "schedule";
  readonly name: string;
}

export interface TimerRow extends TimerKey {
  readonly armed: number;
  readonly due: number | null;
  readonly ms: number;
  /** Turn that set it. */
  readonly turn: number;
  readonly args: readonly Value[];
  /** W3C `traceparent` of the turn that set it. */
  readonly trace?: string;
}

export interface DueTimer {
  readonly contact: string;
  readonly timer: TimerRow;
}

export interface NewAction {
  /** Idempotency key: unique. */
  readonly id: string;
  readonly call: string;
  readonly armed: number;
  readonly action: string;
  readonly args: Readonly<Record<string, Value>>;
  readonly timeoutMs: number;
  readonly once: boolean;
  readonly at: number;
  /** W3C `traceparent` of the turn that called it. */
  readonly trace?: string;
}

export interface ActionRow extends NewAction {
  readonly contact: string;
  /** `lost`: of an action that runs once at most, and was running when the process died. */
  readonly state: "ready" | "running" | "lost";
}

// ---------------------------------------------------------------- claims

export interface ClaimRequest {
  readonly boot: string;
  readonly now: number;
  /** How many of each at most. */
  readonly sends: number;
  readonly actions: number;
  readonly timers: number;
  readonly overdue: Overdue;
}

/** Timers that were due by `at` fire only from `until` on. */
export interface Overdue {
  readonly at: number;
  readonly until: number;
}

export interface Planned {
  /** Whether sends count. */
  readonly sends: boolean;
  readonly overdue: Overdue;
}

export interface Claimed {
  /** Now in flight, `attempt` raised. One for a contact at most, its oldest open one. */
  readonly sends: readonly SendRow[];
  /** Whose window is closed; not in flight. */
  readonly closed: readonly SendRow[];
  /** Whose doubt has lasted long enough. */
  readonly doubtful: readonly SendRow[];
  /** Now running; lost ones are listed too and stay. */
  readonly actions: readonly ActionRow[];
  readonly timers: readonly DueTimer[];
}

export interface Sessions {
  /** The flow that they stand in; null where people took the chat without one. */
  readonly flow: string | null;
  /** Hash of their machine. */
  readonly machine: string;
  readonly conversations: number;
}

export interface StoreStats {
  readonly contacts: number;
  readonly dedupe: number;
  readonly sends: Readonly<Partial<Record<SendState, number>>>;
  readonly timers: number;
  readonly actions: number;
  readonly held: number;
  readonly filed: number;
}

/** The unit of work: something that arrived, and what it means to the contact that the store finds for it. */
import type { Event } from "@parley/machine";
import type { Arrival, Filed, Loaded, Write } from "../store.ts";
import type { BotEvent } from "../types.ts";

type Unseeded<E> = E extends unknown ? Omit<E, "seed" | "now"> : never;

/** An event without what the turn gives it: the clock and the seed. */
export type EventBody = Unseeded<Event>;

export interface Job {
  readonly what:
    | "message"
    | "status"
    | "sent"
    | "window"
    | "doubt"
    | "timer"
    | "result"
    | "event"
    | "release"
    | "redrive"
    | "host"
    | "echo";
  /** For logs, dead letters and the event: unique, the same for every delivery. */
  readonly id: string;
  readonly arrival: Arrival;
  /** W3C `traceparent` of the request that brought it. */
  readonly parent?: string;
  /** W3C `traceparent` of the turn that caused it. */
  readonly link?: string;
  /** When it was due or happened, ms: how late it comes is measured. */
  readonly happened?: number;
  /** Of a status: which. */
  readonly status?: string;
  /** The dead letter that it is, taken up again. */
  readonly filedAs?: string;
  /** Pure; called inside the transaction, and again where the turn throws. */
  readonly prepare: (loaded: Loaded) => Prepared;
}

export interface Prepared {
  /** What holds whatever becomes of the turn. */
  readonly writes: readonly Write[];
  /** Stepped after the writes; absent where nothing is to be done. */
  readonly event?: EventBody;
  /** Tried where stepping `event` throws; if this throws as well, the conversation is given up. */
  readonly otherwise?: EventBody;
  readonly report?: readonly BotEvent[];
}

/** What may be said of a turn in a log. */
export interface TurnFacts {
  /** The contact's opaque id. */
  readonly contact: string;
  /** Number of the contact's turn. */
  readonly rev: number;
  /** Hash of the machine. */
  readonly machine: string;
  readonly flow: string | null;
  /** Where the conversation stood before, and where it stands. */
  readonly from: string | null;
  readonly at: string | null;
  readonly sends: number;
  readonly timers: number;
}

export interface JobResult {
  readonly report: readonly BotEvent[];
  /** Present where the contact's conversation was stepped. */
  readonly turn?: TurnFacts;
  /** Present where the event was not stepped. */
  readonly filed?: Filed;
  /** What stepping it threw. */
  readonly error?: unknown;
}

/** The unit of work: something that arrived, and what it means to the contact that the store finds for it. */
import type { Event } from "@parley/machine";
import type { Arrival, Filed, Loaded, Write } from "../store.ts";
import type { BotEvent } from "../types.ts";

type Unseeded<E> = E extends unknown ? Omit<E, "seed" | "now"> : never;

/** An event without what the turn gives it: the clock and the seed. */
export type EventBody = Unseeded<Event>;

export interface Job {
  readonly what: "message" | "status" | "sent" | "window" | "doubt" | "timer" | "result" | "event" | "release";
  /** For logs, dead letters and the event: unique, the same for every delivery. */
  readonly id: string;
  readonly arrival: Arrival;
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

export interface JobResult {
  readonly report: readonly BotEvent[];
  /** Present where the event was not stepped. */
  readonly filed?: Filed;
  /** What stepping it threw. */
  readonly error?: unknown;
}

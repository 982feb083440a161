/**
 * Everything that is remembered of one contact: plain JSON from birth, the only state there is.
 * Copies of asks for re-opening are rows of their own in the store (effect `keep`), never in here.
 */
import type { Value } from "./format.ts";

export interface Snapshot {
  readonly v: 1;
  /** Hash of the machine that wrote it. */
  readonly machine: string;
  /** Raised by one with every event that was stepped; turn numbers in wire ids and timers come from it. */
  readonly turn: number;
  readonly locale: string;
  readonly contact: ContactInfo;
  readonly profile: Readonly<Record<string, Value>>;
  /** Ms since 1970 of the user's newest message, by its own timestamp; null before the first. */
  readonly lastUserAt: number | null;
  /** The last inbound message that is no reaction, edit or deletion. */
  readonly reply: Reply | null;
  /** Events that wait until the user is quiet or the conversation ends, by name the last one. */
  readonly pending: Readonly<Record<string, PendingEvent>>;
  /** The last tap that was taken as an answer: the same one again soon after is a duplicate. */
  readonly tapped?: Tapped;
  readonly conversation: Conversation | null;
}

export interface ContactInfo {
  /** Opaque and stable. */
  readonly id: string;
  readonly phone: string | null;
  readonly name: string | null;
}

export interface Reply {
  /** A case of `ReplyKind`. */
  readonly kind: string;
  /** The inbound message's wamid: what `react`, `reply` and `typing` refer to. */
  readonly id: string;
  /** By the user's timestamp, ms. */
  readonly at: number;
  /** Typed, or the title of what was tapped. */
  readonly text: string | null;
  /** Of the tap, where it names an ask of ours. */
  readonly option: string | null;
  readonly media?: Value;
  readonly location?: Value;
  readonly order?: Value;
  readonly referral?: Value;
  /** Cards, one or more. */
  readonly contacts?: readonly Value[];
}

export interface PendingEvent {
  readonly kind: "event" | "scheduled";
  readonly args: readonly Value[];
  readonly at: number;
}

export interface Tapped {
  readonly conversation: string;
  /** Of the message that was tapped. */
  readonly turn: number;
  readonly option: string;
  /** By the user's timestamp, ms. */
  readonly at: number;
  /** When something was first sent after it, ms; absent before. */
  readonly answeredAt?: number;
}

export interface Conversation {
  /** Six base-36 digits from the seed of the event that began it. */
  readonly id: string;
  /** The call stack, the innermost flow last; empty in a hand-off that a person at the business began. */
  readonly frames: readonly Frame[];
  readonly wait: Wait;
  /** What an `anytime` trigger or an event interrupted; taken up again by `-> resume`. */
  readonly interrupted?: Interrupted;
}

export interface Interrupted {
  readonly by: "message" | "event";
  readonly frames: readonly Frame[];
  readonly wait: Wait;
  /** When a time-out of it fell due meanwhile, ms; it runs at the resume. */
  readonly fell?: number;
  /** Below what an event interrupts: what that itself, begun by a message, had interrupted. */
  readonly interrupted?: Interrupted;
}

export interface Frame {
  readonly flow: string;
  /** Where the frame stands: the id of an ask, wait, action or call of its flow. */
  readonly at: string;
  /** Of the action that failed last in this state; what the root `failure` reads. */
  readonly failure?: "failed" | "timeout" | "unknown";
  /** Variables that are set, by slot. */
  readonly vars: Readonly<Record<string, Value>>;
}

/**
 * The id of an option ("" where the row is only that of a `for` around others), and the row. `outer`: in a `for` inside of
 * another, which of the rows kept of that one it belongs to.
 */
export type SentRow = readonly [id: string, row: Value] | readonly [id: string, row: Value, outer: number];

export interface Gathered {
  /** When the first of it came, ms. */
  readonly since: number;
  /** The turn of the last message: it arms the timer. */
  readonly turn: number;
  /** Texts, files or contacts, in order. */
  readonly parts: readonly Value[];
  /** It was complete while something interrupted the conversation: it is the answer at the resume. */
  readonly done?: true;
}

/** What the conversation waits for. `turn` is the turn that began the wait: it arms the wait's timers. */
export type Wait =
  | {
      readonly kind: "ask";
      readonly id: string;
      readonly turn: number;
      /** The turn of its first copy, where it was sent again. */
      readonly since?: number;
      /** When it was last sent, ms. */
      readonly sentAt: number;
      /** When the last of its `after` clauses ran, ms. */
      readonly afterAt?: number;
      /** In this locale. */
      readonly locale: string;
      readonly wrong: number;
      /** How many of the `after` clauses have run. */
      readonly afters: number;
      /** As numbered text, after WhatsApp could not deliver the interactive message. */
      readonly numbered?: true;
      /** Per `for` slot whose list may change: the rows as sent. Those of a list in a `let` are not kept twice. */
      readonly rows?: Readonly<Record<string, readonly SentRow[]>>;
      /** Ids of options that stand in no `for` and were not shown: what names one of them was never sent. */
      readonly hidden?: readonly string[];
      /** What has come of an answer that takes several messages. */
      readonly gathered?: Gathered;
    }
  | { readonly kind: "wait"; readonly id: string; readonly turn: number; readonly due: number }
  | { readonly kind: "action"; readonly id: string; readonly turn: number }
  /** `id` is empty where a person at the business began it. */
  | { readonly kind: "handoff"; readonly id: string; readonly turn: number; readonly queue: string };

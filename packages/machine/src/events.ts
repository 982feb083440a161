/**
 * What goes into a step and what comes out. Time, randomness and outside results come in with the event; everything that
 * must happen in the world goes out as an effect. See `step.ts`.
 */
import type { InboundMessage, OutgoingMessage, Referral } from "@parley/whatsapp";
import type { Value } from "./format.ts";
import type { ContactInfo, Conversation, Frame } from "./snapshot.ts";

/** Common to all events. */
export interface EventBase {
  /** Unique; the same event delivered twice has the same id. */
  readonly id: string;
  /** Ms since 1970: the clock of the turn. */
  readonly now: number;
  /** At least 16 hex digits; the source of all that is random in the turn. */
  readonly seed: string;
}

/**
 * While `wait.kind` of the snapshot's conversation is `action`, messages are kept back by the caller and stepped, in their
 * order, when it is that no more; one that is stepped nevertheless does nothing. All other events are stepped at once.
 */
export type Event = EventBase &
  (
    | {
        readonly kind: "message";
        readonly contact: ContactInfo;
        /** The inbound wamid. */
        readonly messageId: string;
        /** By WhatsApp's own timestamp, ms. */
        readonly sentAt: number;
        readonly message: InboundMessage;
        /** The ad or post that the user came from. */
        readonly referral?: Referral;
        /** The wire id of the tapped or quoted message where the store knows it and the message itself does not say it. */
        readonly ask?: string;
        /** The copy kept for the ask that a tap names, where it is not the waiting one. */
        readonly copy?: Copy;
      }
    /** A timer that an earlier effect set and that no later one replaced or cancelled. `due`: when it was to fire, ms. */
    | { readonly kind: "timer"; readonly name: string; readonly armed: number; readonly due: number }
    | { readonly kind: "result"; readonly call: string; readonly armed: number; readonly outcome: ActionOutcome }
    | { readonly kind: "event"; readonly contact: ContactInfo; readonly name: string; readonly args: readonly Value[] }
    | { readonly kind: "scheduled"; readonly name: string; readonly args: readonly Value[] }
    /**
     * A person at the business wrote to the user at `sentAt` (ms). `begins`: people have the chat from here on, as after
     * a message from the business app; else a hand-off that is under way lasts on, and nothing more.
     */
    | {
        readonly kind: "echo";
        readonly contact: ContactInfo;
        readonly sentAt: number;
        readonly begins: boolean;
      }
    /** The host or a person gives the chat back to the bot. */
    | { readonly kind: "release" }
    /** A send of this turn was refused: the window had closed, or WhatsApp could not deliver it. */
    | {
        readonly kind: "refused";
        readonly turn: number;
        readonly reason: "window" | "undeliverable" | "failed";
        /** The refused message's id in the machine (`of` of its effect); absent: taken to be the turn's ask. */
        readonly of?: string;
      }
  );

export type MessageEvent = Extract<Event, { readonly kind: "message" }>;

export type ActionOutcome =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: "failed" | "timeout" | "unknown" };

export interface Copy {
  readonly ask: string;
  readonly turn: number;
  readonly conversation: Conversation;
}

export type Effect =
  /**
   * Send this message. `window: true` for free-form messages, which may go out only while the window is open.
   * `ask` is set on the prompt that is waited at.
   */
  | {
      readonly kind: "send";
      readonly message: OutgoingMessage;
      readonly window: boolean;
      readonly category: "service" | "utility" | "marketing" | "authentication";
      readonly ask?: string;
      /** The message's id in the machine, for traces. */
      readonly of: string;
      /** Quote this inbound message. */
      readonly replyTo?: string;
    }
  /**
   * One timer per name and contact; a second replaces the first. `accepted`: counts from when the turn's last send was
   * accepted. See `TimerName`.
   */
  | {
      readonly kind: "timer";
      readonly name: TimerName;
      readonly armed: number;
      readonly ms: number;
      readonly from: "now" | "accepted";
    }
  | { readonly kind: "cancelTimer"; readonly name: TimerName }
  | {
      readonly kind: "action";
      readonly call: string;
      readonly armed: number;
      readonly action: string;
      readonly args: Readonly<Record<string, Value>>;
      readonly timeoutMs: number;
      readonly once: boolean;
      /** Stable over repetitions. */
      readonly idempotencyKey: string;
    }
  | { readonly kind: "schedule"; readonly name: string; readonly args: readonly Value[]; readonly due: number }
  | { readonly kind: "cancelSchedule"; readonly name?: string }
  | { readonly kind: "keep"; readonly copy: Copy }
  | { readonly kind: "read"; readonly messageId: string; readonly typing: boolean }
  | { readonly kind: "handoff"; readonly queue: string }
  /** Erase the contact's copies, schedules, timers, held messages and what is kept of messages that were sent. */
  | { readonly kind: "forget" };

/**
 * `after`: the next time-out of the waiting ask. `wait`: the end of a `wait`. `handoff`: the end of a hand-off that nobody
 * writes in. `gather`: nothing more has come of an answer in several messages. With `over.`: the same of what interrupts the conversation, whose own timers keep running under their names.
 * `quiet`: an event that was kept may interrupt. With `over.` twice: of an event's interruption above a message's.
 */
export type TimerName = ConversationTimer | `over.${ConversationTimer}` | `over.over.${ConversationTimer}` | "quiet";
export type ConversationTimer = "after" | "gather" | "wait" | "handoff";

/** What happened in a turn, in order, for logs, the simulator and tests. Holds no values of variables. */
export type Trace =
  | { readonly kind: "begin"; readonly flow: string; readonly trigger: string }
  | { readonly kind: "enter"; readonly flow: string; readonly state: string }
  | { readonly kind: "send"; readonly message: string }
  | { readonly kind: "ask"; readonly ask: string; readonly again: boolean }
  | {
      readonly kind: "answer";
      readonly ask: string;
      readonly by: "tap" | "text" | "typed" | "else" | "duplicate";
      readonly option?: string;
      /** The outermost `for` that the option stands in, by its slot. */
      readonly row?: string;
    }
  | { readonly kind: "after"; readonly ask: string; readonly index: number }
  | { readonly kind: "action"; readonly call: string; readonly outcome?: "ok" | "failed" | "timeout" | "unknown" }
  | { readonly kind: "reopen"; readonly ask: string }
  | { readonly kind: "row-dropped"; readonly ask: string; readonly id: string }
  | {
      readonly kind: "gather" | "interrupt" | "resume" | "end" | "handoff" | "stale" | "ignored";
      readonly what: string;
    };

export interface StepResult<S> {
  readonly snapshot: S;
  readonly effects: readonly Effect[];
  readonly trace: readonly Trace[];
  /** Calls that ended, as they were then, in that order: of no use to what comes, but for who wants to look. Absent: none. */
  readonly left?: readonly Frame[];
}

/**
 * A turn under way: what expressions see, what was there, and what is made. It is built of the snapshot's own objects,
 * which are replaced where they change and never written to.
 */

import type { Effect, Event, TimerName, Trace } from "../events.ts";
import type { Env } from "../expr/env.ts";
import type { Machine, Value } from "../format.ts";
import type { Prepared } from "../prepare.ts";
import type { ContactInfo, Frame, Interrupted, PendingEvent, Snapshot, Tapped, Wait } from "../snapshot.ts";

export interface Turn extends Env {
  readonly prepared: Prepared;
  readonly machine: Machine;
  readonly before: Snapshot | null;
  readonly event: Event;
  readonly number: number;
  pending: Readonly<Record<string, PendingEvent>>;
  tapped: Tapped | null;
  conversation: Draft | null;
  /** Conversations that began in this turn. */
  begun: number;
  /** Instructions that ran. */
  steps: number;
  /** Whether events that are kept may interrupt now: the user has been quiet, and this turn is none of the user's. */
  mayInterrupt: boolean;
  /** A kept event interrupted the conversation in this turn. */
  hasInterrupted: boolean;
  readonly effects: Effect[];
  readonly trace: Trace[];
  /** Calls that ended in this turn. */
  readonly left: Frame[];
  /** Set in this turn, the last by its name; null for none. */
  timers: Partial<Record<TimerName, TimerEffect>> | null;
}

export type TimerEffect = Extract<Effect, { kind: "timer" }>;

export interface Draft {
  readonly id: string;
  frames: readonly Frame[];
  /** Null between the answer and the next wait of a conversation that just began. */
  wait: Wait | null;
  interrupted: Interrupted | undefined;
}

const NOBODY: ContactInfo = { id: "", phone: null, name: null };
const NOTHING: Readonly<Record<string, never>> = {};

export function beginTurn(
  prepared: Prepared,
  snapshot: Snapshot | null,
  event: Event,
  outside: Readonly<Record<string, string>>,
): Turn {
  const { machine } = prepared;
  const locale = snapshot?.locale ?? machine.locales.default;
  const conversation = snapshot?.conversation;
  const frame = conversation?.frames.at(-1);
  return {
    prepared,
    machine,
    before: snapshot,
    event,
    number: (snapshot?.turn ?? 0) + 1,
    now: event.now,
    // Nearly no turn draws anything, and who makes the event may make its seed only where it is asked for.
    get seed() {
      return event.seed;
    },
    drawn: 0,
    locale,
    vars: frame?.vars ?? NOTHING,
    bound: null,
    contact: "contact" in event ? event.contact : (snapshot?.contact ?? NOBODY),
    contactLocale: locale,
    profile: snapshot?.profile ?? NOTHING,
    reply: snapshot?.reply ?? null,
    lastUserAt: snapshot?.lastUserAt ?? null,
    failure: frame?.failure ?? null,
    outside,
    offset: prepared.offset,
    facts: prepared.facts,
    pending: snapshot?.pending ?? NOTHING,
    tapped: snapshot?.tapped ?? null,
    conversation: conversation
      ? {
          id: conversation.id,
          frames: conversation.frames,
          wait: conversation.wait,
          interrupted: conversation.interrupted,
        }
      : null,
    begun: 0,
    steps: 0,
    mayInterrupt: false,
    hasInterrupted: false,
    effects: [],
    trace: [],
    left: [],
    timers: null,
  };
}

export function note(turn: Turn, trace: Trace): void {
  turn.trace.push(trace);
}

export function isEmpty(record: Readonly<Record<string, Value | object>>): boolean {
  for (const _ in record) return false;
  return true;
}

/** Due `ms` after the turn, or after WhatsApp accepted what it sent last. */
export function setTimer(
  turn: Turn,
  name: TimerEffect["name"],
  armed: number,
  ms: number,
  from: TimerEffect["from"],
): void {
  turn.timers ??= {};
  turn.timers[name] = { kind: "timer", name, armed, ms: Math.max(0, ms), from };
}

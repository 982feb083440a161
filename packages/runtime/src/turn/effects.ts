/** What a step wants to happen, as writes to the store. */
import type { Effect, Machine } from "@parley/machine";
import type { NewSend, Write } from "../store.ts";

const WINDOW_MS = 24 * 60 * 60 * 1000;

/** How long after the user last wrote free-form messages are sent. */
export function freeFormMs({ windowMarginMs }: Machine): number {
  return WINDOW_MS - windowMarginMs;
}

/** Where a turn left its contact. */
export interface TurnEnd {
  readonly machine: Machine;
  readonly turn: number;
  /** Id of the conversation that is under way. */
  readonly conversation: string | null;
  readonly now: number;
  /** W3C `traceparent` of the turn: what it causes links to it, however much later. */
  readonly trace?: string;
}

interface Turn extends TurnEnd {
  /** Index of the turn's last message among its sends; -1 without one. */
  readonly lastMessage: number;
}

type SendEffect = Extract<Effect, { kind: "send" }>;

function traced({ trace }: TurnEnd): { readonly trace?: string } {
  return trace === undefined ? {} : { trace };
}

function isSend(effect: Effect): boolean {
  return effect.kind === "send" || effect.kind === "read";
}

/** Who gets a second copy is annoyed, or pays for it: these are rather lost than doubled. */
function policyOf(category: SendEffect["category"]): NewSend["policy"] {
  return category === "authentication" || category === "marketing" ? "atMostOnce" : "atLeastOnce";
}

function messageWrite(turn: Turn, effect: SendEffect, index: number): Write {
  const { message, replyTo } = effect;
  return {
    kind: "send",
    send: {
      turn: turn.turn,
      index,
      last: index === turn.lastMessage,
      body: { kind: "message", message, ...(replyTo === undefined ? {} : { replyTo }) },
      windowMs: effect.window ? freeFormMs(turn.machine) : null,
      policy: policyOf(effect.category),
      of: effect.of,
      // What it would react to may be gone or too old (131009): that is no failure of the conversation.
      ...(message.type === "reaction" ? { silent: true } : {}),
      ask: effect.ask ?? null,
      conversation: effect.ask === undefined ? null : turn.conversation,
      at: turn.now,
      ...traced(turn),
    },
  };
}

function readWrite(turn: Turn, effect: Extract<Effect, { kind: "read" }>, index: number): Write {
  return {
    kind: "send",
    send: {
      turn: turn.turn,
      index,
      last: false,
      body: { kind: "read", messageId: effect.messageId, typing: effect.typing },
      windowMs: null,
      policy: "atMostOnce",
      of: "read",
      ask: null,
      conversation: null,
      at: turn.now,
      ...traced(turn),
    },
  };
}

function timerWrite(turn: Turn, effect: Extract<Effect, { kind: "timer" }>): Write {
  const { name, armed, ms, from } = effect;
  const due = from === "accepted" && turn.lastMessage >= 0 ? null : Math.ceil(turn.now + ms);
  return {
    kind: "timer",
    timer: { kind: "timer", name, armed, ms: Math.ceil(ms), due, turn: turn.turn, args: [], ...traced(turn) },
  };
}

function scheduleWrite(turn: Turn, effect: Extract<Effect, { kind: "schedule" }>): Write {
  const { name, args } = effect;
  const due = Math.ceil(effect.due);
  return {
    kind: "timer",
    timer: { kind: "schedule", name, armed: turn.turn, ms: 0, due, turn: turn.turn, args, ...traced(turn) },
  };
}

function actionWrite(turn: Turn, effect: Extract<Effect, { kind: "action" }>): Write {
  const { call, armed, action, args, timeoutMs, once, idempotencyKey } = effect;
  return {
    kind: "action",
    action: { id: idempotencyKey, call, armed, action, args, timeoutMs, once, at: turn.now, ...traced(turn) },
  };
}

function writesOf(turn: Turn, effect: Effect, sendIndex: number): readonly Write[] {
  switch (effect.kind) {
    case "send":
      return [messageWrite(turn, effect, sendIndex)];
    case "read":
      return [readWrite(turn, effect, sendIndex)];
    case "timer":
      return [timerWrite(turn, effect)];
    case "cancelTimer":
      return [{ kind: "dropTimer", timer: { kind: "timer", name: effect.name } }];
    case "action":
      return [actionWrite(turn, effect)];
    case "schedule":
      return [scheduleWrite(turn, effect)];
    case "cancelSchedule":
      if (effect.name === undefined) return [{ kind: "dropSchedules" }];
      return [{ kind: "dropTimer", timer: { kind: "schedule", name: effect.name } }];
    case "keep":
      return [{ kind: "copy", copy: { ...effect.copy, machine: turn.machine.hash } }];
    case "forget":
      return [{ kind: "forget" }];
    // Who works with people hears of it from the event of the turn.
    case "handoff":
      return [];
    default:
      return effect satisfies never;
  }
}

/** The writes of a turn's effects, in their order. */
export function effectWrites(end: TurnEnd, effects: readonly Effect[]): readonly Write[] {
  const lastMessage = effects.filter(isSend).findLastIndex((effect) => effect.kind === "send");
  const turn: Turn = { ...end, lastMessage };
  let sends = 0;
  return effects.flatMap((effect) => writesOf(turn, effect, isSend(effect) ? sends++ : -1));
}

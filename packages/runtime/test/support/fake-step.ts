/**
 * An interpreter for tests of what is around it. It does what the user's text says, and keeps the ids of the events that
 * it stepped in `profile.log`, in order.
 */
import type {
  Conversation,
  Effect,
  Event,
  Machine,
  Snapshot,
  StepResult,
  TimerName,
  Value,
  Wait,
} from "@parley/machine";
import { MACHINE_FORMAT } from "@parley/machine";
import type { Interpreter } from "../../src/bot.ts";

export const machine: Machine = {
  format: MACHINE_FORMAT,
  hash: "aaaaaaaaaaaaaaaa",
  name: "fake",
  api: "v23.0",
  timezone: "UTC",
  locales: { default: "en", others: [] },
  windowMarginMs: 300_000,
  idleMs: 259_200_000,
  quietMs: 300_000,
  enums: {},
  profile: {},
  actions: {
    pay: { params: {}, result: { t: "text", max: 20 }, timeoutMs: 10_000 },
    charge: { params: {}, result: { t: "text", max: 20 }, timeoutMs: 10_000, once: true },
  },
  templates: {},
  events: { ready: { params: { number: { t: "text", max: 20 } } } },
  flows: {
    main: {
      params: [],
      vars: { size: { type: { t: "text", max: 20 } } },
      lets: {},
      triggers: [],
      states: { start: 0 },
      code: [
        { op: "ask", ask: "main.start" },
        { op: "action", id: "main.start.pay", action: "pay", args: [] },
        { op: "wait", id: "main.start.wait", time: 0, unit: "duration" },
      ],
    },
  },
  messages: {},
  asks: {},
  texts: {},
  builtin: { open: { en: "Open" }, more: { en: "More" }, numbered: { en: "Number" }, error: { en: "Sorry" } },
  was: { flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} },
};

interface Draft {
  readonly turn: number;
  readonly event: Event;
  readonly effects: Effect[];
  snapshot: Snapshot;
}

function say(draft: Draft, body: string, more: Partial<Extract<Effect, { kind: "send" }>> = {}): void {
  draft.effects.push({
    kind: "send",
    message: { type: "text", text: { body } },
    window: true,
    category: "service",
    of: "main.say",
    ...more,
  });
}

function standAt(draft: Draft, wait: Wait): void {
  const id = draft.snapshot.conversation?.id ?? "abc123";
  const frames = [{ flow: "main", at: wait.id, vars: { size: "small" } }];
  const conversation: Conversation = { id, frames, wait };
  draft.snapshot = { ...draft.snapshot, conversation };
}

function ask(draft: Draft, body: string): void {
  say(draft, body, { ask: "main.start", of: "main.start" });
  const { turn, event } = draft;
  standAt(draft, { kind: "ask", id: "main.start", turn, sentAt: event.now, locale: "en", wrong: 0, afters: 0 });
  const { conversation } = draft.snapshot;
  if (conversation) draft.effects.push({ kind: "keep", copy: { ask: "main.start", turn, conversation } });
}

function act(draft: Draft, action: "pay" | "charge"): void {
  const { turn } = draft;
  standAt(draft, { kind: "action", id: "main.start.pay", turn });
  draft.effects.push({
    kind: "action",
    call: "main.start.pay",
    armed: turn,
    action,
    args: {},
    timeoutMs: 10_000,
    once: action === "charge",
    idempotencyKey: `${draft.snapshot.contact.id}/${turn}`,
  });
}

function timer(draft: Draft, name: TimerName, ms: number, from: "now" | "accepted"): void {
  draft.effects.push({ kind: "timer", name, armed: draft.turn, ms, from });
}

const WORDS: Readonly<Record<string, (draft: Draft) => void>> = {
  boom: () => {
    throw new Error("told to");
  },
  act: (draft) => act(draft, "pay"),
  charge: (draft) => act(draft, "charge"),
  "say and act": (draft) => {
    say(draft, "one moment");
    act(draft, "pay");
  },
  two: (draft) => {
    say(draft, "one");
    say(draft, "two");
  },
  ten: (draft) => {
    for (let n = 1; n <= 10; n++) say(draft, `${n} of ten`);
  },
  ask: (draft) => ask(draft, "which?"),
  remind: (draft) => {
    ask(draft, "which?");
    timer(draft, "after", 60_000, "accepted");
  },
  "say and remind": (draft) => {
    say(draft, "well");
    ask(draft, "which?");
    timer(draft, "after", 60_000, "accepted");
  },
  wait: (draft) => timer(draft, "wait", 60_000, "now"),
  cancel: (draft) => draft.effects.push({ kind: "cancelTimer", name: "wait" }),
  schedule: (draft) =>
    draft.effects.push({ kind: "schedule", name: "later", args: ["x"], due: draft.event.now + 3_600_000 }),
  unschedule: (draft) => draft.effects.push({ kind: "cancelSchedule" }),
  forget: (draft) => draft.effects.push({ kind: "forget" }),
  promo: (draft) =>
    say(draft, "", {
      message: { type: "template", template: { name: "promo", language: { code: "en" } } },
      window: false,
      category: "marketing",
    }),
  typing: (draft) => {
    if (draft.event.kind === "message")
      draft.effects.push({ kind: "read", messageId: draft.event.messageId, typing: true });
    say(draft, "typed");
  },
  nothing: () => {},
};

function bodyOf(event: Event): string {
  return event.kind === "message" && event.message.type === "text" ? event.message.text.body : event.kind;
}

function hear(draft: Draft, event: Extract<Event, { kind: "message" }>): void {
  const word = WORDS[bodyOf(event)];
  const asked = `${event.ask ?? ""}${event.copy ? ` copy of ${event.copy.turn}` : ""}`;
  if (word) word(draft);
  else say(draft, asked === "" ? `echo ${bodyOf(event)}` : asked);
}

function goOn(draft: Draft, { outcome }: Extract<Event, { kind: "result" }>): void {
  draft.snapshot = { ...draft.snapshot, conversation: null };
  if (outcome.ok && outcome.value === "boom") throw new Error("told to");
  say(draft, outcome.ok ? `result ${JSON.stringify(outcome.value)}` : `result ${outcome.failure}`);
}

function remember(draft: Draft, { turn, reason, of = "" }: Extract<Event, { kind: "refused" }>): void {
  draft.snapshot = { ...draft.snapshot, profile: { ...draft.snapshot.profile, refused: { turn, reason, of } } };
}

function react(draft: Draft): void {
  const { event } = draft;
  switch (event.kind) {
    case "message":
      hear(draft, event);
      break;
    case "timer":
      say(draft, `timer ${event.name}`);
      break;
    case "result":
      goOn(draft, event);
      break;
    case "event":
    case "scheduled":
      say(draft, `${event.kind} ${event.name} ${JSON.stringify(event.args)}`);
      break;
    // People answer: the bot says nothing.
    case "echo":
      break;
    case "release":
      say(draft, "released");
      break;
    case "refused":
      remember(draft, event);
      say(draft, `refused ${event.reason}`, {
        message: { type: "template", template: { name: "sorry", language: { code: "en" } } },
        window: false,
        category: "utility",
      });
      break;
    default:
      event satisfies never;
  }
}

function empty(target: Machine, event: Event): Snapshot {
  const contact =
    event.kind === "message" || event.kind === "event" ? event.contact : { id: "", phone: null, name: null };
  return {
    v: 1,
    machine: target.hash,
    turn: 0,
    locale: "en",
    contact,
    profile: {},
    lastUserAt: null,
    reply: null,
    pending: {},
    conversation: null,
  };
}

function fakeStep(target: Machine, before: Snapshot | null, event: Event): StepResult<Snapshot> {
  const snapshot = before ?? empty(target, event);
  const log = [...((snapshot.profile["log"] ?? []) as readonly Value[]), event.id];
  const turn = snapshot.turn + 1;
  const lastUserAt = event.kind === "message" ? Math.max(snapshot.lastUserAt ?? 0, event.sentAt) : snapshot.lastUserAt;
  const draft: Draft = {
    turn,
    event,
    effects: [],
    snapshot: { ...snapshot, machine: target.hash, turn, lastUserAt, profile: { ...snapshot.profile, log } },
  };
  react(draft);
  return { snapshot: draft.snapshot, effects: draft.effects, trace: [] };
}

export const fake: Interpreter = {
  step: fakeStep,
  fit: (_machine, type, value) => {
    const good = typeof value === "string" || type.t !== "text";
    return good ? { ok: true, value: value as Value } : { ok: false, path: "", wanted: "a text" };
  },
};

/** Ids of the events that the contact's conversation stepped. */
export function logOf(snapshot: Snapshot | null): readonly string[] {
  return (snapshot?.profile["log"] ?? []) as readonly string[];
}

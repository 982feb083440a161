/** Watches the phones of an emulator and the bot behind them, so that what happens there can be written down as tests. */
import type { Bubble, Contact, Emulator, EmulatorEvent, Phone } from "@parley/emulator";
import { fitValue, type Machine, type Value } from "@parley/machine";
import type { Bot, BotEvent } from "@parley/runtime";
import type { Doing } from "./doing.ts";
import { type Gesture, gestureOf } from "./gesture.ts";
import { conversationOf, type Entry } from "./timeline.ts";

/** What one phone did, and what the actions answered to it. */
export interface Recorded {
  readonly contact: Contact;
  readonly doings: readonly Doing[];
  /** What the user did then, which a test has no words for: the doings end before it. */
  readonly unsaid?: string;
}

/** A call that the host answers. `contact`: the opaque id. */
export interface ActionAsked {
  readonly action: string;
  readonly contact: string;
}

export interface Recording {
  /** The host's functions, with what they answer remembered. */
  readonly watch: (actions: HostFunctions) => HostFunctions;
  /** What an action that is an HTTP request came to, as `http.onResult` of the bot tells it. */
  readonly onResult: (asked: ActionAsked, value: Value) => void;
  /** Listens to the bot. What is to be triggered or released goes through what this gives. */
  readonly attach: (bot: Watched) => Pick<Bot, "trigger" | "release">;
  /** So far, phone by phone in the order in which they began; phones that did nothing are left out. */
  readonly recorded: () => Promise<readonly Recorded[]>;
  readonly stop: () => void;
}

type HostFunction = (...args: never[]) => unknown;
export type HostFunctions = Readonly<Record<string, HostFunction>>;

type Watched = Pick<Bot, "on" | "inspect" | "trigger" | "release">;
type Phones = Pick<Emulator, "on" | "clock" | "phone" | "contacts">;
type Called = Extract<Entry, { readonly kind: "called" }>;

interface State {
  readonly machine: Machine;
  readonly emulator: Phones;
  readonly entries: Entry[];
  /** By the id that each phone had first. */
  readonly phones: Map<string, Phone>;
  /** Messages of users that are told already. */
  readonly seen: Set<string>;
  /** What users reacted with, by message. */
  readonly reactions: Map<string, string | undefined>;
  readonly calls: (ActionAsked & { readonly entry: Called })[];
  readonly stops: (() => void)[];
  bot: Watched | undefined;
}

/** Whoever begins with an empty store sees every conversation from its beginning. */
export function createRecording(machine: Machine, emulator: Phones): Recording {
  const state: State = {
    ...{ machine, emulator, bot: undefined, entries: [], calls: [], stops: [] },
    ...{ phones: new Map<string, Phone>(), seen: new Set<string>(), reactions: new Map<string, string | undefined>() },
  };
  state.stops.push(emulator.on((event) => watchPhone(state, event)));
  return {
    watch: (actions) => watched(state, actions),
    onResult: (asked, value) => {
      called(state, asked).answer.value = value;
    },
    attach: (bot) => attach(state, bot),
    recorded: () => recorded(state),
    stop: () => {
      for (const stop of state.stops) stop();
    },
  };
}

/** The id that the phone had first: it changes with its number. */
function keyOf({ phones, emulator }: State, id: string): string {
  if (phones.has(id)) return id;
  for (const [key, phone] of phones) if (phone.contact.id === id) return key;
  phones.set(id, emulator.phone(id));
  return id;
}

function did(state: State, contact: string, gesture: Gesture): Entry {
  const phone = keyOf(state, contact);
  const entry: Entry = { kind: "did", at: state.emulator.clock.now(), phone, gesture };
  state.entries.push(entry);
  return entry;
}

const FAULTS = { duplicate: "deliverTwice", failDelivery: "failDelivery" } as const;

function watchPhone(state: State, event: EmulatorEvent): void {
  switch (event.kind) {
    case "bubble":
      return watchBubble(state, event.contact, event.bubble);
    case "contact":
      if (keyOf(state, event.contact.id) !== event.contact.id)
        did(state, event.contact.id, { kind: "unsaid", what: "moves to another number" });
      return undefined;
    case "fault": {
      const { contact, fault } = event;
      const doing: Doing = fault.kind === "late" ? { kind: "deliverLate", ms: fault.ms } : { kind: FAULTS[fault.kind] };
      const at = state.emulator.clock.now();
      state.entries.push({ kind: "hit", at, phone: keyOf(state, contact.id), doing });
      return undefined;
    }
    case "typing":
    case "wire":
      return undefined;
  }
}

function watchBubble(state: State, contact: Contact, bubble: Bubble): void {
  if (bubble.from === "business") {
    const emoji = bubble.reactions?.user;
    if (state.reactions.get(bubble.id) === emoji) return;
    state.reactions.set(bubble.id, emoji);
    did(state, contact.id, emoji ? { kind: "reacts", emoji } : { kind: "unsaid", what: "takes a reaction back" });
    return;
  }
  if (state.seen.has(bubble.id)) {
    const what = bubble.deleted ? "deletes a message" : "edits a message";
    if (bubble.deleted || bubble.edited) did(state, contact.id, { kind: "unsaid", what });
    return;
  }
  state.seen.add(bubble.id);
  const phone = state.phones.get(keyOf(state, contact.id));
  did(state, contact.id, gestureOf(bubble, phone?.history ?? []));
}

function called(state: State, { action, contact }: ActionAsked): Called {
  const entry: Called = {
    ...{ kind: "called", at: state.emulator.clock.now(), bot: contact, settled: false },
    answer: { kind: "answers", action, behaviour: "value", value: null },
  };
  state.calls.push({ action, contact, entry });
  state.entries.push(entry);
  return entry;
}

/** Functions are looked up when they are called: others may stand in their place meanwhile. */
function watched(state: State, actions: HostFunctions): HostFunctions {
  const all: Record<string, HostFunction> = {};
  for (const name of Object.keys(actions)) {
    const get = (): HostFunction | undefined => {
      const run = actions[name];
      return run && watchedFunction(state, name, run);
    };
    Object.defineProperty(all, name, { enumerable: true, get });
  }
  return all;
}

function watchedFunction(state: State, action: string, run: HostFunction): HostFunction {
  return async (...args: never[]) => {
    const { contact = "" } = (args[1] ?? {}) as { readonly contact?: string };
    const entry = called(state, { action, contact });
    const value = await run(...args);
    entry.answer.value = plain(value);
    return value;
  };
}

/** As the bot takes it: JSON, which nobody goes on changing. */
function plain(value: unknown): Value {
  const json = JSON.stringify(value ?? null) as string | undefined;
  return json === undefined ? null : (JSON.parse(json) as Value);
}

function attach(state: State, bot: Watched): Pick<Bot, "trigger" | "release"> {
  state.bot = bot;
  state.stops.push(bot.on((event) => watchBot(state, event)));
  return {
    trigger: (contact, name, args) => {
      const names = Object.keys(state.machine.events[name]?.params ?? {});
      const gesture = { kind: "event", name, args: names.map((one) => args[one] ?? null) } as const;
      return asked(state, contact, gesture, () => bot.trigger(contact, name, args));
    },
    release: (contact) => asked(state, contact, { kind: "release" }, () => bot.release(contact)),
  };
}

/** What the bot refuses has not happened. */
async function asked(state: State, contact: string, gesture: Gesture, run: () => Promise<void>): Promise<void> {
  const at = did(state, contact, gesture);
  try {
    await run();
  } catch (error) {
    state.entries.splice(state.entries.indexOf(at), 1);
    throw error;
  }
}

const ECHO = { kind: "unsaid", what: "gets a message that a person at the business wrote" } as const;

function watchBot(state: State, event: BotEvent): void {
  const at = state.emulator.clock.now();
  if (event.kind === "turn") {
    const facts = { at, bot: event.contact };
    if (event.event === "timer" || event.event === "scheduled") state.entries.push({ ...facts, kind: "timer" });
    if (event.event === "message") state.entries.push({ ...facts, kind: "heard" });
    if (event.event === "echo") state.entries.push({ ...facts, kind: "did", gesture: ECHO });
  }
  if (event.kind === "action") settle(state, event);
}

function settle(state: State, event: Extract<BotEvent, { readonly kind: "action" }>): void {
  const { contact, action, outcome } = event;
  const known = state.calls.find((call) => call.action === action && call.contact === contact && !call.entry.settled);
  const entry = known?.entry ?? called(state, { action, contact });
  entry.settled = true;
  const { answer } = entry;
  answer.behaviour = ({ ok: "value", failed: "fails", timeout: "times out", unknown: "times out" } as const)[outcome];
  const type = state.machine.actions[action]?.result;
  const fit = type && fitValue(state.machine, type, answer.value);
  if (outcome !== "ok" || !fit?.ok) answer.value = null;
  else answer.value = fit.value;
}

async function recorded({ bot, entries, phones }: State): Promise<readonly Recorded[]> {
  const all: Recorded[] = [];
  for (const [key, { contact }] of phones) {
    const opaque = (await bot?.inspect(contact.userId ?? contact.id))?.contact.id;
    const own = entries.filter((entry) => entry.phone === key || (opaque !== undefined && entry.bot === opaque));
    const conversation = conversationOf(own);
    if (conversation.doings.length > 0 || conversation.unsaid !== undefined) all.push({ contact, ...conversation });
  }
  return all;
}

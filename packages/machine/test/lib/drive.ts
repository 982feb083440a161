/** Drives a machine turn by turn. The snapshot goes through JSON between all turns, and nothing that is given may change. */
import {
  type ActionOutcome,
  type Copy,
  decodeWireId,
  type Effect,
  type Event,
  type Machine,
  prepare,
  type Snapshot,
  type StepResult,
  step,
  type Trace,
  type Value,
} from "@parley/machine";
import type { InboundMessage, OutgoingMessage } from "@parley/whatsapp";

const START = 1_764_000_000_000;

type Unseeded<E> = E extends unknown ? Omit<E, "id" | "now" | "seed"> : never;
export type EventBody = Unseeded<Event>;

export function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

export interface Sent {
  readonly kind: string;
  readonly text: string;
  /** Titles of what can be tapped, with the wire ids. */
  readonly options: Readonly<Record<string, string>>;
  readonly message: OutgoingMessage;
  readonly of: string;
}

interface Timer {
  readonly name: string;
  readonly armed: number;
  readonly due: number;
}

/** One contact of a bot. Time-outs count from the send, since every send is accepted at once. */
export interface Drive {
  now: number;
  snapshot: Snapshot | null;
  readonly copies: Copy[];
  readonly timers: Map<string, Timer>;
  readonly schedules: Map<string, { readonly due: number; readonly args: readonly Value[] }>;
  readonly actions: Extract<Effect, { kind: "action" }>[];
  trace: readonly Trace[];
  left: StepResult<Snapshot>["left"];
  effects: readonly Effect[];
  readonly send: (event: EventBody) => readonly Sent[];
  readonly says: (text: string, sentAt?: number) => readonly Sent[];
  readonly gets: (message: InboundMessage, more?: Partial<Extract<EventBody, { kind: "message" }>>) => readonly Sent[];
  /** By title, of what was sent in the last turn that sent something to tap, or by wire id. */
  readonly taps: (option: string, of?: readonly Sent[]) => readonly Sent[];
  readonly result: (outcome: ActionOutcome) => readonly Sent[];
  /** Lets time pass; timers and scheduled events that fall due fire in their order. */
  readonly advance: (ms: number) => readonly Sent[];
  readonly event: (name: string, ...args: Value[]) => readonly Sent[];
  /** Id of the ask that is waited at. */
  readonly ask: () => string | undefined;
  readonly vars: () => Readonly<Record<string, Value>>;
}

export function drive(machine: Machine, env: Readonly<Record<string, string>> = {}): Drive {
  const prepared = prepare(deepFreeze(JSON.parse(JSON.stringify(machine)) as Machine));
  let count = 0;
  let tappable: readonly Sent[] = [];

  const run = (body: EventBody): readonly Sent[] => {
    const id = `e${++count}`;
    const event: Event = deepFreeze({ ...body, id, now: self.now, seed: `${count}`.padStart(16, "7") });
    const before = self.snapshot === null ? null : (JSON.parse(JSON.stringify(self.snapshot)) as Snapshot);
    const result: StepResult<Snapshot> = step(prepared, deepFreeze(before), event, env);
    self.snapshot = result.snapshot;
    self.trace = result.trace;
    self.left = result.left;
    self.effects = result.effects;
    for (const effect of JSON.parse(JSON.stringify(result.effects)) as Effect[]) perform(effect);
    const sent = result.effects.flatMap((effect) => (effect.kind === "send" ? [sentOf(effect)] : []));
    if (sent.some(({ options }) => Object.keys(options).length > 0)) tappable = sent;
    return sent;
  };

  const perform = (effect: Effect): void => {
    switch (effect.kind) {
      case "timer":
        self.timers.set(effect.name, { name: effect.name, armed: effect.armed, due: self.now + effect.ms });
        return;
      case "cancelTimer":
        self.timers.delete(effect.name);
        return;
      case "schedule":
        self.schedules.set(effect.name, { due: effect.due, args: effect.args });
        return;
      case "cancelSchedule":
        if (effect.name === undefined) self.schedules.clear();
        else self.schedules.delete(effect.name);
        return;
      case "keep":
        self.copies.push(effect.copy);
        return;
      case "action":
        self.actions.push(effect);
        return;
      case "forget":
        self.copies.length = 0;
        self.timers.clear();
        self.schedules.clear();
        return;
      default:
        return;
    }
  };

  const nextDue = (until: number): EventBody | undefined => {
    const timer = [...self.timers.values()].toSorted((a, b) => a.due - b.due)[0];
    const schedule = [...self.schedules].toSorted(([, a], [, b]) => a.due - b.due)[0];
    if (timer && timer.due <= until && (!schedule || timer.due <= schedule[1].due)) {
      self.timers.delete(timer.name);
      self.now = Math.max(self.now, timer.due);
      return { kind: "timer", name: timer.name, armed: timer.armed, due: timer.due };
    }
    if (!schedule || schedule[1].due > until) return undefined;
    const [name, { due, args }] = schedule;
    self.schedules.delete(name);
    self.now = Math.max(self.now, due);
    return { kind: "scheduled", name, args };
  };

  const self: Drive = {
    now: START,
    snapshot: null,
    copies: [],
    timers: new Map(),
    schedules: new Map(),
    actions: [],
    trace: [],
    left: undefined,
    effects: [],
    send: run,
    gets: (message, more = {}) =>
      run({
        kind: "message",
        contact: { id: "c1", phone: "393331234567", name: "Ana" },
        messageId: `wamid.${count + 1}`,
        sentAt: self.now,
        message,
        ...more,
      }),
    says: (text, sentAt = self.now) => self.gets({ type: "text", text: { body: text } }, { sentAt }),
    taps: (option, of = tappable) => {
      const id = option.includes("#") ? option : of.flatMap(({ options }) => options[option] ?? [])[0];
      if (id === undefined) throw new Error(`nothing to tap with the title ${option}`);
      const wire = decodeWireId(id);
      const wait = self.snapshot?.conversation?.wait;
      const copy = self.copies.find(
        ({ conversation, turn }) => conversation.id === wire?.conversation && turn === wire.turn,
      );
      const waits = wait?.kind === "ask" && wait.turn === wire?.turn;
      const title = option.includes("#") ? "" : option;
      return self.gets(
        { type: "interactive", interactive: { type: "list_reply", list_reply: { id, title } } },
        copy && !waits ? { copy } : {},
      );
    },
    result: (outcome) => {
      const action = self.actions.at(-1);
      if (!action) throw new Error("no action was called");
      return run({ kind: "result", call: action.call, armed: action.armed, outcome });
    },
    advance: (ms) => {
      const until = self.now + ms;
      const sent: Sent[] = [];
      for (let body = nextDue(until); body; body = nextDue(until)) sent.push(...run(body));
      self.now = until;
      return sent;
    },
    event: (name, ...args) => run({ kind: "event", contact: { id: "c1", phone: null, name: "Ana" }, name, args }),
    ask: () => {
      const wait = self.snapshot?.conversation?.wait;
      return wait?.kind === "ask" ? wait.id : undefined;
    },
    vars: () => self.snapshot?.conversation?.frames.at(-1)?.vars ?? {},
  };
  return self;
}

function sentOf({ message, of }: Extract<Effect, { kind: "send" }>): Sent {
  const options: Record<string, string> = {};
  let text = "";
  let kind: string = message.type;
  if (message.type === "text") text = message.text.body;
  if (message.type === "reaction") text = message.reaction.emoji;
  if (message.type === "template") {
    text = message.template.name;
    for (const part of message.template.components ?? [])
      if (part.type === "button" && part.sub_type === "quick_reply")
        for (const { payload } of part.parameters) options[decodeWireId(payload)?.option ?? ""] = payload;
  }
  if (message.type === "interactive") {
    const { interactive } = message;
    kind = interactive.type;
    text = interactive.body && "text" in interactive.body ? interactive.body.text : "";
    if (interactive.type === "button")
      for (const { reply } of interactive.action.buttons) options[reply.title] = reply.id;
    if (interactive.type === "list")
      for (const section of interactive.action.sections) for (const row of section.rows) options[row.title] = row.id;
  }
  return { kind, text, options, message, of };
}

export function texts(sent: readonly Sent[]): readonly string[] {
  return sent.map(({ text }) => text);
}

/**
 * One contact of a machine, between two inputs, and what an input makes of it. WhatsApp accepts at once, timers fire when
 * they are due, actions answer what they are told. The machine is stepped as its contract says; no runtime takes part, so
 * that a thousand conversations cost what one costs on the wire.
 */
import {
  type ActionOutcome,
  type Copy,
  type Effect,
  type Event,
  type Prepared,
  type Snapshot,
  step,
  type Trace,
  type Value,
} from "@parley/machine";
import type { InboundMessage } from "@parley/whatsapp";

export type Sent = Extract<Effect, { readonly kind: "send" }>;
export type Call = Extract<Effect, { readonly kind: "action" }>;

interface Timer {
  /** Ms since 1970. */
  readonly at: number;
  readonly armed: number;
}

interface Scheduled {
  readonly at: number;
  readonly args: readonly Value[];
}

export interface World {
  /** Ms since 1970. */
  readonly now: number;
  readonly snapshot: Snapshot | null;
  readonly timers: ReadonlyMap<string, Timer>;
  readonly schedules: ReadonlyMap<string, Scheduled>;
  readonly call: Call | undefined;
  /** The last messages that can be tapped, the newest last. */
  readonly tappable: readonly Sent[];
  readonly copies: readonly Copy[];
  /** The last message was so late that the window may be closed for its answer, which the program is not to blame for. */
  readonly isLate: boolean;
  readonly steps: number;
}

export interface Turned {
  readonly world: World;
  readonly sent: readonly Sent[];
  readonly trace: readonly Trace[];
}

type Body = Event extends infer E ? (E extends unknown ? Omit<E, "id" | "now" | "seed"> : never) : never;

const START = Date.UTC(2026, 0, 5, 9);
export const CONTACT = { id: "393330000001", phone: "+393330000001", name: "Ana" } as const;
/** How long WhatsApp lets anything be sent after the user wrote, in ms. */
export const WINDOW: number = 24 * 3_600_000;
/** How many messages back people scroll to tap something. */
const SCROLLS = 12;

export const NEW_WORLD: World = {
  now: START,
  snapshot: null,
  timers: new Map(),
  schedules: new Map(),
  call: undefined,
  tappable: [],
  copies: [],
  isLate: false,
  steps: 0,
};

export interface Stepper {
  readonly machine: Prepared;
  readonly env: Readonly<Record<string, string>>;
}

function take(stepper: Stepper, world: World, body: Body): Turned {
  const steps = world.steps + 1;
  // The seed decides what is random in the turn, and is the same in every run.
  const event = { ...body, id: `e${steps}`, now: world.now, seed: steps.toString(16).padStart(32, "0") } as Event;
  const { snapshot, effects, trace } = step(stepper.machine, world.snapshot, event, stepper.env);
  const sent = effects.filter((effect) => effect.kind === "send");
  const turned = { world: perform({ ...world, snapshot, steps }, effects), sent, trace };
  return world.isLate ? refuse(stepper, turned) : turned;
}

/** What the closed window keeps back is refused, as the runtime does it: the first of a turn, and the rest with it. */
function refuse(stepper: Stepper, turned: Turned): Turned {
  const { snapshot, now } = turned.world;
  const [first] = turned.sent.filter(({ window }) => window);
  if (!snapshot || !first || now - (snapshot.lastUserAt ?? now) < WINDOW) return turned;
  const world = { ...turned.world, isLate: false };
  const refused = take(stepper, world, { kind: "refused", turn: snapshot.turn, reason: "window", of: first.of });
  const sent = [...turned.sent, ...refused.sent].filter(({ window }) => !window);
  return { world: { ...refused.world, isLate: true }, sent, trace: [...turned.trace, ...refused.trace] };
}

function perform(world: World, effects: readonly Effect[]): World {
  let { call } = world;
  const timers = new Map(world.timers);
  const schedules = new Map(world.schedules);
  const tappable = [...world.tappable];
  let copies = [...world.copies];
  for (const effect of effects) {
    switch (effect.kind) {
      case "send":
        if (effect.ask !== undefined) tappable.push(effect);
        break;
      case "timer":
        timers.set(effect.name, { at: world.now + effect.ms, armed: effect.armed });
        break;
      case "cancelTimer":
        timers.delete(effect.name);
        break;
      case "schedule":
        schedules.set(effect.name, { at: effect.due, args: effect.args });
        break;
      case "cancelSchedule":
        if (effect.name === undefined) schedules.clear();
        else schedules.delete(effect.name);
        break;
      case "action":
        call = effect;
        break;
      case "keep":
        copies.push(effect.copy);
        break;
      case "forget":
        timers.clear();
        schedules.clear();
        copies = [];
        break;
      default:
    }
  }
  return { ...world, call, timers, schedules, tappable: tappable.slice(-SCROLLS), copies: copies.slice(-SCROLLS) };
}

/** A message of the user, who takes a second for it. `copy`: of the ask that it taps, where that waits no more. */
export function hears(stepper: Stepper, world: World, message: InboundMessage, more: object = {}): Turned {
  const now = world.now + 1_000;
  const messageId = `wamid.${world.steps}`;
  return take(
    stepper,
    { ...world, now },
    { kind: "message", contact: CONTACT, messageId, sentAt: now, message, ...more },
  );
}

/** The same, but it arrives so much later: what it is answered by may find the window closed. */
export function hearsLate(stepper: Stepper, world: World, message: InboundMessage, ms: number): Turned {
  const sentAt = world.now + 1_000;
  const late = { ...world, now: sentAt + ms, isLate: true };
  const messageId = `wamid.${world.steps}`;
  return take(stepper, late, { kind: "message", contact: CONTACT, messageId, sentAt, message });
}

export function answers(stepper: Stepper, world: World, call: Call, outcome: ActionOutcome): Turned {
  // Time-outs take their time.
  const isLate = !outcome.ok && outcome.failure === "timeout";
  const now = world.now + (isLate ? call.timeoutMs : 0);
  const { call: name, armed } = call;
  return take(stepper, { ...world, now, call: undefined }, { kind: "result", call: name, armed, outcome });
}

export function hostSays(stepper: Stepper, world: World, name: string, args: readonly Value[]): Turned {
  return take(stepper, world, { kind: "event", contact: CONTACT, name, args });
}

export function releases(stepper: Stepper, world: World): Turned {
  return take(stepper, world, { kind: "release" });
}

/** When the next timer or schedule is due. */
export function nextDue({ timers, schedules }: World): number | undefined {
  const all = [...timers.values(), ...schedules.values()].map(({ at }) => at);
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Lets time pass until then; everything that is due at that moment happens, unless an action runs. */
export function waitsUntil(stepper: Stepper, world: World, then: number): Turned {
  let turned: Turned = { world: { ...world, now: Math.max(then, world.now) }, sent: [], trace: [] };
  for (;;) {
    const due = firstDue(turned.world);
    if (!due || turned.world.call) return turned;
    const next = take(stepper, due.world, due.body);
    turned = { world: next.world, sent: [...turned.sent, ...next.sent], trace: [...turned.trace, ...next.trace] };
  }
}

function firstDue(world: World): { readonly world: World; readonly body: Body } | undefined {
  for (const [name, { at, armed }] of world.timers) {
    if (at > world.now) continue;
    const timers = new Map(world.timers);
    timers.delete(name);
    return { world: { ...world, timers }, body: { kind: "timer", name, armed, due: at } };
  }
  for (const [name, { at, args }] of world.schedules) {
    if (at > world.now) continue;
    const schedules = new Map(world.schedules);
    schedules.delete(name);
    return { world: { ...world, schedules }, body: { kind: "scheduled", name, args } };
  }
  return undefined;
}

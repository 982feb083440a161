/**
 * One contact of a machine and everything that may happen next, at the earliest and the latest legal times: WhatsApp
 * accepts at once, timers fire when they are due, actions end within their time-outs, users, hosts and people do anything
 * at any time. No runtime takes part: the machine is stepped as its contract says.
 */
import { type Copy, decodeWireId, type Effect, type Event, type Prepared, type Snapshot, step } from "@parley/machine";

type Body = Event extends infer E ? (E extends unknown ? Omit<E, "id" | "now" | "seed"> : never) : never;
type Action = Extract<Effect, { kind: "action" }>;

interface Due {
  readonly at: number;
  readonly armed: number;
}

export interface World {
  readonly now: number;
  readonly snapshot: Snapshot | null;
  readonly timers: ReadonlyMap<string, Due>;
  readonly schedules: ReadonlyMap<string, number>;
  readonly action: { readonly effect: Action; readonly at: number } | undefined;
  /** Messages that came while an action ran; they are stepped behind it. */
  readonly held: readonly Body[];
  /** Wire ids on the phone, the newest last. */
  readonly taps: readonly string[];
  readonly copies: readonly Copy[];
  /** Some message was held back: its age is not 0 when it is handled. */
  readonly late: boolean;
  readonly steps: number;
  /** What happened, the last first. */
  readonly story: Story | undefined;
}

export interface Story {
  readonly what: string;
  readonly at: number;
  readonly before: Story | undefined;
}

/** A free-form message that went out, and how old the user's last message was then, in ms. */
export interface Sent {
  readonly text: string;
  readonly age: number;
  /** All of it, as JSON. */
  readonly body: string;
}

export interface Stepped {
  readonly world: World;
  readonly sent: readonly Sent[];
  /** States that were entered and places that were waited at, in order. */
  readonly places: readonly string[];
}

export interface Move {
  readonly what: string;
  readonly at: number;
  readonly body: Body;
}

const START = 1_764_000_000_000;
const CONTACT = { id: "c1", phone: "393331234567", name: "Ana" };
const HOUR = 3_600_000;
/** What the machine hears of it is only that the hand-off lasts longer. */
const PEOPLE_WRITE = "people write";

export const FIRST: World = {
  now: START,
  snapshot: null,
  timers: new Map(),
  schedules: new Map(),
  action: undefined,
  held: [],
  taps: [],
  copies: [],
  late: false,
  steps: 0,
  story: undefined,
};

export function ageIn({ snapshot, now }: World): number {
  return snapshot?.lastUserAt == null ? Number.POSITIVE_INFINITY : now - snapshot.lastUserAt;
}

/** `salt` decides what is random in the turn. */
export function take(machine: Prepared, world: World, move: Move, salt: number): Stepped {
  const isMessage = move.body.kind === "message";
  const story = { what: move.what, at: move.at, before: world.story };
  if (move.what === PEOPLE_WRITE) {
    const later = ([name, { at, armed }]: readonly [string, Due]): readonly [string, Due] =>
      name.endsWith("handoff") ? [name, { at: at + 24 * HOUR, armed }] : [name, { at, armed }];
    return {
      world: { ...world, now: move.at, timers: new Map([...world.timers].map(later)), story },
      sent: [],
      places: [],
    };
  }
  if (isMessage && world.action) {
    return {
      world: { ...world, now: move.at, held: [...world.held, move.body], late: true, story },
      sent: [],
      places: [],
    };
  }
  const steps = world.steps + 1;
  const event = {
    ...move.body,
    id: `e${steps}`,
    now: move.at,
    seed: `${salt}`.padStart(4, "0").repeat(4) + steps,
  } as Event;
  const { snapshot, effects, trace } = step(machine, world.snapshot, event);
  const done = perform({ ...world, now: move.at, snapshot, steps, story, ...without(world, move) }, effects);
  const sent = effects.flatMap((e) => (e.kind === "send" && e.window ? [sentOf(e, done)] : []));
  const places = [
    ...trace.flatMap((note) => (note.kind === "enter" ? [`${note.flow}.${note.state}`] : [])),
    ...(snapshot.conversation ? [snapshot.conversation.wait.id] : []),
  ];
  if (done.action || done.held.length === 0) return { world: done, sent, places };
  const [first, ...held] = done.held;
  const handled = { what: "(it is handled)", at: move.at, body: first ?? move.body };
  const next = take(machine, { ...done, held }, handled, salt);
  return { world: next.world, sent: [...sent, ...next.sent], places: [...places, ...next.places] };
}

function sentOf(effect: Extract<Effect, { kind: "send" }>, world: World): Sent {
  const body = JSON.stringify(effect.message);
  const text = /[MQE]\d+(?=[.?])/.exec(body)?.[0];
  return { text: text ?? effect.of, age: ageIn(world), body };
}

/** What the event itself uses up. */
function without({ timers, schedules, action }: World, { body }: Move): Partial<World> {
  if (body.kind === "timer") return { timers: new Map([...timers].filter(([name]) => name !== body.name)) };
  if (body.kind === "scheduled") return { schedules: new Map([...schedules].filter(([name]) => name !== body.name)) };
  return body.kind === "result" ? { action: undefined } : { action };
}

function perform(world: World, effects: readonly Effect[]): World {
  let { action } = world;
  const timers = new Map(world.timers);
  const schedules = new Map(world.schedules);
  const taps = [...world.taps];
  const copies = [...world.copies];
  for (const effect of effects) {
    switch (effect.kind) {
      case "send": {
        const ids = JSON.stringify(effect.message).match(/[\w.]+:\w+#\w{6}\.\w+/g);
        taps.push(...(ids ?? []));
        break;
      }
      case "timer":
        timers.set(effect.name, { at: world.now + effect.ms, armed: effect.armed });
        break;
      case "cancelTimer":
        timers.delete(effect.name);
        break;
      case "schedule":
        schedules.set(effect.name, effect.due);
        break;
      case "cancelSchedule":
        if (effect.name === undefined) schedules.clear();
        else schedules.delete(effect.name);
        break;
      case "action":
        action = { effect, at: world.now + effect.timeoutMs };
        break;
      case "keep":
        copies.push(effect.copy);
        break;
      default:
    }
  }
  return { ...world, action, timers, schedules, taps: taps.slice(-12), copies: copies.slice(-12) };
}

// ---------------------------------------------------------------- what may happen next

/** All that may happen next, at the extremes of when it may. */
export function movesFrom(world: World, words: readonly string[], events: readonly string[]): readonly Move[] {
  const due = dueNext(world);
  const moves: Move[] = [...due];
  const next = due[0]?.at;
  const before = next === undefined ? world.now + 30 * HOUR : Math.max(world.now, next - 1);
  const times = before > world.now ? [world.now, before] : [world.now];
  for (const at of times) {
    for (const word of words) moves.push(message(at, `says ${word}`, { type: "text", text: { body: word } }));
    for (const id of world.taps.slice(-6)) moves.push(tap(world, at, id));
    // Events that come while a message is held back begin after it: the business does not keep its users from being heard.
    for (const name of world.held.length > 0 ? [] : events) {
      moves.push({ what: `event ${name}`, at, body: { kind: "event", contact: CONTACT, name, args: ["w"] } });
    }
    if (world.snapshot?.conversation?.wait.kind === "handoff") {
      moves.push({ what: "release", at, body: { kind: "release" } });
      moves.push({ what: PEOPLE_WRITE, at, body: { kind: "release" } });
    }
  }
  if (world.action) {
    // At once, and at the last moment, which stands among what is due.
    moves.push(result(world.action, world.now, true), result(world.action, world.now, false));
  }
  return moves;
}

/** What falls due first; several at one moment come in any order. */
function dueNext({ timers, schedules, action }: World): readonly Move[] {
  const all: Move[] = [];
  for (const [name, { at, armed }] of timers) {
    all.push({ what: `timer ${name}`, at, body: { kind: "timer", name, armed, due: at } });
  }
  for (const [name, at] of schedules)
    all.push({ what: `scheduled ${name}`, at, body: { kind: "scheduled", name, args: [] } });
  if (action) all.push(result(action, action.at, true), result(action, action.at, false));
  const first = Math.min(...all.map(({ at }) => at));
  return all.filter(({ at }) => at === first);
}

function result({ effect }: NonNullable<World["action"]>, at: number, ok: boolean): Move {
  const outcome = ok ? ({ ok: true, value: "v" } as const) : ({ ok: false, failure: "failed" } as const);
  const { call, armed } = effect;
  return { what: `action ${ok ? "done" : "failed"}`, at, body: { kind: "result", call, armed, outcome } };
}

type Inbound = Extract<Body, { kind: "message" }>["message"];

function message(at: number, what: string, content: Inbound, copy?: Copy): Move {
  const base = { kind: "message", contact: CONTACT, messageId: `wamid.${at}`, sentAt: at, message: content } as const;
  return { what, at, body: copy ? { ...base, copy } : base };
}

function tap(world: World, at: number, id: string): Move {
  const wire = decodeWireId(id);
  const wait = world.snapshot?.conversation?.wait;
  const waits = wait?.kind === "ask" && wait.turn === wire?.turn;
  const copy = world.copies.find((c) => c.turn === wire?.turn && c.conversation.id === wire.conversation);
  const content = { type: "button", button: { payload: id, text: "x" } } as Inbound;
  return message(at, `taps ${id}`, content, copy && !waits ? copy : undefined);
}

export function tell(story: Story | undefined): readonly string[] {
  const told: string[] = [];
  for (let one = story; one; one = one.before) told.push(`${((one.at - START) / HOUR).toFixed(2)} h  ${one.what}`);
  return told.reverse();
}

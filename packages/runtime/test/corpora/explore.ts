/** Walks a machine from hello: at each place where it waits, everything that can be answered there, each place once. */
import {
  createStep,
  type Effect,
  type Event,
  fitValue,
  type Machine,
  type Snapshot,
  type Value,
  type ValueType,
} from "@parley/machine";

/** Where a conversation stood, and what came next. */
export interface Standing {
  readonly snapshot: Snapshot;
  readonly event: Event;
}

const START = Date.UTC(2026, 0, 1, 12);
const CONTACT = { id: "c", phone: "16505551234", name: "Ana" };
const WORDS = ["hello", "2", "ana@example.com", "2026-02-03", "https://example.com", "+39 06 1234 5678", "no"];

/** Answers that are not typed. */
const OTHERS: readonly object[] = [
  { type: "location", location: { latitude: 45.46, longitude: 9.19 } },
  { type: "image", image: { id: "1234567890", mime_type: "image/jpeg", sha256: "x" } },
  { type: "document", document: { id: "1234567890", mime_type: "application/pdf", sha256: "x", filename: "x.pdf" } },
  {
    type: "order",
    order: {
      catalog_id: "1",
      product_items: [{ product_retailer_id: "x", quantity: 1, item_price: 5, currency: "EUR" }],
    },
  },
];

function sample(machine: Machine, type: ValueType): Value {
  switch (type.t) {
    case "record":
      return Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, sample(machine, field)]));
    case "list":
      return Array.from({ length: Math.max(1, type.min) }, () => sample(machine, type.of));
    case "optional":
      return sample(machine, type.of);
    case "enum":
      return Object.keys(machine.enums[type.name]?.cases ?? {})[0] ?? null;
    default:
      return (
        ["x", 1, true, "2026-02-03", "12:00", START, 60_000].find((value) => fitValue(machine, type, value).ok) ?? null
      );
  }
}

function buttonsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === "id" || key === "payload") && typeof inner === "string" && inner.includes("#")
      ? [inner]
      : buttonsIn(inner),
  );
}

type Bare = Event extends infer E ? (E extends Event ? Omit<E, "now" | "seed"> : never) : never;

function message(id: string, at: number, content: object): Bare {
  return { kind: "message", id, contact: CONTACT, messageId: id, sentAt: at, message: content as never };
}

/** All that may come next. */
function nextOf(machine: Machine, { conversation }: Snapshot, effects: readonly Effect[], at: number): readonly Bare[] {
  if (!conversation) return [];
  const { wait } = conversation;
  const id = `${wait.kind}.${at}`;
  switch (wait.kind) {
    case "ask": {
      const taps = effects.flatMap((effect) => (effect.kind === "send" ? buttonsIn(effect.message) : []));
      const tapped = taps.map((button) =>
        message(id, at, {
          type: "interactive",
          interactive: { type: "button_reply", button_reply: { id: button, title: "x" } },
        }),
      );
      const typed = WORDS.map((body) => message(id, at, { type: "text", text: { body } }));
      const others = OTHERS.map((content) => message(id, at, content));
      const timers = effects.flatMap((effect): Bare[] =>
        effect.kind === "timer" ? [{ kind: "timer", id, name: effect.name, armed: effect.armed, due: at }] : [],
      );
      return [...tapped, ...typed, ...others, ...timers];
    }
    case "wait":
      return [{ kind: "timer", id, name: "wait", armed: wait.turn, due: at }];
    case "action": {
      const call = effects.find((effect) => effect.kind === "action");
      if (!call) return [];
      const type = machine.actions[call.action]?.result;
      const value = type ? sample(machine, type) : null;
      const result = { kind: "result", id, call: call.call, armed: call.armed } as const;
      return [
        { ...result, outcome: { ok: true, value } },
        { ...result, outcome: { ok: false, failure: "failed" } },
      ];
    }
    default:
      return [{ kind: "release", id }];
  }
}

function begins(machine: Machine): readonly Bare[] {
  const events = Object.entries(machine.events).map(
    ([name, { params }]): Bare => ({
      kind: "event",
      id: `event.${name}`,
      contact: CONTACT,
      name,
      args: Object.values(params).map((type) => sample(machine, type)),
    }),
  );
  const texts = Object.values(machine.flows).flatMap(({ triggers }) =>
    triggers.flatMap(({ on }) => (on.kind === "text" ? on.texts : [])),
  );
  const contents = [...["hi", ...texts].map((body) => ({ type: "text", text: { body } })), ...OTHERS];
  return [...contents.map((content, i) => message(`begin.${i}`, START, content)), ...events];
}

/** Each place once, with the first of each kind of event that was seen there. */
export function explore(machine: Machine): readonly Standing[] {
  const step = createStep();
  const found: Standing[] = [];
  const seen = new Set<string>();
  const open: { readonly snapshot: Snapshot | null; readonly event: Event }[] = [];
  const add = (snapshot: Snapshot | null, bare: Bare, at: number): void => {
    open.push({ snapshot, event: { ...bare, now: at, seed: "0123456789abcdef0123456789abcdef" } });
  };
  for (const bare of begins(machine)) add(null, bare, START);
  for (let next = open.shift(); next && seen.size < 400; next = open.shift()) {
    const { snapshot, effects } = step(machine, next.snapshot, next.event, {});
    const place = snapshot.conversation?.wait.id ?? "";
    for (const bare of nextOf(machine, snapshot, effects, next.event.now + 60_000)) {
      const what =
        bare.kind === "message"
          ? JSON.stringify(bare.message).replace(/#[^"]*/g, "")
          : bare.kind === "result"
            ? `result ${bare.outcome.ok}`
            : bare.kind;
      const key = `${place} ${what}`;
      if (seen.has(key)) continue;
      seen.add(key);
      add(snapshot, bare, next.event.now + 60_000);
      const last = open.at(-1);
      if (last) found.push({ snapshot, event: last.event });
    }
  }
  return found;
}

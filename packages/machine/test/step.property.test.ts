import { type Event, type Machine, prepare, type Snapshot, StepError, step } from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { orderMachine, pizzas } from "./fixtures/order.ts";
import { doings, interruptible, oneAsk, threeAsks, windowed } from "./fixtures/small.ts";
import { deepFreeze, drive, type EventBody } from "./lib/drive.ts";

const MACHINES: readonly Machine[] = [
  orderMachine(),
  oneAsk({
    orElse: { text: "?", retries: 1, to: "block" },
    after: [
      { ms: 1000, to: "remind" },
      { ms: 5000, to: "arm" },
    ],
  }),
  threeAsks(false),
  threeAsks(true),
  interruptible("ask"),
  interruptible("wait"),
  doings(),
  windowed(true),
];

/** Something that may happen, with what it is about taken from what is there when it happens. */
interface Happening {
  readonly what:
    | "says"
    | "taps"
    | "old tap"
    | "media"
    | "timer"
    | "result"
    | "event"
    | "advance"
    | "release"
    | "echo"
    | "refused"
    | "junk";
  readonly n: number;
}

const WORDS = [
  "hi",
  "help",
  "stop",
  "start",
  "pizza",
  "1",
  "yes",
  "call",
  "act",
  "hands",
  "match",
  "forget",
  "what?",
  "spanish",
  "react",
];
const NAMES = ["ready", "alarm", "nudge", "order_ready", "toString"];
const TIMERS = ["after", "wait", "handoff", "over.after", "over.wait", "over.over.after", "over.over.wait", "quiet"];

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.oneof<fc.WeightedArbitrary<Happening["what"]>[]>(
    { weight: 8, arbitrary: fc.constantFrom("says", "taps", "result", "advance") },
    {
      weight: 7,
      arbitrary: fc.constantFrom("old tap", "media", "timer", "event", "release", "echo", "refused", "junk"),
    },
  ),
  n: fc.nat({ max: 10_000 }),
});

function pick<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)];
}

interface World {
  readonly bot: ReturnType<typeof drive>;
  readonly ids: string[];
}

function bodyOf({ bot, ids }: World, { what, n }: Happening): EventBody | undefined {
  const contact = { id: "c1", phone: null, name: n % 2 ? "Ana" : null };
  const base = { kind: "message" as const, contact, messageId: `w${n}`, sentAt: bot.now - (n % 5) * 1_000 };
  const action = bot.actions.at(-1);
  switch (what) {
    case "says":
      return { ...base, message: { type: "text", text: { body: pick(WORDS, n) ?? "" } } };
    case "taps":
    case "old tap": {
      const id = what === "taps" ? ids[Math.max(0, ids.length - 1 - (n % 4))] : pick(ids, n);
      const [conversation, turn] = id?.slice(id.lastIndexOf("#") + 1).split(".") ?? [];
      const copy = bot.copies.find(
        (kept) => kept.conversation.id === conversation && kept.turn === Number.parseInt(turn ?? "", 36),
      );
      return {
        ...base,
        message: { type: "button", button: { payload: id ?? "x", text: "Yes" } },
        ...(copy && n % 3 ? { copy } : {}),
      };
    }
    case "media":
      return {
        ...base,
        message: pick(
          [
            { type: "location", location: { latitude: 1, longitude: 2 } },
            { type: "image", image: { id: "i" } },
            { type: "sticker", sticker: { id: "s" } },
            { type: "contacts", contacts: [] },
            { type: "unsupported" },
            { type: "order", order: { catalog_id: "c", product_items: [] } },
          ] as const,
          n,
        ) ?? { type: "unsupported" },
      };
    case "timer":
      return {
        kind: "timer",
        name: pick(TIMERS, n) ?? "after",
        armed: n % (2 + (bot.snapshot?.turn ?? 0)),
        due: bot.now,
      };
    case "result": {
      const value = pick<unknown>([pizzas(n % 25), "gold", { number: "17" }, null, 7], n);
      const outcome =
        n % 4 === 0 ? ({ ok: false, failure: "timeout" } as const) : ({ ok: true, value: value as never } as const);
      return { kind: "result", call: action?.call ?? "none", armed: action?.armed ?? 0, outcome };
    }
    case "event":
      return n % 2
        ? { kind: "event", contact, name: pick(NAMES, n) ?? "", args: n % 3 ? ["a", "b"] : [] }
        : { kind: "scheduled", name: pick(NAMES, n) ?? "", args: n % 3 ? ["a", "b"] : [] };
    case "echo":
      return { kind: "echo", contact, sentAt: bot.now - (n % 30) * 3_600_000, begins: n % 2 === 0 };
    case "release":
      return { kind: "release" };
    case "refused":
      return {
        kind: "refused",
        turn: (bot.snapshot?.turn ?? 0) - (n % 3),
        reason: pick(["window", "undeliverable", "failed"] as const, n) ?? "failed",
      };
    case "junk":
      return {
        ...base,
        message: pick(
          [
            { type: "reaction", reaction: { message_id: "m" } },
            { type: "unknown", wireType: "poll", raw: {} },
            { type: "text", text: { body: "\u0000\ud800 #:+." } },
          ] as const,
          n,
        ) ?? { type: "unsupported" },
      };
    case "advance":
      return undefined;
    default:
      return what satisfies never;
  }
}

/** Happens, or fails as an error of a step may; what is not a `StepError` is a failure of the test. */
function happen(world: World, thing: Happening): void {
  const { bot, ids } = world;
  try {
    const body = bodyOf(world, thing);
    const sent = body ? bot.send(body) : bot.advance((thing.n % 100) * 60_000);
    for (const { options } of sent) ids.push(...Object.values(options));
  } catch (error) {
    if (!(error instanceof StepError) || !/cannot fail|steps in one turn|without a file/.test(error.message))
      throw error;
  }
}

/** What is wrong with the timers and frames that a turn left: nobody may wait for ever, and nothing may fire for nobody. */
function unrest(machine: Machine, { conversation, pending }: Snapshot, timers: ReadonlySet<string>): readonly string[] {
  if (!conversation) return [...timers].map((name) => `${name} without a conversation`);
  const { wait, frames, interrupted } = conversation;
  const prefix = interrupted?.interrupted ? "over.over." : interrupted ? "over." : "";
  const needed = [
    ...(wait.kind === "wait" || wait.kind === "handoff" ? [`${prefix}${wait.kind}`] : []),
    ...(wait.kind === "ask" && wait.afters < (machine.asks[wait.id]?.after.length ?? 0) ? [`${prefix}after`] : []),
    ...((wait.kind === "ask" || wait.kind === "wait") && Object.keys(pending).length > 0 ? ["quiet"] : []),
  ];
  return [
    ...needed.filter((name) => !timers.has(name)).map((name) => `no ${name}`),
    ...[...timers].filter((name) => !interrupted && name.startsWith("over.")).map((name) => `${name} over nothing`),
    ...frames.filter(({ at }) => at === "").map(({ flow }) => `${flow} stands nowhere`),
  ];
}

test.each(MACHINES.map((machine, i) => [i, machine] as const))(
  "machine %i takes whatever happens, in any order",
  (i, machine) => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (things) => {
        const world: World = { bot: drive(machine), ids: [] };
        for (const thing of things) happen(world, thing);
        const { snapshot, timers } = world.bot;
        if (!snapshot) return;
        expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
        expect(unrest(machine, snapshot, new Set(timers.keys()))).toEqual([]);
      }),
      { seed: 20_261_124 + i, numRuns: 250 },
    );
  },
);

test("the same event on the same snapshot gives the same bytes, and nothing that is given changes", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MACHINES),
      fc.array(happening, { minLength: 1, maxLength: 15 }),
      (machine, things) => {
        const world: World = { bot: drive(machine), ids: [] };
        for (const thing of things.slice(0, -1)) happen(world, thing);
        const body = bodyOf(world, things.at(-1) ?? { what: "says", n: 0 });
        if (!body) return;
        const event: Event = deepFreeze({ ...body, id: "e", now: world.bot.now, seed: "0123456789abcdef" });
        const before = deepFreeze(JSON.parse(JSON.stringify(world.bot.snapshot)) as Snapshot | null);
        const once = (given: Machine | ReturnType<typeof prepare>): string => {
          try {
            return JSON.stringify(step(given, before, event));
          } catch (error) {
            return String(error);
          }
        };
        const frozen = deepFreeze(machine);
        const first = once(frozen);
        const prepared = prepare(frozen);
        expect([once(prepared), once(prepared), once(JSON.parse(JSON.stringify(machine)))]).toEqual([
          first,
          first,
          first,
        ]);
      },
    ),
    { seed: 7, numRuns: 500 },
  );
});

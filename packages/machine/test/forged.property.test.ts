/** What a user's phone sends is theirs to make up: an id that was never sent to them moves nothing. */
import { decodeWireId, encodeWireId, type Machine, type Snapshot } from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { orderMachine, pizzas } from "./fixtures/order.ts";
import { interruptible, threeAsks } from "./fixtures/small.ts";
import { get, machineOf, onMessage, TEXT } from "./lib/assemble.ts";
import { type Drive, drive, type Sent } from "./lib/drive.ts";

const RUNS = Number(process.env["PARLEY_RUNS"] ?? 150);

/** A staff door that most people never see. */
function staffDoor(): Machine {
  return machineOf({
    flows: {
      main: {
        vars: { role: { type: TEXT, init: "guest" } },
        triggers: [onMessage("door")],
        states: {
          door: [
            {
              ask: {
                body: "Where to?",
                options: [
                  { id: "lobby", title: "Lobby", to: "lobby" },
                  { id: "safe", title: "Safe", when: ["==", get("role"), "staff"], to: "safe" },
                ],
              },
            },
            { label: "lobby" },
            { say: "The lobby." },
            { op: "end" },
            { label: "safe" },
            { say: "The safe is open." },
            { op: "end" },
          ],
        },
      },
    },
  });
}

const MACHINES: readonly (() => Machine)[] = [
  () => threeAsks(false),
  () => threeAsks(true),
  () => orderMachine(),
  () => interruptible("ask"),
  staffDoor,
];

/** Everything that was sent to this contact and can be tapped. */
function remember(known: Set<string>, sent: readonly Sent[]): void {
  for (const { options } of sent) for (const id of Object.values(options)) known.add(id);
}

/** An id that says things that go together badly: of a real ask, option, conversation or turn each, or of none. */
const forgery = fc.record({
  ask: fc.nat(),
  option: fc.nat(),
  turn: fc.integer({ min: 0, max: 12 }),
  conversation: fc.constantFrom("own", "own", "own", "zzzzzz"),
  page: fc.boolean(),
});

function optionIds(machine: Machine): readonly string[] {
  const ids = JSON.stringify(machine.asks).match(/(?<="id":")[^"]+/g) ?? [];
  return ["nothing", "__proto__", ...new Set(ids)];
}

function where(snapshot: Snapshot | null): string {
  const conversation = snapshot?.conversation;
  return JSON.stringify([conversation?.wait.id, conversation?.frames, conversation?.interrupted?.frames ?? null]);
}

/** Each ask that was sent keeps a copy. */
function isOfASentMessage({ copies }: Drive, made: string): boolean {
  const forged = decodeWireId(made);
  return copies.some(
    ({ ask, turn, conversation }) =>
      ask === forged?.ask && turn === forged.turn && conversation.id === forged.conversation,
  );
}

function walk(bot: Drive, steps: readonly number[], known: Set<string>): void {
  remember(known, bot.says("hi"));
  for (const step of steps) {
    bot.now += 60_000;
    const wait = bot.snapshot?.conversation?.wait.kind;
    if (wait === "action") remember(known, bot.result({ ok: true, value: pizzas(3) }));
    else if (wait === "ask") {
      const fresh = [...known].slice(-4);
      remember(known, bot.taps(fresh[step % fresh.length] ?? "none#aaaaaa.1"));
    } else remember(known, bot.says("hi"));
  }
}

test("an id that was never sent to a contact answers nothing and moves nothing", () => {
  let judged = 0;
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 5 }),
      fc.array(forgery, { minLength: 1, maxLength: 8 }),
      (m, steps, forged) => {
        const machine = (MACHINES[m % MACHINES.length] ?? staffDoor)();
        const bot = drive(machine);
        const known = new Set<string>();
        walk(bot, steps, known);
        const asks = Object.keys(machine.asks);
        const options = optionIds(machine);
        for (const one of forged) {
          const { conversation } = bot.snapshot ?? {};
          if (conversation?.wait.kind !== "ask") return;
          const made = encodeWireId({
            ask: asks[one.ask % asks.length] ?? "",
            ...(one.page ? { page: 1 } : { option: options[one.option % options.length] ?? "" }),
            conversation: one.conversation === "own" ? conversation.id : one.conversation,
            turn: one.turn,
          });
          if (known.has(made) || one.page) continue;
          bot.now += 60_000;
          const before = where(bot.snapshot);
          const sent = bot.taps(made);
          judged += 1;
          expect(bot.trace.filter(({ kind }) => kind === "answer" || kind === "enter")).toEqual([]);
          // A message that was sent may be taken up again, as any of its own options would have it; nothing else may.
          const moved = bot.trace.some(({ kind }) => kind === "reopen") || where(bot.snapshot) !== before;
          expect(moved && !isOfASentMessage(bot, made) ? made : "").toBe("");
          // What is sent again carries ids of its own, which count as sent from now on.
          remember(known, sent);
        }
      },
    ),
    { numRuns: RUNS, seed: 7 },
  );
  expect(judged).toBeGreaterThan(RUNS);
});

test("an option that was not shown cannot be tapped, whatever its condition says by then", () => {
  const bot = drive(staffDoor());
  const sent = bot.says("hi");
  const lobby = sent[0]?.options["Lobby"] ?? "";
  expect(sent[0]?.options["Safe"]).toBeUndefined();
  expect(bot.taps(lobby.replace(":lobby", ":safe")).map(({ text }) => text)).toEqual(["Where to?"]);
  expect(bot.taps("Lobby").map(({ text }) => text)).toEqual(["The lobby."]);
});

test("another ask's name on the id of the waiting message, or of an earlier one, is no way there", () => {
  const bot = drive(threeAsks(false));
  const a = bot.says("hi");
  bot.now += 60_000;
  bot.taps("a-x");
  const waiting = decodeWireId(bot.snapshot ? (Object.values(a[0]?.options ?? {})[0] ?? "") : "");
  if (!waiting) throw new Error("nothing was sent");
  for (const turn of [waiting.turn, waiting.turn + 1]) {
    bot.now += 60_000;
    const made = encodeWireId({ ...waiting, ask: "main.c", option: "x", turn });
    expect(bot.taps(made).map(({ text }) => text)).toEqual(["Which b?"]);
    expect(bot.vars()).toEqual({ a: "x" });
  }
});

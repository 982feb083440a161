import type { Trace } from "@parley/machine";
import { describe, expect, test } from "vitest";
import { createSimulation, replayTrace, runTests, type TraceLine, traceLine, tracesIn } from "../src/index.ts";
import { expects, flowTest, menu, mocks, PIZZERIA, says, taps } from "./fixture.ts";

/** What the pizzeria did in a conversation on the real runtime. */
async function recorded(): Promise<readonly TraceLine[]> {
  const simulation = createSimulation({
    machine: PIZZERIA,
    actions: { menu: () => [{ id: "zz", name: "Zz", price: 3 }], place_order: () => ({ number: "17" }) },
  });
  const { phone, events, clock } = simulation;
  for (const act of [() => phone.says("menu"), () => phone.taps("Zz"), () => phone.says("4")]) {
    await simulation.advance(1_000);
    act();
    await simulation.settle();
  }
  simulation.close();
  return events.flatMap((event) => traceLine(PIZZERIA, event, clock.now()) ?? []);
}

describe("a trace", () => {
  test("holds no value, and is read as it was written", async () => {
    const lines = await recorded();
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
    expect(text).not.toMatch(/"4"|"17"|price|zz/i);
    expect(tracesIn(text)).toEqual(lines);
    expect(() => tracesIn(`${text}{"v":2}\n`)).toThrow(`line ${lines.length + 1} is no line of a trace`);
  });

  test("is what its own machine can do, whatever values there were", async () => {
    const replay = replayTrace({ machine: PIZZERIA }, await recorded());
    expect(replay).toMatchObject({ conversations: 1, skipped: 0, differences: [] });
    expect(replay.turns).toBeGreaterThan(3);
  });

  test("differs where the machine has another way", async () => {
    const [first, ...others] = await recorded();
    const changed = others.map((line) => ({
      ...line,
      trace: line.trace.map(
        (one): Trace => (one.kind === "enter" && one.state === "how_many" ? { ...one, state: "how_big" } : one),
      ),
    }));
    const { differences } = replayTrace({ machine: PIZZERIA }, first ? [first, ...changed] : []);
    expect(differences).toMatchObject([
      {
        turn: 3,
        event: "message",
        recorded: ["answer order.choose by tap {}", "enter order.how_big", "ask order.how_many"],
        now: ["answer order.choose by tap {}", "enter order.how_many", "ask order.how_many"],
      },
    ]);
  });

  test("that begins in the middle is left out up to a beginning", async () => {
    const lines = await recorded();
    expect(replayTrace({ machine: PIZZERIA }, lines.slice(1))).toMatchObject({
      conversations: 0,
      skipped: lines.length - 1,
    });
  });
});

test("the conversation is one that the tests know as well", async () => {
  const { failed } = await runTests({
    machine: PIZZERIA,
    tests: [
      flowTest(
        "it",
        mocks("menu", menu(1)),
        says("menu"),
        expects("list", "Which pizza"),
        taps("p1"),
        expects("text", "How many"),
      ),
    ],
  });
  expect(failed).toBe(0);
});

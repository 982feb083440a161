import type { AskDef, Machine } from "@parley/machine";
import { afterEach, describe, expect, test } from "vitest";
import { createSimulation, type Simulation, type SimulationOptions } from "../src/index.ts";
import { PIZZERIA } from "./fixture.ts";

const HOUR = 3_600_000;
const MENU = [
  { id: "mar", name: "Margherita", price: 7.5 },
  { id: "dia", name: "Diavola", price: 9 },
];

let simulation: Simulation;
afterEach(() => simulation.close());

function simulate(options: Partial<SimulationOptions> = {}): Simulation {
  simulation = createSimulation({
    machine: PIZZERIA,
    actions: { menu: () => MENU, place_order: () => ({ number: "17" }) },
    ...options,
  });
  return simulation;
}

function texts(): readonly (string | undefined)[] {
  return simulation.phone.history.filter((bubble) => bubble.from === "business").map((bubble) => bubble.text);
}

const LIST = "Which pizza would you like?";

describe("a simulation", () => {
  test("say, list, tap, reply, all over the wire", async () => {
    const { phone, settle, emulator, bot } = simulate();
    phone.says("menu");
    await settle();
    expect(phone.history.at(-1)).toMatchObject({ kind: "list", text: LIST, open: "See the pizzas" });
    phone.taps("Diavola");
    await settle();
    expect(texts()).toEqual([LIST, "How many of them?"]);
    expect((await bot.inspect(phone.contact.id))?.conversation?.frames.at(-1)?.vars["pizza"]).toEqual(MENU[1]);
    const wire = emulator.log();
    expect(wire.filter((entry) => entry.kind === "api").map((entry) => [entry.path, entry.status])).toEqual([
      [`/v23.0/${emulator.phoneNumberId}/messages`, 200],
      [`/v23.0/${emulator.phoneNumberId}/messages`, 200],
    ]);
    expect(new Set(wire.filter((entry) => entry.kind === "webhook").map((entry) => entry.status))).toEqual(
      new Set([200]),
    );
  });

  test("the timer after two hours fires at two hours, not before", async () => {
    const { phone, settle, advance, clock } = simulate();
    const start = clock.now();
    phone.says("menu");
    await settle();
    await advance(2 * HOUR - 1);
    expect(texts()).toEqual([LIST]);
    await advance(1);
    expect(texts()).toEqual([LIST, "Still hungry? The list above is waiting."]);
    expect(phone.history.at(-1)?.at).toBe(start + 2 * HOUR);
  });

  test("a jump over several due times does each at its own", async () => {
    const { phone, settle, advance, clock, bot } = simulate();
    const start = clock.now();
    phone.says("menu");
    await settle();
    await advance(21 * HOUR);
    expect(phone.history.at(-1)?.at).toBe(start + 2 * HOUR);
    expect((await bot.inspect(phone.contact.id))?.conversation).toBeNull();
    expect(clock.now()).toBe(start + 21 * HOUR);
  });

  test("after 24 hours nothing is said: WhatsApp would not deliver it", async () => {
    const choose = PIZZERIA.asks["order.choose"];
    const [reminder] = choose?.after ?? [];
    if (!choose || !reminder) throw new Error("the fixture has no reminder");
    const late: AskDef = { ...choose, after: [{ ...reminder, ms: 25 * HOUR }] };
    const machine: Machine = { ...PIZZERIA, asks: { ...PIZZERIA.asks, "order.choose": late } };
    const { phone, settle, advance } = simulate({ machine });
    phone.says("menu");
    await settle();
    await advance(26 * HOUR);
    expect(texts()).toEqual([LIST]);
    expect(phone.failed).toEqual([]);
    phone.taps("Margherita");
    await settle();
    expect(texts()).toEqual([LIST, "How many of them?"]);
  });

  test("a message delivered twice is one message", async () => {
    const { phone, settle, emulator, events } = simulate();
    emulator.inject({ kind: "duplicate" });
    phone.says("menu");
    await settle();
    expect(texts()).toEqual([LIST]);
    expect(events.filter((event) => event.kind === "turn" && event.event === "message")).toHaveLength(1);
  });

  test("a message that the API accepted before the connection broke comes once", async () => {
    const { phone, settle, advance, emulator } = simulate();
    emulator.inject({ kind: "drop", accepted: true });
    phone.says("menu");
    await settle();
    await advance(HOUR);
    expect(texts()).toEqual([LIST]);
  });

  test("what the API did not take for a moment comes later", async () => {
    const { phone, settle, advance, emulator } = simulate();
    emulator.inject({ kind: "apiError", code: 131016, times: 3 });
    phone.says("menu");
    await settle();
    await advance(HOUR);
    expect(texts()).toEqual([LIST]);
  });

  test("a list that was not delivered comes as numbered text", async () => {
    const { phone, settle, emulator } = simulate();
    emulator.inject({ kind: "failDelivery" });
    phone.says("menu");
    await settle();
    expect(phone.failed).toHaveLength(1);
    expect(phone.history.at(-1)).toMatchObject({
      kind: "text",
      text: expect.stringMatching(/1.*Margherita[\s\S]*2.*Diavola/),
    });
    phone.says("1");
    await settle();
    expect(texts().at(-1)).toBe("How many of them?");
  });

  test("a user without a visible number is served all the same", async () => {
    const { phone, settle } = simulate({ contact: { username: "cy", userId: "DE.0A1B" } });
    phone.says("menu");
    await settle();
    phone.taps("Margherita");
    await settle();
    expect(texts()).toEqual([LIST, "How many of them?"]);
  });
});

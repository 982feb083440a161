/**
 * What a person writes in the WhatsApp Business app: LANGUAGE.md, "so does a hand-off that a message sent from the business
 * app starts". The language's tests have no such step, so these are on the flows of `handoff.flow`.
 */
import { readFileSync } from "node:fs";
import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { expect, test } from "vitest";
import { createSimulation, type Simulation } from "../../src/index.ts";

const HOUR = 3_600_000;
const PATH = "handoff.flow";
const { output } = compile({
  settings: DEFAULT_SETTINGS,
  files: [{ path: PATH, text: readFileSync(new URL(PATH, import.meta.url), "utf8") }],
});

function begin(): Simulation {
  if (!output) throw new Error("handoff.flow does not compile");
  return createSimulation({ machine: output.machine });
}

async function says(sim: Simulation, text: string): Promise<void> {
  sim.phone.says(text);
  await sim.settle();
}

async function personWrites(sim: Simulation, text: string): Promise<void> {
  sim.emulator.writes(sim.phone.contact.id, text);
  await sim.settle();
}

function received(sim: Simulation): readonly string[] {
  return sim.phone.history.filter(({ from }) => from === "business").map(({ text }) => text ?? "");
}

async function waitOf(sim: Simulation): Promise<string | undefined> {
  const snapshot = await sim.bot.inspect(sim.phone.contact.id);
  return snapshot?.conversation?.wait.kind;
}

test("a message sent from the business app starts a hand-off, which ends the conversation that was under way", async () => {
  const sim = begin();
  await says(sim, "desk");
  expect(received(sim)).toEqual(["Desk?"]);
  await personWrites(sim, "Hi, this is Bo.");
  expect(await waitOf(sim)).toBe("handoff");
  await says(sim, "hello");
  await says(sim, "stop");
  sim.phone.taps("Other");
  await sim.settle();
  expect(received(sim)).toEqual(["Desk?", "Hi, this is Bo."]);
  await sim.bot.release(sim.phone.contact.id);
  await sim.settle();
  expect(await waitOf(sim)).toBeUndefined();
  await says(sim, "hello");
  expect(received(sim)).toEqual(["Desk?", "Hi, this is Bo.", "Hello."]);
});

test("it ends 24 h after the last message of either side", async () => {
  const sim = begin();
  await personWrites(sim, "Your parcel is here.");
  await sim.advance(23 * HOUR);
  await says(sim, "thanks");
  await sim.advance(23 * HOUR);
  await personWrites(sim, "You are welcome.");
  await sim.advance(24 * HOUR - 1);
  expect(await waitOf(sim)).toBe("handoff");
  await sim.advance(1);
  expect(await waitOf(sim)).toBeUndefined();
  await says(sim, "hello");
  expect(received(sim).at(-1)).toBe("Hello.");
});

test("a message from the business app prolongs a hand-off of the program, and so does one of the host", async () => {
  const sim = begin();
  await says(sim, "desk");
  sim.phone.taps("Person");
  await sim.settle();
  await sim.advance(HOUR);
  await personWrites(sim, "A moment, please.");
  await sim.advance(HOUR);
  await sim.bot.send(sim.phone.contact.id, { type: "text", text: { body: "It is ready." } });
  await sim.settle();
  await sim.advance(2 * HOUR - 1);
  expect(received(sim)).toEqual(["Desk?", "A moment, please.", "It is ready."]);
  await sim.advance(1);
  expect(received(sim).at(-1)).toBe("It is ready for you.");
  expect(await waitOf(sim)).toBeUndefined();
});

test("events are kept while people have the chat and start when it is given back", async () => {
  const sim = begin();
  await says(sim, "hi");
  await personWrites(sim, "Hi, this is Bo.");
  await sim.bot.trigger(sim.phone.contact.id, "done", {});
  await sim.settle();
  expect(received(sim)).toEqual(["Hi, this is Bo."]);
  await sim.bot.release(sim.phone.contact.id);
  await sim.settle();
  expect(received(sim).at(-1)).toBe("It is ready for you.");
});

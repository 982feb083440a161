/** A bot and a WhatsApp on which something goes wrong: what the user gets, and how often. */
import type { Fault } from "@parley/emulator";
import { describe, expect, test } from "vitest";
import { createSimulation, type Simulation } from "../src/index.ts";
import { PIZZERIA } from "./fixture.ts";

const MINUTE = 60_000;

async function begun(rates = false): Promise<Simulation> {
  const sim = createSimulation({ machine: PIZZERIA, rates });
  sim.phone.says("what?");
  await sim.settle();
  return sim;
}

async function sends(sim: Simulation, body: string): Promise<void> {
  await sim.bot.send(sim.phone.contact.id, { type: "text", text: { body } });
  await sim.settle();
}

function received(sim: Simulation): readonly string[] {
  const texts = sim.phone.history.flatMap(({ from, text }) => (from === "business" ? [text ?? ""] : []));
  return texts.filter((text) => /^\d+$/.test(text));
}

/** Statuses of the answers to messages. */
function answers(sim: Simulation): readonly number[] {
  return sim.emulator.log().flatMap((entry) => (entry.kind === "api" ? [entry.status] : []));
}

describe("the user gets each message once, in order", () => {
  test.each([
    ["the connection breaks after WhatsApp took one", { kind: "drop", accepted: true }, 0],
    ["the connection breaks before", { kind: "drop", accepted: false }, 90_000],
    ["a gateway answers in WhatsApp's place", { kind: "apiStatus", status: 502 }, 90_000],
    ["WhatsApp asks for fewer messages", { kind: "apiError", code: 130_429, times: 2 }, MINUTE],
    ["the pair has had too many", { kind: "apiError", code: 131_056, times: 2 }, MINUTE],
    ["WhatsApp is not there for a while", { kind: "apiError", code: 131_016, times: 4 }, MINUTE],
    ["the token has expired", { kind: "apiError", code: 190 }, 5 * MINUTE],
    ["the account is locked twice", { kind: "apiError", code: 131_031, times: 2 }, 10 * MINUTE],
  ] as const satisfies readonly (readonly [string, Fault, number])[])("where %s", async (_why, fault, after) => {
    const sim = await begun();
    sim.emulator.inject(fault);
    for (const body of ["1", "2", "3"]) await sends(sim, body);
    expect(received(sim)).toEqual(after > 0 ? [] : ["1", "2", "3"]);
    await sim.advance(after);
    expect(received(sim)).toEqual(["1", "2", "3"]);
    await sim.advance(20 * MINUTE);
    expect(received(sim)).toEqual(["1", "2", "3"]);
  });

  test("where there are more than the pair may have, without one refusal", async () => {
    const sim = await begun(true);
    const all = Array.from({ length: 60 }, (_, n) => `${n + 1}`);
    for (const body of all) await sends(sim, body);
    expect(received(sim).length).toBeGreaterThanOrEqual(40);
    expect(received(sim).length).toBeLessThanOrEqual(45);
    await sim.advance(3 * MINUTE);
    expect(received(sim)).toEqual(all);
    expect(answers(sim).filter((status) => status !== 200)).toEqual([]);
  });
});

test("a reaction to what is gone does not disturb the conversation", async () => {
  const sim = await begun();
  const before = await sim.bot.inspect(sim.phone.contact.id);
  const reaction = { message_id: "wamid.gone", emoji: "👍" };
  await sim.bot.send(sim.phone.contact.id, { type: "reaction", reaction });
  await sim.settle();
  expect(sim.events.at(-1)).toMatchObject({ kind: "status", status: "failed", error: 131_009 });
  expect(await sim.bot.inspect(sim.phone.contact.id)).toEqual(before);
});

import { createEmulator, createShiftedClock, type Emulator } from "@parley/emulator";
import { type EmulatorServer, serveEmulator } from "@parley/emulator/node";
import { type Bot, createBot, memoryStore } from "@parley/runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PIZZERIA } from "./fixture.ts";

/** A bot and its emulator as they are served: real sockets, each working by itself, on a clock that runs and can be put forward. */
describe("a bot that runs against the emulator over HTTP", () => {
  const clock = createShiftedClock();
  let emulator: Emulator;
  let server: EmulatorServer;
  let bot: Bot;

  beforeEach(async () => {
    emulator = createEmulator({
      clock,
      token: "token",
      webhook: { url: "http://bot.test/webhook", appSecret: "secret", verifyToken: "verify" },
      contacts: [{ phone: "393331234567", name: "Ana" }],
      fetch: (request) => bot.fetch(request),
      companion: { settle: () => bot.settle(), nextDue: () => bot.nextDue() },
    });
    server = await serveEmulator(emulator);
    bot = createBot({
      machine: PIZZERIA,
      actions: { menu: () => [{ id: "mar", name: "Margherita", price: 7.5 }], place_order: () => ({ number: "17" }) },
      store: memoryStore(),
      phoneNumberId: emulator.phoneNumberId,
      token: "token",
      appSecrets: ["secret"],
      verifyToken: "verify",
      apiUrl: server.url,
      clock,
    });
    await bot.start();
  });

  afterEach(async () => {
    await bot.stop();
    await server.close();
  });

  async function api(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${server.url}/_emulator${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await response.json()) as Record<string, unknown>;
  }

  /** Waits, over the control API, for a message of the bot with this text. */
  async function hears(text: string): Promise<void> {
    let after = 0;
    const seen: unknown[] = [];
    for (let polls = 0; polls < 50; polls++) {
      const history = await api("GET", `/contacts/393331234567/history?after=${after}&wait=200`);
      const bubbles = history["bubbles"] as readonly { readonly from: string; readonly text: string }[];
      seen.push(...bubbles.map((bubble) => bubble.text));
      if (bubbles.some((bubble) => bubble.from === "business" && bubble.text.includes(text))) return;
      after = Number(history["after"]);
    }
    throw new Error(`"${text}" did not come, but ${JSON.stringify(seen)}`);
  }

  test("verifies, answers, is tapped, and reminds two hours later", async () => {
    expect(
      await api("PUT", "/webhook", { url: "http://bot.test/webhook", appSecret: "secret", verifyToken: "verify" }),
    ).toHaveProperty("url");
    await api("POST", "/contacts/393331234567/messages", { type: "text", text: "menu" });
    await hears("Which pizza");
    await api("POST", "/clock", { advance: "2h" });
    await hears("Still hungry");
    await api("POST", "/contacts/393331234567/messages", { type: "tap", option: "Margherita" });
    await hears("How many");
    expect(emulator.log().filter((entry) => entry.status !== 200)).toEqual([]);
  });
});

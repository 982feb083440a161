import { describe, expect, test } from "vitest";
import { sqliteStore } from "../src/sqlite.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { rig } from "./support/rig.ts";
import { ANA, sender, text } from "./support/webhooks.ts";

describe.each([
  ["memory", memoryStore],
  ["sqlite", () => sqliteStore(":memory:")],
] as const)("on %s", (_name, create) => {
  test("a timer fires at its time, once", async () => {
    const { says, advance, api, bot, clock } = rig({ store: create() });
    await says("wait");
    expect(await bot.nextDue()).toBe(clock.now() + 60_000);
    await advance(59_999);
    expect(api.texts()).toEqual([]);
    await advance(1);
    await advance(600_000);
    expect(api.texts()).toEqual(["timer wait"]);
    expect(await bot.nextDue()).toBe(undefined);
  });

  test("a time-out counts from when the message was accepted", async () => {
    const { says, advance, api, bot } = rig({ store: create() });
    api.script.push({ do: "reset" });
    await says("remind");
    await advance(90_000);
    expect(api.texts()).toEqual(["which?"]);
    await advance(59_999);
    expect(api.texts()).toEqual(["which?"]);
    await advance(1);
    expect(api.texts()).toEqual(["which?", "timer after"]);
    expect(await bot.nextDue()).toBe(undefined);
  });

  test("a time-out counts from when the last message of its turn was accepted", async () => {
    const { says, advance, api } = rig({ store: create() });
    api.script.push({ do: "accept" }, { do: "reset" });
    await says("say and remind");
    await advance(90_000);
    await advance(59_999);
    expect(api.texts()).toEqual(["well", "which?"]);
    await advance(1);
    expect(api.texts()).toEqual(["well", "which?", "timer after"]);
  });

  test("a time-out counts from the refusal where the message was refused for good", async () => {
    const { says, advance, api } = rig({ store: create() });
    api.script.push({ do: "error", code: 131_009, http: 400 });
    await says("remind");
    await advance(60_000);
    expect(api.texts()).toEqual(["template", "timer after"]);
  });

  test("a timer that was cancelled or set anew does not fire", async () => {
    const { says, advance, api } = rig({ store: create() });
    await says("wait");
    await says("cancel");
    await advance(120_000);
    expect(api.texts()).toEqual([]);
    await says("wait");
    await advance(30_000);
    await says("wait");
    await advance(59_999);
    expect(api.texts()).toEqual([]);
    await advance(1);
    expect(api.texts()).toEqual(["timer wait"]);
  });

  test("a scheduled event is raised at its time with its arguments, unless it was cancelled", async () => {
    const { says, advance, api } = rig({ store: create() });
    await says("schedule");
    await advance(3_600_000);
    expect(api.texts()).toEqual(['scheduled later ["x"]']);
    await says("schedule");
    await says("unschedule");
    await advance(3_600_000);
    expect(api.texts()).toEqual(['scheduled later ["x"]']);
  });

  test("after a time without the bot, messages that waited at WhatsApp are heard before time-outs", async () => {
    const store = create();
    const first = rig({ store });
    await first.says("wait");
    await first.bot.stop();
    first.clock.advance(3_600_000);
    const second = rig({ store, clock: first.clock, api: first.api });
    await second.settle();
    const kept = text("kept", second.clock.now() - 3_590_000, "cancel");
    await second.receive({ contacts: [sender({ waId: ANA })], messages: [kept] });
    await second.advance(60_000);
    expect(first.api.texts()).toEqual([]);
  });

  test("after a time without the bot overdue timers fire when the messages had their chance", async () => {
    const store = create();
    const first = rig({ store });
    await first.says("wait");
    await first.bot.stop();
    first.clock.advance(3_600_000);
    const second = rig({ store, clock: first.clock, api: first.api });
    expect(await second.bot.nextDue()).toBe(first.clock.now() + 60_000);
    await second.advance(59_999);
    expect(first.api.texts()).toEqual([]);
    await second.advance(1);
    expect(first.api.texts()).toEqual(["timer wait"]);
  });
});

test("a message beats a timer of the same moment", async () => {
  const { says, clock, receive, settle, api } = rig();
  await says("wait");
  clock.advance(60_000);
  await Promise.all([
    settle(),
    receive({ contacts: [sender({ waId: ANA })], messages: [text("x", clock.now() - 1_000, "cancel")] }),
  ]);
  expect(api.texts().length).toBeLessThanOrEqual(1);
});

test("a started bot wakes by itself when something is due", async () => {
  const { says, bot, clock, api } = rig();
  await bot.start();
  await says("wait");
  clock.advance(60_000);
  while (api.texts().length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(api.texts()).toEqual(["timer wait"]);
  await bot.stop();
});

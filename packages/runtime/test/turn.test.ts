import { describe, expect, test } from "vitest";
import { sqliteStore } from "../src/sqlite.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { logOf, machine } from "./support/fake-step.ts";
import { type Rig, type RigOptions, rig } from "./support/rig.ts";
import { ANA, message, sender, tap, text } from "./support/webhooks.ts";

const CONTACTS = [sender({ waId: ANA })];

const STORES = [
  ["memory", memoryStore],
  ["sqlite", () => sqliteStore(":memory:")],
] as const;

describe.each(STORES)("on %s", (name, create) => {
  const make = (options: RigOptions = {}): Rig => rig({ store: create(), ...options });
  const firstSend = name === "memory" ? "v1.m-1.1" : expect.stringMatching(/^v1\.[0-9a-f]{6}-1\.1$/);

  test("a message is stepped and its answer sent to the contact", async () => {
    const { says, api, inspect, events } = make();
    await says("hello");
    expect(api.urls).toEqual(["https://graph.facebook.com/v23.0/106540352242922/messages"]);
    expect(api.headers[0]?.get("authorization")).toBe("Bearer token");
    expect(api.requests).toEqual([
      {
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: ANA,
        type: "text",
        text: { body: "echo hello" },
        biz_opaque_callback_data: firstSend,
      },
    ]);
    expect(logOf(await inspect())).toEqual(["wamid.in1"]);
    expect(events.map(({ kind }) => kind)).toEqual(["turn", "sent"]);
  });

  test("the events of a contact are stepped in the order of their commits", async () => {
    const { receive, inspect, clock, settle, api } = make();
    const ids = Array.from({ length: 40 }, (_, index) => `m${index}`);
    const values = ids.map((id) => ({ contacts: CONTACTS, messages: [text(id, clock.now(), id)] }));
    await receive(...values);
    expect(logOf(await inspect())).toEqual(ids);
    await settle();
    expect(api.texts()).toEqual(ids.map((id) => `echo ${id}`));
    expect(api.mostAtOnce()).toBe(1);
  });

  test("an event that throws is filed and answered with the built-in text, the others of its batch go on", async () => {
    const { receive, inspect, clock, settle, api, events, store, lines } = make();
    const messages = ["a", "boom", "b"].map((body) => text(body, clock.now(), body));
    expect(await receive({ contacts: CONTACTS, messages })).toBe(200);
    await settle();
    expect(logOf(await inspect())).toEqual(["a", "b"]);
    expect(api.texts()).toEqual(["echo a", "Sorry", "echo b"]);
    expect(events.filter(({ kind }) => kind === "dead-letter")).toMatchObject([{ reason: "Error" }]);
    expect((await store.stats()).filed).toBe(1);
    expect(lines.join("\n")).not.toContain("told to");
    expect(await receive({ contacts: CONTACTS, messages })).toBe(200);
    expect((await store.stats()).filed).toBe(1);
  });

  test("the built-in text is sent once an hour", async () => {
    const { says, api, advance } = make();
    await says("boom");
    await says("boom");
    await advance(3_599_999);
    await says("boom");
    expect(api.texts()).toEqual(["Sorry"]);
    await advance(1);
    await says("boom");
    expect(api.texts()).toEqual(["Sorry", "Sorry"]);
  });

  test("a contact that hides its number is written to by its user id", async () => {
    const { receive, clock, settle, api } = make();
    const from = { userId: "US.13491208655302741918" };
    await receive({ contacts: [sender(from)], messages: [text("a", clock.now(), "hi", from)] });
    await settle();
    expect(api.requests).toMatchObject([{ recipient: from.userId, text: { body: "echo hi" } }]);
    expect(api.requests[0]).not.toHaveProperty("to");
  });

  test("a conversation goes on when the number changes", async () => {
    const { receive, clock, bot, settle, api } = make();
    await receive({ contacts: CONTACTS, messages: [text("a", clock.now(), "one")] });
    const system = { type: "user_changed_number", wa_id: "16505559999", body: "changed" };
    await receive({ messages: [message("b", clock.now(), { type: "system", system })] });
    const from = { waId: "16505559999" };
    await receive({ contacts: [sender(from)], messages: [text("c", clock.now(), "ho", from)] });
    await settle();
    expect(logOf(await bot.inspect("+1 650 555 9999"))).toEqual(["a", "c"]);
    expect(api.requests.map((request) => request.to)).toEqual(["16505559999", "16505559999"]);
  });

  test("a tap on the waiting ask brings no copy, one on an earlier ask brings its copy", async () => {
    const { says, receive, clock, settle, api } = make();
    await says("ask");
    await says("ask");
    const now = clock.now();
    await receive({
      contacts: CONTACTS,
      messages: [tap("t2", now, "main.start:x#abc123.2"), tap("t1", now, "main.start:x#abc123.1")],
    });
    await settle();
    expect(api.texts()).toEqual(["which?", "which?", "echo message", " copy of 1"]);
  });

  test("an answer that quotes a message finds its ask by the message's id", async () => {
    const { says, receive, clock, settle, api } = make();
    await says("ask");
    await says("ask");
    const location = { type: "location", location: { latitude: 1, longitude: 2 } };
    const quoting = (id: string, wamid: string) =>
      message(id, clock.now(), { ...location, context: { from: "15550783881", id: wamid } });
    await receive({ contacts: CONTACTS, messages: [quoting("q1", "wamid.out1"), quoting("q2", "wamid.out2")] });
    await receive({ contacts: CONTACTS, messages: [quoting("q3", "wamid.unknown")] });
    await settle();
    expect(api.texts().slice(2)).toEqual(["main.start#abc123.1 copy of 1", "main.start#abc123.2", "echo message"]);
  });

  test("`forget` erases copies, timers and schedules", async () => {
    const { says, store, bot } = make();
    for (const body of ["ask", "wait", "schedule"]) await says(body);
    expect((await store.stats()).timers).toBe(2);
    await says("forget");
    expect((await store.stats()).timers).toBe(0);
    expect(await bot.nextDue()).toBe(undefined);
  });

  test("the host raises events, for contacts that never wrote too", async () => {
    const { bot, settle, api, inspect } = make();
    await bot.trigger("+1 (650) 555-1234", "ready", { number: "17" });
    await settle();
    expect(logOf(await inspect())).toEqual([expect.stringMatching(/^event\/ready/), expect.stringMatching(/^refused/)]);
    // Free-form text to someone who never wrote is refused by the window.
    expect(api.requests).toMatchObject([{ to: ANA, type: "template" }]);
    await expect(bot.trigger(ANA, "unknown", {})).rejects.toThrow("no flow has `on event unknown`");
    await expect(bot.trigger(ANA, "ready", { number: 17 })).rejects.toThrow("event `ready`: `number` must be a text");
    await expect(bot.trigger(ANA, "ready", { number: "17", name: "x" })).rejects.toThrow("has no `name`");
    await expect(bot.trigger("ana", "ready", { number: "17" })).rejects.toThrow("a phone number or");
  });

  test("what the program schedules for itself, the host cannot raise", async () => {
    const trigger = { on: { kind: "scheduled", name: "ready", params: ["number"] }, state: "start" } as const;
    const { main } = machine.flows;
    if (!main) throw new Error("the fake machine has a flow");
    const scheduling = { ...machine, flows: { main: { ...main, triggers: [trigger] } } };
    const { bot } = rig({ store: create(), machine: scheduling });
    await expect(bot.trigger(ANA, "ready", { number: "17" })).rejects.toThrow("no flow has `on event ready`");
  });

  test("the host gives a chat back, of a contact that is known", async () => {
    const { bot, says, settle, api } = make();
    await expect(bot.release(ANA)).rejects.toThrow("nobody of this name");
    await says("hi");
    await bot.release(ANA);
    await settle();
    expect(api.texts()).toEqual(["echo hi", "released"]);
  });

  test("a bot that is made anew on a store knows what the one before did", async () => {
    const store = create();
    const first = rig({ store });
    await first.says("hi", "wamid.1");
    await first.bot.stop();
    const second = rig({ store, clock: first.clock, api: first.api });
    await second.says("hi", "wamid.1");
    await second.says("ho", "wamid.2");
    expect(logOf(await second.inspect())).toEqual(["wamid.1", "wamid.2"]);
    expect(first.api.texts()).toEqual(["echo hi", "echo ho"]);
  });
});

test("logs hold no text, number, name, id of a contact or token", async () => {
  const { says, bot, lines, inspect, receive, clock, api } = rig({
    pay: () => {
      throw new Error("card 4111 of Ana");
    },
  });
  api.script.push({ do: "error", code: 131_000, http: 500 }, { do: "error", code: 190, http: 401 });
  for (const body of ["boom", "act", "secret words"]) await says(body);
  await receive({ contacts: CONTACTS, messages: [text("x", clock.now() - 1e10, "secret words")] });
  await bot.stop();
  const id = (await inspect())?.contact.id ?? "-";
  const log = lines.join("\n");
  expect(lines.length).toBeGreaterThan(3);
  for (const secret of ["secret words", ANA, "Ana", "4111", "token", "wamid", id]) expect(log).not.toContain(secret);
});

test("a logger that throws does not disturb the bot", async () => {
  const fail = (): never => {
    throw new Error("theirs");
  };
  const { says, api } = rig({ more: { logger: { debug: fail, info: fail, warn: fail, error: fail } } });
  for (const body of ["boom", "hi"]) await says(body);
  expect(api.texts()).toEqual(["Sorry", "echo hi"]);
});

test("a bot that was stopped takes no webhook, so that WhatsApp keeps it", async () => {
  const { bot, says, receive, clock, store } = rig();
  await says("hi");
  await bot.stop();
  expect(await receive({ contacts: CONTACTS, messages: [text("x", clock.now(), "ho")] })).toBe(503);
  expect((await store.stats()).dedupe).toBe(1);
});

test("a listener that throws does not disturb the bot", async () => {
  const { bot, says, api, lines } = rig();
  bot.on(() => {
    throw new Error("theirs");
  });
  await says("hi");
  expect(api.texts()).toEqual(["echo hi"]);
  expect(lines.some((line) => line.includes("a listener failed"))).toBe(true);
});

import { afterEach, describe, expect, test } from "vitest";
import { createEmulator, createShiftedClock, createVirtualClock, realClock } from "../src/index.ts";
import { type EmulatorServer, serveEmulator } from "../src/node.ts";
import { ANA, BUTTONS, harness, START, text } from "./harness.ts";

describe("the control API", () => {
  test("makes contacts and lists them", async () => {
    const { control } = harness();
    const made = await control("POST", "/contacts", { name: "Bo", username: "bo" });
    expect(made.body).toMatchObject({ id: expect.stringMatching(/^IT\./), name: "Bo", hidden: true });
    expect((await control("GET", "/contacts")).body.contacts).toHaveLength(2);
    expect((await control("GET", `/contacts/${made.body.id}`)).body.username).toBe("bo");
  });

  test.each([
    [{ type: "text", text: "hi" }, { type: "text" }],
    [{ type: "tap", option: "Large" }, { type: "interactive" }],
    [
      { type: "location", latitude: 1.5, longitude: 2 },
      { type: "location", location: { latitude: 1.5, longitude: 2 } },
    ],
    [
      { type: "image", caption: "me" },
      { type: "image", image: { caption: "me" } },
    ],
    [
      { type: "audio", voice: true },
      { type: "audio", audio: { voice: true } },
    ],
    [{ type: "contacts", contacts: [{ name: { formatted_name: "Bo" } }] }, { type: "contacts" }],
    [
      { type: "order", items: [{ product_retailer_id: "a", quantity: 1, item_price: 2, currency: "EUR" }] },
      { type: "order" },
    ],
    [
      { type: "reaction", emoji: "👍" },
      { type: "reaction", reaction: { emoji: "👍" } },
    ],
    [
      { type: "ad", id: "123", text: "I saw it" },
      { type: "text", text: { body: "I saw it" } },
    ],
  ])("a user does %j", async (action, message) => {
    const { ana, api, control, emulator, messages } = harness();
    ana.says("hello");
    await api(BUTTONS);
    await emulator.settle();
    expect((await control("POST", `/contacts/${ANA}/messages`, action)).status).toBe(200);
    await emulator.settle();
    expect(messages().at(-1)?.message).toMatchObject(message);
  });

  test.each([
    ["POST", `/contacts/${ANA}/messages`, { type: "text" }, 400, '"text" is missing'],
    ["POST", `/contacts/${ANA}/messages`, { type: "dance" }, 400, '"type" must be one of'],
    ["POST", `/contacts/${ANA}/messages`, { type: "tap", option: "x" }, 400, 'has an option "x"'],
    ["POST", "/contacts/1234/messages", { type: "text", text: "x" }, 404, "there is no contact 1234"],
    ["POST", "/contacts", { phone: "abc" }, 400, '"abc" is no phone number'],
    ["POST", "/contacts", { phone: ANA }, 400, "there is a contact"],
    ["POST", "/faults", { kind: "fire" }, 400, '"kind" must be one of'],
    ["POST", "/clock", { advance: "soon" }, 400, "must be milliseconds, or a duration"],
    ["GET", "/nothing", undefined, 404, "no GET /_emulator/nothing"],
    ["GET", "/contacts/%E0%A4%A", undefined, 404, "there is no contact %E0%A4%A"],
    ["POST", "/clock", { advance: 1e300 }, 400, '"advance" is longer than a hundred years'],
  ] as const)("%s %s with %j is refused in words", async (method, path, body, status, message) => {
    const { control } = harness();
    const answer = await control(method, path, body);
    expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringContaining(message)]);
  });

  test("the history after a change holds what changed since, ticks too", async () => {
    const { ana, api, control, emulator } = harness({ delays: { sent: 0, delivered: 0, read: 5000 } });
    ana.says("hi");
    await api(text("hello"));
    await emulator.settle();
    const first = (await control("GET", `/contacts/${ANA}/history`)).body;
    expect(first.bubbles.map((bubble: { text: string }) => bubble.text)).toEqual(["hi", "hello"]);
    expect((await control("GET", `/contacts/${ANA}/history?after=${first.after}`)).body.bubbles).toEqual([]);
    await emulator.advance(5000);
    const second = (await control("GET", `/contacts/${ANA}/history?after=${first.after}`)).body;
    expect(second.bubbles).toMatchObject([{ n: 2, text: "hello", status: "read" }]);
  });

  test("the history waits for news when asked to", async () => {
    const { ana, control } = harness();
    const waiting = control("GET", `/contacts/${ANA}/history?after=0&wait=10000`);
    await Promise.resolve();
    ana.says("news");
    expect((await waiting).body.bubbles).toMatchObject([{ text: "news" }]);
  });

  test("the clock goes forward, and what falls due happens at its time", async () => {
    const { control, ana, emulator, messages } = harness();
    emulator.inject({ kind: "late", ms: 60_000 });
    ana.says("hi");
    const { body } = await control("POST", "/clock", { advance: "1h30m" });
    expect(body).toEqual({ now: START + 5_400_000, iso: "2026-01-05T10:30:00.000Z", advanceable: true });
    expect(messages()).toHaveLength(1);
  });

  test("the real clock does not go forward", async () => {
    const emulator = createEmulator({ clock: realClock });
    const request = new Request("http://localhost/_emulator/clock", { method: "POST", body: '{"advance":1}' });
    expect((await emulator.fetch(request)).status).toBe(409);
  });

  test("faults are injected, listed and cleared", async () => {
    const { control } = harness();
    await control("POST", "/faults", { kind: "late", ms: "3h" });
    expect((await control("GET", "/faults")).body.faults).toEqual([{ kind: "late", ms: 10_800_000, times: 1 }]);
    expect((await control("DELETE", "/faults")).body.faults).toEqual([]);
  });

  test("templates are added and change state", async () => {
    const { control, emulator } = harness();
    const template = { name: "hi", language: "en", category: "UTILITY", components: [{ type: "BODY", text: "Hi" }] };
    await control("POST", "/templates", template);
    await control("POST", "/templates", { ...template, status: "PAUSED" });
    expect(emulator.templates()).toMatchObject([{ ...template, status: "PAUSED" }]);
  });

  test("a webhook is set where it verifies", async () => {
    const { control } = harness();
    const hook = { url: "https://bot.example/other", appSecret: "s", verifyToken: "verify-me" };
    expect((await control("PUT", "/webhook", hook)).status).toBe(200);
    expect((await control("PUT", "/webhook", { ...hook, verifyToken: "no" })).status).toBe(409);
    expect((await control("GET", "")).body).toMatchObject({ webhook: hook.url, phoneNumberId: "106540352242922" });
  });

  test("the log has both directions", async () => {
    const { ana, api, control, emulator } = harness();
    ana.says("hi");
    await emulator.settle();
    await api(text(""));
    const { log } = (await control("GET", "/log")).body;
    expect(log).toMatchObject([
      { n: 1, kind: "webhook", status: 200, attempt: 1 },
      { n: 2, kind: "api", status: 400, request: { type: "text" }, response: { error: { code: 131009 } } },
    ]);
  });
});

describe("clocks", () => {
  test("a virtual clock runs each timer at its own time, in order", () => {
    const clock = createVirtualClock(1000);
    const ran: [string, number][] = [];
    clock.setTimeout(() => ran.push(["b", clock.now()]), 20);
    clock.setTimeout(() => {
      ran.push(["a", clock.now()]);
      clock.setTimeout(() => ran.push(["c", clock.now()]), 5);
    }, 10);
    clock.clearTimeout(clock.setTimeout(() => ran.push(["never", clock.now()]), 1));
    expect(clock.nextDue()).toBe(1010);
    clock.advanceTo(1030);
    expect(ran).toEqual([
      ["a", 1010],
      ["c", 1015],
      ["b", 1020],
    ]);
    expect(clock.now()).toBe(1030);
  });

  test("a shifted clock is put forward on top of the real one", async () => {
    const clock = createShiftedClock();
    const before = Date.now();
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, 3_600_000);
      clock.advanceTo(clock.now() + 3_600_000);
    });
    expect(clock.now() - before).toBeGreaterThanOrEqual(3_600_000);
    await new Promise<void>((resolve) => {
      clock.setTimeout(resolve, 5);
    });
  });
});

describe("over HTTP", () => {
  let server: EmulatorServer | undefined;
  afterEach(() => server?.close());

  test("a client talks to it as to graph.facebook.com", async () => {
    const { emulator, ana } = harness({ delivery: "automatic" });
    server = await serveEmulator(emulator);
    ana.says("hi");
    const response = await fetch(`${server.url}/v23.0/${emulator.phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: "Bearer token", "content-type": "application/json" },
      body: JSON.stringify(text("Grüße")),
    });
    expect(response.status).toBe(200);
    const history = await fetch(`${server.url}/_emulator/contacts/${ANA}/history`);
    expect(await history.json()).toMatchObject({ bubbles: [{ text: "hi" }, { text: "Grüße" }] });
  });

  test("a cut connection is cut", async () => {
    const { emulator } = harness();
    server = await serveEmulator(emulator);
    emulator.inject({ kind: "drop", accepted: false });
    await expect(fetch(`${server.url}/v23.0/1/messages`, { method: "POST", body: "{}" })).rejects.toThrow();
  });
});

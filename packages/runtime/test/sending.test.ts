/** Messages of the host, statuses told, order, the number's stop, rates, prompts of the past, people in the chat. */
import { describe, expect, test } from "vitest";
import { ArgumentError, ConfigError, WindowClosedError } from "../src/errors.ts";
import { sendingOf } from "../src/outbox/sending.ts";
import { isStale } from "../src/outbox/stale.ts";
import { type Rig, rig } from "./support/rig.ts";
import { ANA, message, NUMBER, post, sender, status, text, webhook } from "./support/webhooks.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HELLO = { type: "text", text: { body: "hello" } } as const;
const TEMPLATE = { type: "template", template: { name: "t", language: { code: "en" } } } as const;

async function statusOf(r: Rig, wamid: string, of: string, more: object = {}): Promise<void> {
  await r.receive({ statuses: [status(wamid, r.clock.now(), of, more)] });
  await r.settle();
}

describe("a message of the host", () => {
  test("goes out behind what waits, and its statuses are told with its id", async () => {
    const r = rig();
    await r.says("two");
    expect(await r.bot.send(ANA, HELLO, { id: "order 7" })).toBe("order 7");
    await r.settle();
    expect(r.api.texts()).toEqual(["one", "two", "hello"]);
    await statusOf(r, "wamid.out3", "delivered");
    expect(r.events.filter(({ kind }) => kind === "sent" || kind === "status").slice(-2)).toMatchObject([
      { kind: "sent", of: "host/order 7", wamid: "wamid.out3" },
      { kind: "status", of: "host/order 7", wamid: "wamid.out3", ask: null, status: "delivered" },
    ]);
    expect(await r.bot.status("wamid.out3")).toMatchObject({ of: "host/order 7", state: "delivered", error: null });
    expect(await r.bot.status("wamid.unknown")).toBeNull();
  });

  test("with an id that was sent before is not sent again", async () => {
    const r = rig();
    await r.says("hi");
    for (let n = 0; n < 3; n++) await r.bot.send(ANA, HELLO, { id: "once" });
    await r.bot.send(ANA, HELLO);
    await r.settle();
    expect(r.api.texts()).toEqual(["echo hi", "hello", "hello"]);
  });

  test("is refused where the window is closed or WhatsApp would not take it, and templates go to anybody", async () => {
    const r = rig();
    await expect(r.bot.send(ANA, HELLO)).rejects.toThrow(ArgumentError);
    await r.says("hi");
    await expect(r.bot.send(ANA, { type: "text", text: { body: "" } })).rejects.toThrow(ArgumentError);
    await expect(r.bot.send(ANA, HELLO, { ttlMs: 5 })).rejects.toThrow("ttlMs");
    r.clock.advance(24 * HOUR - 5 * MINUTE);
    await expect(r.bot.send(ANA, HELLO)).rejects.toThrow(WindowClosedError);
    await r.bot.send(ANA, TEMPLATE);
    await r.bot.send("16505550000", TEMPLATE);
    await r.settle();
    expect(r.api.accepted.slice(1).map(({ request }) => [request.type, request.to])).toEqual([
      ["template", ANA],
      ["template", "16505550000"],
    ]);
  });

  test("that fails is told to listeners and not to the conversation", async () => {
    const r = rig();
    await r.says("hi");
    const turn = (await r.inspect())?.turn;
    r.api.script.push({ do: "error", code: 131_026, http: 400 });
    await r.bot.send(ANA, HELLO, { id: "x" });
    await r.settle();
    expect(r.events.at(-1)).toMatchObject({ kind: "send-failed", of: "host/x", code: 131_026, final: true });
    expect((await r.inspect())?.turn).toBe(turn);
  });

  test("is given up when its own time is over, and not sent late", async () => {
    const r = rig();
    await r.says("hi");
    r.api.script.push({ do: "error", code: 190, http: 401 });
    await r.bot.send(ANA, HELLO, { id: "code", ttlMs: MINUTE });
    await r.settle();
    await r.advance(10 * MINUTE);
    expect(r.api.texts()).toEqual(["echo hi"]);
    expect(r.events.at(-1)).toMatchObject({ kind: "send-failed", of: "host/code", final: true });
  });

  test("at most once where it says so", async () => {
    const r = rig();
    await r.says("hi");
    r.api.script.push({ do: "reset" });
    await r.bot.send(ANA, HELLO, { id: "pay", policy: "atMostOnce" });
    await r.settle();
    await r.advance(10 * MINUTE);
    expect(r.api.requests.length).toBe(2);
    expect(r.events.at(-1)).toMatchObject({
      kind: "send-failed",
      of: "host/pay",
      code: null,
      final: true,
      unknown: "m-2",
    });
  });
});

describe("statuses", () => {
  test("are told where they say something new, with the ask and the error", async () => {
    const r = rig();
    await r.says("ask");
    for (const of of ["sent", "sent", "read", "delivered"]) await statusOf(r, "wamid.out1", of);
    await r.says("hi");
    await statusOf(r, "wamid.out2", "failed", { errors: [{ code: 131_026, title: "Message undeliverable" }] });
    const told = r.events.flatMap((event) => (event.kind === "status" ? [[event.ask, event.status, event.error]] : []));
    expect(told).toEqual([
      ["main.start", "sent", undefined],
      ["main.start", "read", undefined],
      [null, "failed", 131_026],
    ]);
    expect(await r.bot.status("wamid.out2")).toMatchObject({ state: "failed", error: 131_026 });
  });
});

describe("where order matters", () => {
  const more = { sending: { order: "delivered" } } as const;

  test("a message waits until the one before is on the phone", async () => {
    const r = rig({ more });
    await r.says("two");
    expect(r.api.texts()).toEqual(["one"]);
    await statusOf(r, "wamid.out1", "sent");
    expect(r.api.texts()).toEqual(["one"]);
    await statusOf(r, "wamid.out1", "delivered");
    expect(r.api.texts()).toEqual(["one", "two"]);
  });

  test("10 seconds at most, and not for one that failed", async () => {
    const r = rig({ more });
    await r.says("two");
    await r.advance(9_999);
    expect(r.api.texts()).toEqual(["one"]);
    await r.advance(1);
    expect(r.api.texts()).toEqual(["one", "two"]);
    const failing = rig({ more });
    await failing.says("two");
    await statusOf(failing, "wamid.out1", "failed", { errors: [{ code: 131_000 }] });
    expect(failing.api.texts()).toContain("two");
  });
});

describe("a number that cannot send", () => {
  test.each([190, 368, 131_031])(
    "after %d one message tries again, and when it is taken the rest follows",
    async (code) => {
      const r = rig();
      r.api.script.push({ do: "error", code, http: 401 }, { do: "error", code, http: 401 });
      await r.says("hi");
      for (const waId of ["16505550001", "16505550002"])
        await r.receive({ contacts: [sender({ waId })], messages: [text(waId, r.clock.now(), "ho", { waId })] });
      await r.advance(5 * MINUTE);
      expect(r.api.requests.length).toBe(2);
      await r.advance(5 * MINUTE);
      expect(r.api.accepted.length).toBe(3);
      const told = r.events.flatMap((event) => (event.kind === "number" ? [[event.state, event.code]] : []));
      expect(told).toEqual([
        ["stopped", code],
        ["sending", null],
      ]);
    },
  );

  test("is stopped by a status as well, but not by an old one", async () => {
    const failed = { errors: [{ code: 131_042, title: "payment" }] };
    const r = rig();
    await r.says("hi");
    r.clock.advance(HOUR);
    await r.receive({ statuses: [status("wamid.out1", r.clock.now() - HOUR, "failed", failed)] });
    expect(r.events.some(({ kind }) => kind === "number")).toBe(false);
    await r.receive({ statuses: [status("wamid.out1", r.clock.now(), "failed", failed)] });
    expect(r.events.some(({ kind }) => kind === "number")).toBe(true);
  });
});

describe("rates", () => {
  test("more than WhatsApp takes for one user waits for its turn, in order", async () => {
    const r = rig();
    await r.says("hi");
    for (let n = 1; n <= 46; n++) await r.bot.send(ANA, { type: "text", text: { body: `${n}` } });
    await r.settle();
    expect(r.api.accepted.length).toBe(45);
    await r.advance(6_000);
    expect(r.api.accepted.length).toBe(46);
    await r.advance(6_000);
    expect(r.api.texts().slice(1)).toEqual(Array.from({ length: 46 }, (_, n) => `${n + 1}`));
  });

  test("a bot that is not paced waits for nothing but refusals", async () => {
    const r = rig({ more: { sending: { paced: false, perSecond: 1 } } });
    await r.says("hi");
    for (let n = 1; n <= 60; n++) await r.bot.send(ANA, HELLO);
    await r.settle();
    expect(r.api.accepted.length).toBe(61);
  });

  test("what an earlier process sent counts after a restart", async () => {
    const r = rig();
    await r.says("hi");
    for (let n = 1; n <= 44; n++) await r.bot.send(ANA, HELLO);
    await r.settle();
    const again = rig({ store: r.store, clock: r.clock, api: r.api });
    await again.bot.send(ANA, HELLO);
    await again.settle();
    expect(r.api.accepted.length).toBe(45);
    await again.advance(6_000);
    expect(r.api.accepted.length).toBe(46);
  });

  test("no more messages a second than the number may send, and after 130429 half of them", async () => {
    const r = rig({ more: { sending: { perSecond: 10 } } });
    for (let n = 0; n < 20; n++) await r.bot.send(`1650555${1000 + n}`, TEMPLATE);
    await r.settle();
    expect(r.api.accepted.length).toBe(10);
    await r.advance(100);
    expect(r.api.accepted.length).toBe(11);
    r.api.script.push({ do: "error", code: 130_429, http: 400 });
    await r.advance(100);
    await r.advance(200);
    expect(r.api.accepted.length).toBe(12);
    for (let n = 0; n < 20; n++) await r.advance(1_000);
    expect(r.api.accepted.length).toBe(20);
  });
});

describe("a prompt whose conversation has moved on", () => {
  const row = { ask: "main.start", conversation: "abc123", turn: 3 };
  const frames = [{ flow: "main", at: "main.start", vars: {} }];
  const wait = { kind: "ask", id: "main.start", turn: 3, sentAt: 0, locale: "en", wrong: 0, afters: 0 } as const;

  test("is one of another conversation, of none, or of an earlier wait", async () => {
    const r = rig();
    await r.says("ask");
    const snapshot = await r.inspect();
    if (!snapshot) throw new Error("no snapshot");
    const at = (conversation: NonNullable<typeof snapshot.conversation> | null) =>
      isStale(row, { ...snapshot, conversation });
    expect(at({ id: "abc123", frames, wait })).toBe(false);
    expect(at({ id: "abc123", frames, wait: { ...wait, turn: 4 } })).toBe(true);
    expect(at({ id: "abc124", frames, wait })).toBe(true);
    expect(at({ id: "abc123", frames, wait: { kind: "action", id: "a", turn: 4 } })).toBe(true);
    expect(at(null)).toBe(true);
    expect(isStale({ ...row, ask: null }, null)).toBe(false);
  });

  test("is not sent again", async () => {
    const r = rig();
    r.api.script.push({ do: "error", code: 131_000, http: 500 });
    await r.says("ask");
    await r.says("act");
    await r.advance(MINUTE);
    expect(r.api.texts()).not.toContain("which?");
    expect((await r.store.stats()).sends).toMatchObject({ dropped: 1 });
  });
});

test("what a message said is not kept when it was sent", async () => {
  const r = rig();
  await r.says("hi");
  const bodies: unknown[] = [];
  await r.store.ingest([{ now: r.clock.now(), find: { by: "send", wamid: "wamid.out1" } }], {
    run: (_index, { send }) => {
      bodies.push(send?.body);
      return { writes: [], result: null };
    },
    poison: () => ({ writes: [], result: null }),
  });
  expect(bodies).toEqual([{ kind: "gone" }]);
});

test("an echo of the business app is one event of its contact, once, also of one who never wrote", async () => {
  const r = rig();
  const metadata = { display_phone_number: "15550783881", phone_number_id: NUMBER };
  const echo = {
    ...message("wamid.app1", r.clock.now(), { type: "text", text: { body: "Hi" } }),
    from: "15550783881",
    to: ANA,
  };
  const body = webhook({
    field: "smb_message_echoes",
    value: { messaging_product: "whatsapp", metadata, message_echoes: [echo] },
  });
  for (let n = 0; n < 2; n++) expect((await r.bot.fetch(post(body))).status).toBe(200);
  await r.settle();
  const turns = r.events.flatMap((event) => (event.kind === "turn" ? [event.event] : []));
  expect(turns).toEqual(["echo"]);
});

test.each([
  ["there is no `sending.speed`", { speed: 1 }],
  ["`sending.settleMs` must be a whole number from 1000 to 86400000", { settleMs: 10 }],
  ["`sending.perSecond` must be a whole number from 1 to 1000", { perSecond: 1.5 }],
  ["`sending.paced` must be true or false", { paced: 1 }],
  ["`sending.order` must be `accepted` or `delivered`", { order: "any" }],
])("a bot is not made where %s", (message, sending) => {
  expect(() => sendingOf(sending as never)).toThrow(ConfigError);
  expect(() => sendingOf(sending as never)).toThrow(message);
});

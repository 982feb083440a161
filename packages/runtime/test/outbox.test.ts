import { describe, expect, test } from "vitest";
import type { BotEvent } from "../src/types.ts";
import { logOf } from "./support/fake-step.ts";
import { type Rig, rig } from "./support/rig.ts";
import { ANA, sender, status, text } from "./support/webhooks.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function failures(events: readonly BotEvent[]): readonly unknown[] {
  return events.flatMap((event) => (event.kind === "send-failed" ? [[event.code, event.final]] : []));
}

/** Lets time pass until nothing is planned or `limit` is over. */
async function drain(r: Rig, limit: number): Promise<void> {
  const end = r.clock.now() + limit;
  await r.settle();
  for (let due = await r.bot.nextDue(); due !== undefined && due <= end; due = await r.bot.nextDue())
    await r.advance(Math.max(0, due - r.clock.now()));
}

describe("refusals that pass", () => {
  test.each([
    ["130429", { do: "error", code: 130_429, http: 400 }],
    ["131056", { do: "error", code: 131_056, http: 400 }],
    ["131000", { do: "error", code: 131_000, http: 500 }],
    ["131016", { do: "error", code: 131_016, http: 503 }],
    ["429 of a gateway", { do: "raw", http: 429, body: "slow down" }],
    ["a refused connection", { do: "refuse-connection" }],
  ] as const)("after %s the message is sent again, and what follows waits for it", async (_name, behaviour) => {
    const r = rig();
    r.api.script.push(behaviour, behaviour, behaviour);
    await r.says("two");
    expect(r.api.texts()).toEqual([]);
    await drain(r, 10 * MINUTE);
    expect(r.api.texts()).toEqual(["one", "two"]);
    expect(r.api.requests.length).toBe(5);
    expect(failures(r.events).every((failure) => Array.isArray(failure) && failure[1] === false)).toBe(true);
    expect(r.api.requests.map((request) => request.biz_opaque_callback_data)).toEqual([
      "v1.m-1.1",
      "v1.m-1.2",
      "v1.m-1.3",
      "v1.m-1.4",
      "v1.m-2.1",
    ]);
  });

  test("the pauses grow, for the pair limit by the power of four", async () => {
    for (const [code, least] of [
      [131_000, [1, 2, 4, 8]],
      [131_056, [1, 4, 16, 64]],
    ] as const) {
      const r = rig();
      for (let n = 0; n < 4; n++) r.api.script.push({ do: "error", code, http: 400 });
      await r.says("hi");
      const pauses: number[] = [];
      for (let due = await r.bot.nextDue(); due !== undefined; due = await r.bot.nextDue()) {
        pauses.push((due - r.clock.now()) / 1_000);
        await r.advance(due - r.clock.now());
      }
      expect(pauses.length).toBe(4);
      pauses.forEach((pause, n) => {
        expect(pause).toBeGreaterThanOrEqual(least[n] ?? 0);
        expect(pause).toBeLessThanOrEqual((least[n] ?? 0) * 1.5);
      });
    }
  });

  test("a message that cannot be sent for a day is given up, and the conversation hears of it", async () => {
    const r = rig();
    for (let n = 0; n < 200; n++) r.api.script.push({ do: "error", code: 131_000, http: 500 });
    await r.bot.trigger(ANA, "ready", { number: "1" });
    await r.says("promo");
    await drain(r, 25 * HOUR);
    expect(failures(r.events)).toContainEqual([131_000, true]);
    expect(r.events.some((event) => event.kind === "turn" && event.event === "refused")).toBe(true);
  });
});

describe("refusals for good", () => {
  test("131047 closes the window: the rest of the turn is dropped and the flow takes its way", async () => {
    const r = rig();
    r.api.script.push({ do: "error", code: 131_047, http: 400 });
    await r.says("two");
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["template"]);
    expect((await r.store.stats()).sends).toEqual({ failed: 1, dropped: 1, accepted: 1 });
    expect(failures(r.events)).toEqual([[131_047, true]]);
  });

  test.each([
    [131_026, "undeliverable"],
    [131_009, "failed"],
    [131_048, "failed"],
    [999_999, "failed"],
  ] as const)("after %d the turn's other messages go on and the flow hears `%s`", async (code, reason) => {
    const r = rig();
    r.api.script.push({ do: "error", code, http: 400 });
    await r.says("two");
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["text", "template"]);
    expect(logOf(await r.inspect())).toEqual(["wamid.in1", "refused/m-1/1"]);
    expect((await r.inspect())?.profile["refused"]).toEqual({ turn: 1, reason, of: "main.say" });
  });

  test("an expired token stops the number, not the messages: they go out when it works again", async () => {
    const r = rig();
    r.api.script.push({ do: "error", code: 190, http: 401 });
    await r.says("hi");
    await r.says("ho");
    expect(r.api.requests.length).toBe(1);
    expect(r.lines.some((line) => line.startsWith("error the number cannot send"))).toBe(true);
    await drain(r, 6 * MINUTE);
    expect(r.api.texts()).toEqual(["echo hi", "echo ho"]);
  });
});

describe("the window", () => {
  test("is looked at when a message's turn comes, not when it was written", async () => {
    const r = rig();
    r.api.script.push({ do: "error", code: 190, http: 401 });
    await r.says("two");
    r.clock.advance(24 * HOUR - 5 * MINUTE);
    await r.settle();
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["template"]);
    expect((await r.store.stats()).sends).toMatchObject({ dropped: 2 });
    expect(r.events.some((event) => event.kind === "turn" && event.event === "refused")).toBe(true);
  });

  test("is open up to the margin", async () => {
    const r = rig();
    r.api.script.push({ do: "error", code: 190, http: 401 });
    await r.says("hi");
    r.clock.advance(24 * HOUR - 5 * MINUTE - 1);
    await r.settle();
    expect(r.api.texts()).toEqual(["echo hi"]);
  });

  test("counts from the user's own time, not from when the message came", async () => {
    const r = rig();
    const late = text("late", r.clock.now() - 24 * HOUR, "hi");
    await r.receive({ contacts: [sender({ waId: ANA })], messages: [late] });
    await r.settle();
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["template"]);
  });

  test("does not bind templates", async () => {
    const r = rig();
    await r.bot.trigger(ANA, "ready", { number: "1" });
    await r.settle();
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["template"]);
  });
});

describe("in doubt", () => {
  const doubtful = [
    ["the connection breaks", { do: "accept-then-reset" }],
    ["a gateway answers 502", { do: "raw", http: 502, body: "<html>" }],
    ["the answer makes no sense", { do: "raw", http: 200, body: "ok" }],
  ] as const;

  test.each(doubtful)("when %s a status settles it, and nothing is sent twice", async (_name, behaviour) => {
    const r = rig();
    r.api.script.push(behaviour);
    await r.says("two");
    expect(r.api.requests.length).toBe(1);
    const callback = { biz_opaque_callback_data: r.api.requests[0]?.biz_opaque_callback_data };
    await r.receive({ statuses: [status("wamid.real", r.clock.now(), "sent", callback)] });
    await drain(r, 5 * MINUTE);
    expect(r.api.requests.map((request) => request.type === "text" && request.text.body)).toEqual(["one", "two"]);
    expect(r.events.filter(({ kind }) => kind === "sent")).toMatchObject([{ wamid: "wamid.real" }, {}]);
  });

  test("without a status it is sent again after 90 seconds, and what follows waits so long", async () => {
    const r = rig();
    r.api.script.push({ do: "reset" });
    await r.says("two");
    expect(await r.bot.nextDue()).toBe(r.clock.now() + 90_000);
    await r.advance(89_999);
    expect(r.api.requests.length).toBe(1);
    await r.advance(1);
    expect(r.api.texts()).toEqual(["one", "two"]);
  });

  test("without a status marketing is given up, not sent twice", async () => {
    const r = rig();
    r.api.script.push({ do: "accept-then-reset" });
    await r.says("promo");
    await r.says("hi");
    await drain(r, 10 * MINUTE);
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["template", "text"]);
    expect((await r.store.stats()).sends).toEqual({ unknown: 1, accepted: 1 });
    expect(failures(r.events)).toEqual([[null, true]]);
  });

  test("a request that is never answered is in doubt after 30 seconds", async () => {
    const r = rig();
    const hanging: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
        r.clock.advance(30_000);
      });
    const stuck = rig({ store: r.store, clock: r.clock, more: { fetch: hanging } });
    await stuck.says("hi");
    expect((await stuck.store.stats()).sends).toEqual({ doubt: 1 });
  });

  test("a status of the first attempt that comes while the second is under way settles it; the copy is counted", async () => {
    const r = rig();
    r.api.script.push({ do: "accept-then-reset" }, { do: "hold" });
    await r.says("hi");
    r.clock.advance(90_000);
    const settled = r.settle();
    while (r.api.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const callback = { biz_opaque_callback_data: "v1.m-1.1" };
    await r.receive({ statuses: [status("wamid.out1", r.clock.now(), "delivered", callback)] });
    r.api.release();
    await settled;
    expect((await r.store.stats()).sends).toEqual({ delivered: 1 });
    expect(r.lines.some((line) => line.includes("a message was sent twice"))).toBe(true);
  });
});

describe("statuses", () => {
  const callback = { biz_opaque_callback_data: "v1.m-1.1" };
  const failed = { errors: [{ code: 131_026, title: "Message undeliverable" }] };

  test("move a message forward, in whatever order and however often they come", async () => {
    const r = rig();
    await r.says("hi");
    for (const [of, state] of [
      ["delivered", "delivered"],
      ["sent", "delivered"],
      ["delivered", "delivered"],
      ["read", "read"],
      ["sent", "read"],
      ["failed", "read"],
    ] as const) {
      expect(await r.receive({ statuses: [status("wamid.out1", r.clock.now(), of)] })).toBe(200);
      expect((await r.store.stats()).sends).toEqual({ [state]: 1 });
    }
  });

  test("`failed` after the message was accepted tells the conversation, once", async () => {
    const r = rig();
    await r.says("hi");
    for (let n = 0; n < 3; n++) await r.receive({ statuses: [status("wamid.out1", r.clock.now(), "failed", failed)] });
    await r.receive({ statuses: [status("wamid.out1", r.clock.now(), "sent", failed)] });
    await r.settle();
    expect(failures(r.events)).toEqual([[131_026, true]]);
    expect(r.api.accepted.map(({ request }) => request.type)).toEqual(["text", "template"]);
  });

  test("of a message whose answer is not there yet settle it", async () => {
    const r = rig();
    r.api.script.push({ do: "hold" });
    await r.receive({ contacts: [sender({ waId: ANA })], messages: [text("a", r.clock.now(), "two")] });
    const settled = r.settle();
    while (r.api.accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await r.receive({ statuses: [status("wamid.out1", r.clock.now(), "sent", callback)] });
    r.api.release();
    await settled;
    expect(r.api.texts()).toEqual(["one", "two"]);
    expect(r.events.filter(({ kind }) => kind === "sent").length).toBe(2);
    expect((await r.store.stats()).sends).toEqual({ sent: 1, accepted: 1 });
  });

  test("of other installations with the same number do nothing", async () => {
    const r = rig();
    r.api.script.push({ do: "reset" });
    await r.says("hi");
    const foreign = { biz_opaque_callback_data: "v1.other-1.1" };
    await r.receive({ statuses: [status("wamid.theirs", r.clock.now(), "read", foreign)] });
    expect((await r.store.stats()).sends).toEqual({ doubt: 1 });
  });
});

test("typing goes out before the answer, once, and its failure stops nothing", async () => {
  const r = rig();
  await r.says("typing");
  expect(r.api.reads).toEqual([
    { messaging_product: "whatsapp", status: "read", message_id: "wamid.in1", typing_indicator: { type: "text" } },
  ]);
  expect(r.api.texts()).toEqual(["typed"]);
  const broken = rig({
    more: {
      fetch: async (_input, init) => {
        if ((init as { readonly body: string }).body.includes("typing_indicator")) throw new TypeError("fetch failed");
        return r.api.fetch(_input, init);
      },
    },
  });
  await broken.says("typing");
  expect((await broken.store.stats()).sends).toEqual({ dropped: 1, accepted: 1 });
});

test("contacts do not wait for each other", async () => {
  const r = rig();
  r.api.script.push({ do: "reset" });
  await r.says("hi");
  const from = { waId: "16505550000" };
  await r.receive({ contacts: [sender(from)], messages: [text("b", r.clock.now(), "ho", from)] });
  await r.settle();
  expect(r.api.texts()).toEqual(["echo ho"]);
});

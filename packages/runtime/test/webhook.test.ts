import { createHmac } from "node:crypto";
import { expect, test, vi } from "vitest";
import type { Store } from "../src/store.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { logOf } from "./support/fake-step.ts";
import { rig } from "./support/rig.ts";
import { ANA, change, message, NUMBER, post, SECRET, sender, sign, status, text, webhook } from "./support/webhooks.ts";

const ANA_IS_HERE = [sender({ waId: ANA })];

function get(query: string): Request {
  return new Request(`http://bot.test/?${query}`);
}

test("the subscription is confirmed to who knows the verify token", async () => {
  const { bot } = rig();
  const good = await bot.fetch(get("hub.mode=subscribe&hub.verify_token=verify&hub.challenge=1158201444"));
  expect([good.status, await good.text()]).toEqual([200, "1158201444"]);
  const wrong = await bot.fetch(get("hub.mode=subscribe&hub.verify_token=guess&hub.challenge=1158201444"));
  expect([wrong.status, await wrong.text()]).toEqual([403, ""]);
  expect((await bot.fetch(get(""))).status).toBe(403);
  expect((await bot.fetch(new Request("http://bot.test/", { method: "DELETE" }))).status).toBe(405);
});

test.each([
  ["no signature", () => new Request("http://bot.test/", { method: "POST", body: webhook() })],
  ["another secret", () => post(webhook(), sign(webhook(), "guess"))],
  ["another body", () => post(webhook(), sign(`${webhook()} `))],
  ["SHA-1", () => post(webhook(), `sha1=${createHmac("sha1", SECRET).update(webhook()).digest("hex")}`)],
  ["no hex", () => post(webhook(), `sha256=${"z".repeat(64)}`)],
  ["a part of the signature", () => post(webhook(), sign(webhook()).slice(0, 40))],
])("a webhook with %s is refused and does nothing", async (_name, request) => {
  const { bot, store } = rig();
  expect((await bot.fetch(request())).status).toBe(401);
  expect((await store.stats()).contacts).toBe(0);
});

test("both secrets are valid while one is being replaced", async () => {
  const { bot, clock } = rig({ more: { appSecrets: ["new", "old"] } });
  for (const [secret, answer] of [
    ["new", 200],
    ["old", 200],
    ["older", 401],
  ] as const) {
    const body = webhook(change({ contacts: ANA_IS_HERE, messages: [text(`wamid.${secret}`, clock.now(), "hi")] }));
    expect((await bot.fetch(post(body, sign(body, secret)))).status).toBe(answer);
  }
});

test("the signature is over the bytes as they came, or over their escaped form", async () => {
  const { bot, clock, inspect } = rig();
  const body = webhook(change({ contacts: ANA_IS_HERE, messages: [text("wamid.1", clock.now(), "é 😀 / @ <b>")] }));
  expect((await bot.fetch(post(body))).status).toBe(200);
  const escaped = body.replaceAll("é", "\\u00e9").replaceAll("😀", "\\ud83d\\ude00").replace("wamid.1", "wamid.2");
  expect((await bot.fetch(post(escaped))).status).toBe(200);
  const unescaped = body.replace("wamid.1", "wamid.3");
  expect((await bot.fetch(post(unescaped, sign(escaped.replace("wamid.2", "wamid.3"))))).status).toBe(200);
  expect(logOf(await inspect())).toEqual(["wamid.1", "wamid.2", "wamid.3"]);
});

test("every entry, change, message and status of a webhook is taken", async () => {
  const { bot, clock, inspect, settle, api } = rig();
  const at = clock.now();
  const value = (...ids: readonly string[]) =>
    change({ contacts: ANA_IS_HERE, messages: ids.map((id) => text(id, at, id)) });
  const body = JSON.stringify({
    object: "whatsapp_business_account",
    entry: [
      { id: "1", changes: [value("a", "b"), value("c")] },
      { id: "1", changes: [value("d"), change({ statuses: [status("wamid.unknown", at, "read")] }), value("e")] },
    ],
  });
  expect((await bot.fetch(post(body))).status).toBe(200);
  expect(logOf(await inspect())).toEqual(["a", "b", "c", "d", "e"]);
  await settle();
  expect(api.texts()).toEqual(["echo a", "echo b", "echo c", "echo d", "echo e"]);
});

test("a message that is delivered again is stepped once", async () => {
  const { receive, clock, inspect, settle, api } = rig();
  const value = { contacts: ANA_IS_HERE, messages: [text("wamid.1", clock.now(), "hi")] };
  expect(await receive(value, value)).toBe(200);
  expect(await receive(value)).toBe(200);
  await Promise.all(Array.from({ length: 5 }, () => receive(value)));
  clock.advance(7 * 24 * 3_600_000);
  expect(await receive(value)).toBe(200);
  expect(logOf(await inspect())).toEqual(["wamid.1"]);
  await settle();
  expect(api.requests.length).toBe(1);
});

test.each([
  ["with nothing in it", "{}"],
  ["about something else", webhook({ field: "message_template_status_update", value: {} })],
  ["of another number", webhook(change({ messages: [text("wamid.0", 0, "hi")] })).replace(NUMBER, "777")],
])("a webhook %s does not keep later ones from being taken", async (_, body) => {
  const { bot, says, inspect } = rig();
  expect((await bot.fetch(post(body))).status).toBe(200);
  await says("hi", "wamid.1");
  expect(logOf(await inspect())).toEqual(["wamid.1"]);
});

test("a message that is older than the memory for duplicates is filed, not stepped", async () => {
  const { receive, clock, inspect, store, events } = rig();
  const old = text("wamid.old", clock.now() - 9 * 24 * 3_600_000, "hi");
  expect(await receive({ contacts: ANA_IS_HERE, messages: [old] })).toBe(200);
  expect(logOf(await inspect())).toEqual([]);
  expect((await store.stats()).filed).toBe(1);
  expect(events.map(({ kind }) => kind)).toEqual(["dead-letter"]);
});

test.each([
  ["a field that is not subscribed to", { field: "account_update", value: { event: "DISABLED_UPDATE" } }],
  ["a value without anything", change({})],
  ["errors of the account", change({ errors: [{ code: 131_000, title: "x" }] })],
  ["a message without an id", change({ messages: [{ type: "text", timestamp: "1" }] })],
  [
    "a message of nobody",
    change({ messages: [{ id: "x", type: "text", timestamp: "1700000000", text: { body: "x" } }] }),
  ],
  ["a change that is no object", 7 as unknown as object],
  [
    "a status of another system",
    change({ statuses: [status("wamid.x", 1_767_268_800_000, "read", { biz_opaque_callback_data: "v1.m-1.1" })] }),
  ],
])("a webhook with %s is answered 200 and does nothing", async (_name, part) => {
  const { bot, store } = rig();
  expect((await bot.fetch(post(webhook(part)))).status).toBe(200);
  const { contacts, sends } = await store.stats();
  expect({ contacts, sends }).toEqual({ contacts: 0, sends: {} });
});

test("a message of a kind that is not known is stepped as such", async () => {
  const { receive, clock, events } = rig();
  const poll = message("wamid.1", clock.now(), { type: "poll_2030", poll_2030: {} });
  expect(await receive({ contacts: ANA_IS_HERE, messages: [poll] })).toBe(200);
  expect(events.map((event) => event.kind)).toEqual(["turn"]);
});

test("messages of another number and of groups are not ours", async () => {
  const { bot, clock, receive, store } = rig();
  const other = webhook(change({ contacts: ANA_IS_HERE, messages: [text("a", clock.now(), "hi")] }, "999"));
  expect((await bot.fetch(post(other))).status).toBe(200);
  const group = { ...text("b", clock.now(), "hi"), group_id: "g" };
  expect(await receive({ contacts: ANA_IS_HERE, messages: [group] })).toBe(200);
  expect((await store.stats()).contacts).toBe(0);
});

test("a signed body that is no JSON is refused", async () => {
  const { bot } = rig();
  expect((await bot.fetch(post("{"))).status).toBe(400);
});

test("three megabytes are taken, much more is not", async () => {
  const { bot, clock } = rig();
  const body = webhook(
    change({ contacts: ANA_IS_HERE, messages: [text("wamid.1", clock.now(), "x".repeat(3 * 1024 * 1024))] }),
  );
  expect((await bot.fetch(post(body))).status).toBe(200);
  expect((await bot.fetch(post("x".repeat(5 * 1024 * 1024)))).status).toBe(413);
  const stream = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
  });
  const endless = new Request("http://bot.test/", { method: "POST", body: stream, duplex: "half" } as RequestInit);
  expect((await bot.fetch(endless)).status).toBe(413);
});

function failing(store: Store, broken: { now: boolean }): Store {
  return {
    ...store,
    ingest: (arrivals, handler) =>
      broken.now ? Promise.reject(new Error("disk full")) : store.ingest(arrivals, handler),
  };
}

test("while the store fails a webhook is answered 503, and taken when it is delivered again", async () => {
  const broken = { now: true };
  const { bot, clock, inspect } = rig({ store: failing(memoryStore(), broken) });
  const body = webhook(change({ contacts: ANA_IS_HERE, messages: [text("wamid.1", clock.now(), "hi")] }));
  const refused = await bot.fetch(post(body));
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  broken.now = false;
  expect((await bot.fetch(post(body))).status).toBe(200);
  expect(logOf(await inspect())).toEqual(["wamid.1"]);
});

test("200 is answered after the commit, not before", async () => {
  const inner = memoryStore();
  let commit = (): void => {};
  const gate = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const store: Store = {
    ...inner,
    ingest: async (arrivals, handler) => {
      await gate;
      return inner.ingest(arrivals, handler);
    },
  };
  const { receive, clock } = rig({ store });
  let answer: number | undefined;
  const answered = receive({ contacts: ANA_IS_HERE, messages: [text("a", clock.now(), "hi")] }).then((status) => {
    answer = status;
  });
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(answer).toBe(undefined);
  commit();
  await answered;
  expect(answer).toBe(200);
});

test("a full queue turns webhooks away, statuses before messages", async () => {
  // Signatures are checked on other threads: a busy machine takes its time, and only then is a webhook in the queue.
  const verify = vi.spyOn(crypto.subtle, "verify");
  const checked = async (count: number): Promise<void> => {
    const done = (): number => verify.mock.settledResults.filter(({ type }) => type !== "incomplete").length;
    while (done() < count) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const inner = memoryStore();
  let commit = (): void => {};
  const gate = new Promise<void>((resolve) => {
    commit = resolve;
  });
  const store: Store = { ...inner, ingest: (...args) => gate.then(() => inner.ingest(...args)) };
  const { receive, clock } = rig({ store });
  const many = (from: number) => ({
    contacts: ANA_IS_HERE,
    messages: Array.from({ length: 1_000 }, (_, index) =>
      text(`m${from + index}`, clock.now(), "nothing", { waId: `1650${from + index}` }),
    ),
  });
  const statuses = { statuses: [status("wamid.x", clock.now(), "read")] };
  const waiting = [receive(many(0)), receive(many(1_000)), receive(many(2_000)), receive(many(3_000))];
  await checked(4);
  expect(await receive(statuses)).toBe(503);
  waiting.push(receive(many(4_000)));
  await checked(6);
  expect(await receive(many(5_000))).toBe(503);
  commit();
  expect(await Promise.all(waiting)).toEqual([200, 200, 200, 200, 200]);
  expect(await receive(statuses)).toBe(200);
  verify.mockRestore();
});

test("webhooks that come together are committed together", async () => {
  const inner = memoryStore();
  const batches: number[] = [];
  const store: Store = {
    ...inner,
    ingest: (arrivals, handler) => {
      batches.push(arrivals.length);
      return inner.ingest(arrivals, handler);
    },
  };
  const { receive, clock, bot } = rig({ store });
  await bot.inspect(ANA);
  const one = (id: number) => ({ contacts: ANA_IS_HERE, messages: [text(`m${id}`, clock.now(), "nothing")] });
  await Promise.all(Array.from({ length: 64 }, (_, id) => receive(one(id))));
  expect(batches.reduce((sum, size) => sum + size, 0)).toBe(64);
  expect(batches.length).toBeLessThan(40);
});

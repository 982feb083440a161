import { expect, test, vi } from "vitest";
import { ConfigError } from "../src/errors.ts";
import { digest } from "../src/hash.ts";
import { sameText } from "../src/same-text.ts";
import { sqliteStore } from "../src/sqlite.ts";
import { createThrottle } from "../src/webhook/throttle.ts";
import { fake, logOf } from "./support/fake-step.ts";
import { type RigOptions, rig } from "./support/rig.ts";
import { ANA, change, message, post, sender, sign, text, webhook } from "./support/webhooks.ts";

const ANA_IS_HERE = [sender({ waId: ANA })];
const DAY = 24 * 3_600_000;

test.each([
  ["bodyBytes", 0],
  ["queuedEvents", 1.5],
  ["batch", -1],
  ["messagesPerMinute", Number.NaN],
  ["queuedBytes", 2 ** 60],
])("a limit %s of %s is refused when the bot is made", (name, value) => {
  expect(() => rig({ more: { limits: { [name]: value } } })).toThrow(ConfigError);
});

test("a limit that does not exist is refused when the bot is made", () => {
  expect(() => rig({ more: { limits: { sends: 1 } as never } })).toThrow("there is no limit `sends`");
});

test("the limits in force are told", () => {
  expect(rig({ more: { limits: { batch: 7 } } }).bot.limits).toMatchObject({ batch: 7, queuedEvents: 5_000 });
});

test("a body above the limit is refused, one at the limit is taken", async () => {
  const { bot, clock } = rig({ more: { limits: { bodyBytes: 1_000 } } });
  const of = (words: string): string =>
    webhook(change({ contacts: ANA_IS_HERE, messages: [text("m", clock.now(), words)] }));
  const fits = of("x".repeat(1_000 - of("").length));
  expect((await bot.fetch(post(fits))).status).toBe(200);
  expect((await bot.fetch(post(`${fits} `))).status).toBe(413);
});

test("a webhook with more events than may wait is turned away whole, with a time to come again", async () => {
  const { bot, clock, store } = rig({ more: { limits: { queuedEvents: 2 } } });
  const of = (count: number): string => {
    const messages = Array.from({ length: count }, (_, n) => text(`m${n}`, clock.now(), "hi"));
    return webhook(change({ contacts: ANA_IS_HERE, messages }));
  };
  const refused = await bot.fetch(post(of(3)));
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  expect((await store.stats()).dedupe).toBe(0);
  expect((await bot.fetch(post(of(2)))).status).toBe(200);
});

test("webhooks that hold more bytes together than the limit are turned away until others are done", async () => {
  const r = rig({ more: { limits: { queuedBytes: 1_500 } } });
  await r.bot.inspect(ANA);
  const body = (id: string): string =>
    webhook(change({ contacts: ANA_IS_HERE, messages: [text(id, r.clock.now(), "x".repeat(400))] }));
  const answers = await Promise.all(["a", "b", "c", "d"].map((id) => r.bot.fetch(post(body(id)))));
  const codes = answers.map(({ status }) => status);
  expect(new Set(codes)).toEqual(new Set([200, 503]));
  expect((await r.bot.fetch(post(body("e")))).status).toBe(200);
});

test("who writes more in a minute than the limit is not stepped, and nothing of it is lost", async () => {
  const r = rig({ more: { limits: { messagesPerMinute: 3 } } });
  const messages = Array.from({ length: 5 }, (_, n) => text(`m${n}`, r.clock.now(), "hi"));
  expect(await r.receive({ contacts: ANA_IS_HERE, messages })).toBe(200);
  expect(logOf(await r.inspect())).toEqual(["m0", "m1", "m2"]);
  const letters = await r.bot.deadLetters();
  expect(letters.map(({ kind, event }) => [kind, event])).toEqual([
    ["throttled", "message"],
    ["throttled", "message"],
  ]);
  r.clock.advance(60_000);
  await r.says("later", "m9");
  for (const { id } of letters) expect(await r.bot.redrive(id)).toBe(true);
  expect(logOf(await r.inspect()).toSorted()).toEqual(["m0", "m1", "m2", "m3", "m4", "m9"]);
  expect(await r.bot.deadLetters()).toEqual([]);
});

test("messages that WhatsApp kept during an outage are no flood: their own times count", () => {
  const throttle = createThrottle(2);
  const admitted = [0, 40_000, 80_000, 120_000].map((at, n) => throttle.admits("a", `m${n}`, at));
  expect(admitted).toEqual([true, true, true, true]);
  expect([throttle.admits("a", "x", 120_001), throttle.admits("a", "m3", 120_000)]).toEqual([false, true]);
  expect(throttle.admits("b", "x", 120_001)).toBe(true);
});

test.each(["memory", "sqlite"])("a dead letter is stepped after a repair, once (%s)", async (kind) => {
  const broken = { now: true };
  const step: typeof fake.step = (...args) => {
    if (broken.now && args[2].kind === "message") throw new Error("told to");
    return fake.step(...args);
  };
  const options: RigOptions = { step, ...(kind === "sqlite" ? { store: sqliteStore(":memory:") } : {}) };
  const r = rig(options);
  await r.says("hi", "m1");
  const [letter] = await r.bot.deadLetters();
  expect(letter).toMatchObject({ kind: "poison", reason: "Error", event: "message" });
  const id = letter?.id ?? "";
  expect(await r.bot.redrive(id)).toBe(false);
  expect((await r.bot.deadLetters()).map((one) => one.id)).toEqual([id]);
  broken.now = false;
  expect(await r.bot.redrive(id)).toBe(true);
  await r.settle();
  expect(logOf(await r.inspect())).toEqual(["m1"]);
  expect(r.api.texts()).toContain("echo hi");
  await expect(r.bot.redrive(id)).rejects.toThrow("there is no dead letter of this id");
});

test("a message that came after the time of deduplication can be taken up by hand", async () => {
  const r = rig();
  const old = text("m.old", r.clock.now() - 9 * DAY, "hi");
  expect(await r.receive({ contacts: ANA_IS_HERE, messages: [old] })).toBe(200);
  const [letter] = await r.bot.deadLetters();
  expect(letter?.kind).toBe("expired");
  expect(await r.bot.redrive(letter?.id ?? "")).toBe(true);
  expect(logOf(await r.inspect())).toEqual(["m.old"]);
});

test("a list of dead letters has a length that makes sense", async () => {
  const { bot } = rig();
  for (const limit of [0, 1.5, 1_001, Number.NaN])
    await expect(bot.deadLetters(limit)).rejects.toThrow("whole number from 1 to 1000");
});

test("webhooks about the account are told to listeners, and their field alone to the log", async () => {
  const { bot, events, lines } = rig();
  const value = { event: "FLAGGED", message_template_name: "spring sale", display_phone_number: "15550783881" };
  const body = webhook({ field: "message_template_status_update", value });
  expect((await bot.fetch(post(body))).status).toBe(200);
  expect(events).toEqual([{ kind: "account", field: "message_template_status_update", value }]);
  expect(lines.join("\n")).toContain("message_template_status_update");
  expect(lines.join("\n")).not.toMatch(/spring sale|15550783881/);
});

const SYSTEM = (system: object): object => ({ type: "system", system: { body: "changed", ...system } });

test("a new number keeps the conversation, and a new user id does", async () => {
  const r = rig();
  await r.says("hi", "m1");
  const moved = message("s1", r.clock.now(), SYSTEM({ type: "user_changed_number", wa_id: "16505559999" }), {
    waId: ANA,
  });
  expect(await r.receive({ messages: [moved] })).toBe(200);
  const fresh = { waId: "16505559999", userId: "US.abc1" };
  const hello = text("m2", r.clock.now(), "hi", fresh);
  expect(await r.receive({ contacts: [sender(fresh)], messages: [hello] })).toBe(200);
  const changed = SYSTEM({ type: "user_changed_user_id", user_id: "US.abc2", previous_user_id: "US.abc1" });
  expect(await r.receive({ messages: [message("s2", r.clock.now(), changed, fresh)] })).toBe(200);
  const now = { userId: "US.abc2" };
  const again = text("m3", r.clock.now(), "hi", now);
  expect(await r.receive({ contacts: [sender(now)], messages: [again] })).toBe(200);
  expect(logOf(await r.bot.inspect("US.abc2"))).toEqual(["m1", "m2", "m3"]);
  expect((await r.store.stats()).contacts).toBe(1);
});

test("the verify token is compared by hashes under a key of the moment", () => {
  expect([sameText("abc", "abc"), sameText("abc", "abd"), sameText("", "a"), sameText("a", "")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(digest(64, "x", "abc")).not.toBe(digest(64, "y", "abc"));
});

test("signatures are compared by WebCrypto alone, whichever secret fits", async () => {
  const verify = vi.spyOn(crypto.subtle, "verify");
  const { bot, clock } = rig({ more: { appSecrets: ["one", "two"] } });
  const body = webhook(change({ contacts: ANA_IS_HERE, messages: [text("m", clock.now(), "hi")] }));
  expect((await bot.fetch(post(body, sign(body, "two")))).status).toBe(200);
  expect(verify).toHaveBeenCalledTimes(2);
  verify.mockRestore();
});

import { MAX_STEPS, StepError } from "@parley/machine";
import { expect, test } from "vitest";
import { DAY, doings, HOUR, windowed } from "./fixtures/small.ts";
import { drive, texts } from "./lib/drive.ts";

test("a call pushes a frame, return brings its value; parameters and first values are set", () => {
  const bot = drive(doings());
  expect(texts(bot.says("call"))).toEqual(["Sub a a!?"]);
  expect(bot.snapshot?.conversation?.frames).toMatchObject([
    { flow: "main", at: "main.calls.sub" },
    { flow: "sub", at: "sub.only", vars: { p: "a", q: "a!" } },
  ]);
  expect(texts(bot.taps("OK"))).toEqual(["Back with a!."]);
});

test("flows that end in a turn are told as they were, the innermost by itself and all with the conversation", () => {
  const bot = drive(doings());
  bot.says("call");
  expect(bot.left).toBeUndefined();
  bot.taps("OK");
  expect(bot.left).toMatchObject([
    { flow: "sub", at: "sub.only", vars: { p: "a", q: "a!" } },
    { flow: "main", vars: { x: "a!" } },
  ]);
  const other = drive(doings());
  other.says("leave");
  expect(other.left).toMatchObject([{ flow: "main" }]);
  other.taps("OK");
  expect(other.snapshot?.conversation).toBeNull();
  expect(other.left).toMatchObject([{ flow: "sub", vars: { p: "b" } }]);
});

test("an arrow to another flow leaves this one; without a caller its return is the end", () => {
  const bot = drive(doings());
  expect(texts(bot.says("leave"))).toEqual(["Sub b b!?"]);
  expect(bot.snapshot?.conversation?.frames).toHaveLength(1);
  bot.taps("OK");
  expect(bot.snapshot?.conversation).toBeNull();
});

test("an action's failure takes its arm, where the reason lasts until the state is left", () => {
  const bot = drive(doings());
  bot.says("act");
  expect(texts(bot.result({ ok: false, failure: "timeout" }))).toEqual(["It timeout. Again?"]);
  expect(texts(bot.taps("Again"))).toEqual(["Since it timeout."]);
  expect(bot.snapshot?.conversation?.frames[0]).not.toHaveProperty("failure");
  expect(bot.actions).toHaveLength(2);
  expect(new Set(bot.actions.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  expect(texts(bot.result({ ok: true, value: " gold " }))).toEqual(["Found gold."]);
});

test("a result that does not fit its type is a failure, one of another call is stale", () => {
  const bot = drive(doings());
  bot.says("act");
  expect(texts(bot.result({ ok: true, value: "far too long for it" }))).toEqual(["It failed. Again?"]);
  expect(bot.result({ ok: true, value: "late" })).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "stale", what: "main.acts.lookup" }]);
});

test("an infallible action that fails is an error with its place", () => {
  const bot = drive(doings());
  bot.says("sure");
  const before = bot.snapshot;
  expect(() => bot.result({ ok: false, failure: "failed" })).toThrow(StepError);
  expect(bot.snapshot).toBe(before);
});

test("while an action runs a message does nothing, and an event is kept", () => {
  const bot = drive(doings());
  bot.says("act");
  expect(bot.says("hello?")).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "ignored", what: "action" }]);
  bot.send({ kind: "scheduled", name: "nudge", args: ["x"] });
  expect(bot.snapshot?.pending).toHaveProperty("nudge");
  expect(texts(bot.result({ ok: true, value: "gold" }))).toEqual(["Found gold.", "Nudge: x."]);
});

test("a loop that never waits is an error, and the snapshot stays", () => {
  const bot = drive(doings());
  expect(() => bot.says("loop")).toThrow(`more than ${MAX_STEPS} steps`);
  expect(bot.snapshot).toBeNull();
});

test("forget leaves nothing of the contact but when they wrote", () => {
  const bot = drive(doings());
  bot.says("forget");
  expect(bot.snapshot?.profile).toEqual({ name: "Ana" });
  bot.taps("Yes");
  expect(bot.snapshot).toMatchObject({
    profile: {},
    pending: {},
    conversation: null,
    reply: null,
    lastUserAt: bot.now,
  });
  expect(bot.effects).toContainEqual({ kind: "forget" });
  expect(bot.copies).toEqual([]);
});

test("a hand-off takes no trigger, option or time-out; its time counts from the last message", () => {
  const bot = drive(doings());
  bot.says("hands");
  expect(bot.effects).toContainEqual({ kind: "handoff", queue: "nurse" });
  bot.now += HOUR;
  expect(bot.says("call")).toEqual([]);
  bot.send({ kind: "scheduled", name: "nudge", args: ["x"] });
  expect(bot.advance(1.5 * HOUR)).toEqual([]);
  expect(texts(bot.advance(0.5 * HOUR))).toEqual(["I am back.", "Nudge: x."]);
});

test("a release gives the chat back: the arm runs, without one the conversation ends", () => {
  const bot = drive(doings());
  bot.says("hands");
  expect(texts(bot.send({ kind: "release" }))).toEqual(["I am back."]);
  bot.says("person");
  expect(bot.timers.get("handoff")?.due).toBe(bot.now + DAY);
  bot.send({ kind: "release" });
  expect(bot.snapshot?.conversation).toBeNull();
  expect(bot.timers.size).toBe(0);
});

const ANA = { id: "c1", phone: "393331234567", name: "Ana" };

test("a message of a person at the business begins a hand-off in the place of what was under way", () => {
  const bot = drive(doings());
  bot.says("hands");
  bot.send({ kind: "release" });
  const echo = (begins: boolean) => ({ kind: "echo", contact: ANA, sentAt: bot.now, begins }) as const;
  bot.send(echo(false));
  expect(bot.snapshot?.conversation?.wait.kind).not.toBe("handoff");
  bot.send(echo(true));
  expect(bot.snapshot?.conversation).toMatchObject({ frames: [], wait: { kind: "handoff", id: "", queue: "" } });
  expect([...bot.timers.keys()]).toEqual(["handoff"]);
  expect(bot.says("call")).toEqual([]);
  bot.send({ kind: "release" });
  expect(bot.snapshot?.conversation).toBeNull();
});

test("a person's message that came late counts from when it was written, and never shortens a hand-off", () => {
  const bot = drive(doings());
  const echo = (ago: number) => ({ kind: "echo", contact: ANA, sentAt: bot.now - ago, begins: true }) as const;
  bot.send(echo(DAY));
  expect(bot.snapshot?.conversation).toBeNull();
  bot.send(echo(HOUR));
  expect(bot.timers.get("handoff")?.due).toBe(bot.now + 23 * HOUR);
  bot.now += HOUR;
  bot.says("call");
  bot.send(echo(2 * HOUR));
  expect(bot.timers.get("handoff")?.due).toBe(bot.now + DAY);
});

test("scheduled events come at their time, with their arguments, unless cancelled", () => {
  const bot = drive(doings());
  bot.says("schedule");
  expect(texts(bot.advance(DAY))).toEqual(["Nudge: later."]);
  bot.says("schedule");
  bot.says("cancel");
  expect(bot.effects).toEqual([{ kind: "cancelSchedule", name: "nudge" }, { kind: "cancelSchedule" }]);
  expect(bot.advance(2 * DAY)).toEqual([]);
});

test("reactions, read receipts and quotes refer to the user's last message", () => {
  const bot = drive(doings());
  bot.says("react");
  const id = bot.snapshot?.reply?.id;
  expect(bot.effects).toMatchObject([
    { kind: "send", message: { type: "reaction", reaction: { message_id: id, emoji: "👍" } } },
    { kind: "read", messageId: id, typing: true },
    { kind: "send", replyTo: id },
  ]);
});

test("the locale that a program sets holds from the next message on", () => {
  const bot = drive(doings());
  expect(texts(bot.says("spanish"))).toEqual(["Hola"]);
  expect(bot.snapshot?.locale).toBe("es");
});

test("conditions, matches and loops", () => {
  expect(texts(drive(doings()).says("match"))).toEqual(["Three, 3 visits."]);
});

test("a closed window takes on window_closed of the innermost flow that has it, without the flows above", () => {
  const bot = drive(windowed(true));
  bot.says("hi");
  bot.send({ kind: "refused", turn: 1, reason: "window" });
  expect(bot.snapshot?.conversation).toMatchObject({
    frames: [{ flow: "main", at: "main.later.wait" }],
    wait: { kind: "wait" },
  });
  expect([...bot.timers.keys()]).toEqual(["wait"]);
});

test("without on window_closed the ask waits as if sent; a refusal of an earlier turn does nothing", () => {
  const bot = drive(windowed(false));
  bot.says("hi");
  const before = bot.snapshot?.conversation;
  bot.send({ kind: "refused", turn: 1, reason: "window" });
  expect(bot.snapshot?.conversation).toEqual(before);
  const other = drive(windowed(true));
  other.says("hi");
  other.says("what");
  other.send({ kind: "refused", turn: 1, reason: "window" });
  expect(other.ask()).toBe("sub.only");
});

test("events for a contact that is not known do nothing and give a snapshot", () => {
  const bot = drive(doings());
  bot.send({ kind: "release" });
  bot.send({ kind: "timer", name: "after", armed: 1, due: 0 });
  bot.send({ kind: "refused", turn: 1, reason: "failed" });
  expect(bot.snapshot).toMatchObject({ turn: 3, conversation: null });
});

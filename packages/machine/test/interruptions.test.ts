import { expect, test } from "vitest";
import { HOUR, interruptible, MINUTE } from "./fixtures/small.ts";
import { drive, texts } from "./lib/drive.ts";

test("an anytime trigger interrupts; resume sends the ask again with its time-outs from the start", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.now += 50 * MINUTE;
  expect(texts(bot.says("Help"))).toEqual(["Help or go on?"]);
  expect([...bot.timers.keys()]).toEqual(["over.after"]);
  expect(bot.snapshot?.conversation).toMatchObject({
    frames: [{ flow: "help" }],
    interrupted: { by: "message", wait: { id: "main.first" } },
  });
  bot.now += 20 * MINUTE;
  expect(texts(bot.taps("Go on"))).toEqual(["Your name?"]);
  expect(bot.snapshot?.conversation).not.toHaveProperty("interrupted");
  expect(bot.timers.get("after")?.due).toBe(bot.now + HOUR);
  expect(texts(bot.says("Ana"))).toEqual(["Hello Ana."]);
});

test("end in an interruption ends what it interrupted", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.says("help");
  bot.taps("End");
  expect(bot.snapshot?.conversation).toBeNull();
  expect(bot.timers.size).toBe(0);
});

test("resume with nothing interrupted is the end", () => {
  const bot = drive(interruptible("ask"));
  bot.says("help");
  bot.taps("Go on");
  expect(bot.snapshot?.conversation).toBeNull();
});

test("a second interruption replaces the first, not what both interrupt", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.says("help");
  expect(texts(bot.says("stop"))).toEqual(["Really?"]);
  expect([...bot.timers.keys()]).toEqual([]);
  expect(texts(bot.taps("No, on"))).toEqual(["Your name?"]);
});

test("an interrupted wait keeps its due time; what fell due meanwhile runs at the resume", () => {
  const bot = drive(interruptible("wait"));
  bot.says("hi");
  bot.now += 10 * MINUTE;
  bot.says("help");
  expect([...bot.timers.keys()].toSorted()).toEqual(["over.after", "wait"]);
  expect(bot.taps("Go on")).toEqual([]);
  expect(texts(bot.advance(50 * MINUTE))).toEqual(["Done."]);
  const late = drive(interruptible("wait"));
  late.says("hi");
  late.now += 50 * MINUTE;
  late.says("help");
  expect(late.advance(20 * MINUTE)).toEqual([]);
  expect(texts(late.taps("Go on"))).toEqual(["Done."]);
});

test("a message that fires a trigger ends a wait, others leave it alone", () => {
  const machine = interruptible("wait");
  const { main } = machine.flows;
  if (!main) throw new Error("no main flow");
  // Without `on message`, which every message fires.
  const bot = drive({ ...machine, flows: { ...machine.flows, main: { ...main, triggers: main.triggers.slice(1) } } });
  bot.says("start");
  const first = bot.snapshot?.conversation?.id;
  expect(bot.says("hm")).toEqual([]);
  expect(bot.snapshot?.conversation?.id).toBe(first);
  expect(texts(bot.says("start"))).toEqual(["Wait."]);
  expect(bot.snapshot?.conversation?.id).not.toBe(first);
});

test("an event begins a conversation where there is none", () => {
  const bot = drive(interruptible("ask"));
  expect(texts(bot.event("ready", "17"))).toEqual(["Order 17 is ready."]);
  expect(bot.event("unknown")).toEqual([]);
  expect(bot.event("ready")).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "ignored", what: "ready" }]);
});

test("an event waits until the user has been quiet, then interrupts; of a name the last counts", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.now += MINUTE;
  expect(bot.event("ready", "17")).toEqual([]);
  expect(bot.event("ready", "18")).toEqual([]);
  expect(bot.timers.get("quiet")?.due).toBe(bot.now + 4 * MINUTE);
  bot.now += MINUTE;
  bot.gets({ type: "sticker", sticker: { id: "s" } });
  expect(texts(bot.advance(5 * MINUTE))).toEqual(["Order 18 is ready."]);
  expect(bot.snapshot).toMatchObject({ pending: {}, conversation: { interrupted: { by: "event" } } });
  expect(bot.timers.has("quiet")).toBe(false);
});

test("an event interrupts at once where the user has been quiet already", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.now += 6 * MINUTE;
  expect(texts(bot.event("ready", "17"))).toEqual(["Order 17 is ready."]);
});

test("after an event the ask is not sent again and its time-outs keep their due times", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  const due = bot.timers.get("after")?.due;
  bot.now += 10 * MINUTE;
  bot.event("ready", "17");
  expect(bot.taps("OK")).toEqual([]);
  expect(bot.timers.get("after")?.due).toBe(due);
  expect(texts(bot.advance(50 * MINUTE))).toEqual(["Still there?"]);
  const late = drive(interruptible("ask"));
  late.says("hi");
  late.now += 30 * MINUTE;
  late.event("ready", "17");
  expect(late.advance(HOUR)).toEqual([]);
  expect(texts(late.taps("OK"))).toEqual(["Still there?"]);
  expect(late.timers.get("after")?.due).toBe(late.now + 8.5 * HOUR);
  expect(late.ask()).toBe("main.first");
});

test("the interrupted ask can be answered by a tap or goes on by its own time-outs after the interruption's", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.now += 10 * MINUTE;
  bot.event("ready", "17");
  expect(texts(bot.advance(3 * HOUR))).toEqual(["Still there?"]);
  expect(bot.trace).toContainEqual({ kind: "resume", what: "main.first" });
});

test("an anytime event interrupts at once, whatever the user does", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  expect(texts(bot.event("alarm"))).toEqual(["Fire!"]);
  expect(bot.ask()).toBe("main.first");
});

test("an event that was kept begins when the conversation ends", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.event("ready", "17");
  expect(texts(bot.says("Ana"))).toEqual(["Hello Ana.", "Order 17 is ready."]);
  expect(bot.snapshot?.conversation?.frames[0]?.flow).toBe("news");
  expect(bot.timers.has("quiet")).toBe(false);
});

test("of two events that were kept, the second leaves the first its time", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.event("ready", "17");
  bot.now += MINUTE;
  bot.send({ kind: "scheduled", name: "nudge", args: [] });
  expect(texts(bot.advance(4 * MINUTE))).toEqual(["Order 17 is ready."]);
  expect(bot.timers.get("quiet")?.due).toBe(bot.now + 5 * MINUTE);
  expect(texts(bot.advance(5 * MINUTE))).toEqual(["Nudge."]);
  expect(bot.snapshot?.conversation).toBeNull();
});

test("an event interrupts what a message began, which is taken up again as it was", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  const help = bot.says("help");
  const due = bot.timers.get("over.after")?.due;
  bot.now += 10 * MINUTE;
  expect(texts(bot.event("ready", "17"))).toEqual(["Order 17 is ready."]);
  expect(bot.snapshot?.conversation).toMatchObject({
    frames: [{ flow: "news" }],
    interrupted: {
      by: "event",
      frames: [{ flow: "help" }],
      interrupted: { by: "message", frames: [{ flow: "main" }] },
    },
  });
  expect([...bot.timers.keys()].toSorted()).toEqual(["over.after", "over.over.after"]);
  expect(bot.taps("OK")).toEqual([]);
  expect(bot.timers.get("over.after")?.due).toBe(due);
  expect(texts(bot.taps("Go on", help))).toEqual(["Your name?"]);
});

test("a message takes the place of an event and of what that interrupts, but for what was first", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  bot.says("help");
  bot.now += 10 * MINUTE;
  bot.event("ready", "17");
  expect(texts(bot.says("stop"))).toEqual(["Really?"]);
  expect(bot.snapshot?.conversation?.interrupted).not.toHaveProperty("interrupted");
  expect([...bot.timers.keys()]).toEqual([]);
  expect(texts(bot.taps("No, on"))).toEqual(["Your name?"]);
});

test("time-outs that fall due below an event run at its resume, one level after the other", () => {
  const bot = drive(interruptible("wait"));
  bot.says("hi");
  bot.says("help");
  bot.now += 10 * MINUTE;
  bot.event("ready", "17");
  expect(bot.advance(2 * HOUR)).toEqual([]);
  expect(bot.snapshot?.conversation?.interrupted).toMatchObject({ interrupted: { fell: expect.any(Number) } });
  expect(texts(bot.taps("OK"))).toEqual(["Done."]);
  expect(bot.snapshot?.conversation).toBeNull();
});

test("an ask two levels down is answered by a tap on it", () => {
  const bot = drive(interruptible("ask"));
  bot.says("hi");
  const help = bot.says("help");
  bot.now += 10 * MINUTE;
  bot.event("ready", "17");
  expect(texts(bot.taps("Go on", help))).toEqual(["Your name?"]);
});

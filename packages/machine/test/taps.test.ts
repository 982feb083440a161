import type { Machine, TriggerDef, ValueType } from "@parley/machine";
import { validateRequest } from "@parley/whatsapp";
import { expect, test } from "vitest";
import { orderMachine, pizzas } from "./fixtures/order.ts";
import { HOUR, oneAsk, threeAsks } from "./fixtures/small.ts";
import { get, machineOf, onMessage, onText, TEXT } from "./lib/assemble.ts";
import { type Drive, drive, type Sent, texts } from "./lib/drive.ts";

function toTheEnd(bot: Drive): readonly Sent[][] {
  const a = bot.says("hi");
  bot.now += HOUR / 60;
  const b = bot.taps("a-x");
  bot.now += HOUR / 60;
  const c = bot.taps("b-x");
  bot.now += HOUR / 60;
  return [[...a], [...b], [...c]];
}

test("a tap on an earlier message re-opens that ask with the variables of then, and drops later time-outs", () => {
  const bot = drive(threeAsks(false));
  const [, b = []] = toTheEnd(bot);
  expect(bot.vars()).toEqual({ a: "x", b: "x" });
  expect(texts(bot.taps("b-y", b))).toEqual(["Which c?"]);
  expect(bot.trace).toContainEqual({ kind: "reopen", ask: "main.b" });
  expect(bot.vars()).toEqual({ a: "x", b: "y" });
  expect(texts(bot.taps("c-x"))).toEqual(["x y x"]);
  expect([...bot.timers.keys()]).toEqual(["wait"]);
});

test("a re-opened wait is dropped with what came later, and a later message can be re-opened in its turn", () => {
  const bot = drive(threeAsks(false));
  const [a = [], , c = []] = toTheEnd(bot);
  bot.taps("c-x");
  expect(bot.snapshot?.conversation?.wait.kind).toBe("wait");
  expect(texts(bot.taps("a-y", a))).toEqual(["Which b?"]);
  expect([...bot.timers.keys()]).toEqual(["after"]);
  bot.now += HOUR / 60;
  expect(texts(bot.taps("c-y", c))).toEqual(["x x y"]);
});

test("the same option of the same message within 30 s is a duplicate; later it re-opens", () => {
  const bot = drive(threeAsks(false));
  const a = bot.says("hi");
  bot.taps("a-x", a);
  bot.now += 29_000;
  expect(bot.taps("a-x", a)).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "answer", ask: "main.a", by: "duplicate", option: "x" }]);
  expect(texts(bot.taps("a-y", a))).toEqual(["Which b?"]);
  bot.now += 31_000;
  expect(texts(bot.taps("a-y", a))).toEqual(["Which b?"]);
});

test("a tap again before anything was sent in answer is a duplicate however late", () => {
  const bot = drive(orderMachine());
  const hello = bot.says("hi");
  bot.taps("Order");
  bot.now += 50_000;
  const sentAt = bot.now;
  bot.now += 5_000;
  bot.result({ ok: true, value: pizzas(1) });
  bot.now += 1_000;
  const id = hello[0]?.options["Order"] ?? "";
  const again = {
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id, title: "Order" } },
  } as const;
  expect(bot.gets(again, { sentAt })).toEqual([]);
  expect(bot.trace).toEqual([{ kind: "answer", ask: "order.welcome", by: "duplicate", option: "order" }]);
});

test("a duplicate of the tap that ended the conversation begins no new one", () => {
  const bot = drive(oneAsk());
  const sent = bot.says("hi");
  bot.taps("Yes", sent);
  expect(bot.taps("Yes", sent)).toEqual([]);
  expect(bot.snapshot?.conversation).toBeNull();
});

test("an ask once is answered once: the waiting ask is sent again instead", () => {
  const bot = drive(threeAsks(true));
  const [a = []] = toTheEnd(bot);
  bot.now += HOUR / 60;
  expect(texts(bot.taps("a-y", a))).toEqual(["Which c?"]);
  expect(bot.vars()).toEqual({ a: "x", b: "x" });
  const other = drive(threeAsks(true));
  const first = other.says("hi");
  other.says("what");
  expect(texts(other.taps("a-y", first))).toEqual(["Which b?"]);
});

test("without its copy, an earlier ask is one of an ended conversation: the waiting ask is sent again", () => {
  const bot = drive(threeAsks(false));
  const [a = []] = toTheEnd(bot);
  bot.copies.length = 0;
  bot.now += HOUR / 60;
  expect(texts(bot.taps("a-y", a))).toEqual(["Which c?"]);
  expect(bot.trace).toContainEqual({ kind: "stale", what: "main.a" });
});

test("a tap of an ended conversation takes on stale of its flow, else it is its label, typed", () => {
  const bot = drive(oneAsk());
  const sent = bot.says("hi");
  bot.taps("No");
  bot.now += HOUR;
  expect(texts(bot.taps("Yes", sent))).toEqual(["Yes or no?"]);
  const typed = drive(oneAsk({}, {}, { triggers: [onText("first", "yes", "start")] }));
  const old = typed.says("start");
  typed.taps("No");
  typed.now += HOUR;
  expect(typed.taps("No", old)).toEqual([]);
  expect(texts(typed.taps("Yes", old))).toEqual(["Yes or no?"]);
  const stale = drive(
    oneAsk({}, {}, { triggers: [onText("first", "start"), { on: { kind: "stale" }, state: "first" }] }),
  );
  const older = stale.says("start");
  stale.taps("No");
  stale.now += HOUR;
  expect(texts(stale.taps("No", older))).toEqual(["Yes or no?"]);
  expect(stale.trace).toContainEqual({ kind: "begin", flow: "main", trigger: "stale" });
});

test("while another conversation is under way, only anytime on stale takes such a tap", () => {
  const stale = { on: { kind: "stale" as const }, state: "first" };
  for (const anytime of [true, false]) {
    const triggers: readonly TriggerDef[] = [onMessage("first"), anytime ? { ...stale, anytime } : stale];
    const bot = drive(oneAsk({}, {}, { triggers }));
    const old = bot.says("hi");
    bot.taps("No");
    bot.says("hi");
    bot.now += HOUR;
    expect(texts(bot.taps("Yes", old))).toEqual(["Yes or no?"]);
    expect(bot.trace.some(({ kind }) => kind === "interrupt")).toBe(anytime);
  }
});

test("a button that names no ask of ours is its label, typed", () => {
  const bot = drive(oneAsk());
  bot.says("hi");
  expect(texts(bot.gets({ type: "button", button: { payload: "whatever", text: "Yes" } }))).toEqual(["Yes!"]);
  for (const payload of ["constructor.x:y#abcdef.1", "__proto__.a:b#abcdef.1", "#", "a#b", ":x#abcdef.1"]) {
    const other = drive(oneAsk());
    other.says("hi");
    expect([payload, ...texts(other.gets({ type: "button", button: { payload, text: "no" } }))]).toEqual([
      payload,
      "No!",
    ]);
  }
});

test("pages hold 9 rows and one that shows the next; a tap on any page answers, and a page tap is no answer", () => {
  const bot = drive(orderMachine());
  bot.says("pizza");
  const [first] = bot.result({ ok: true, value: pizzas(20) });
  const conversation = bot.snapshot?.conversation?.id;
  expect(Object.keys(first?.options ?? {})).toEqual([...pizzas(9).map(({ name }) => name), "More pizzas"]);
  expect(first?.options["More pizzas"]).toBe(`order.choose+2#${conversation}.2`);
  const before = bot.snapshot?.conversation;
  const [second] = bot.taps("More pizzas");
  expect(bot.snapshot?.conversation).toEqual(before);
  expect(bot.effects).toHaveLength(1);
  expect(second?.options["Pizza 10"]).toBe(`order.choose:p10#${conversation}.2`);
  const [third] = bot.taps("More pizzas");
  expect(Object.keys(third?.options ?? {})).toEqual(["Pizza 19", "Pizza 20", "Back"]);
  expect(texts(bot.taps("Pizza 12", second ? [second] : []))).toEqual(["What size?"]);
  expect(bot.vars()["pizza"]).toMatchObject({ id: "p12" });
});

test("a page of an earlier list is shown and changes nothing; its rows re-open the ask", () => {
  const bot = drive(orderMachine());
  bot.says("pizza");
  const list = bot.result({ ok: true, value: pizzas(12) });
  bot.taps("Pizza 1");
  bot.now += HOUR;
  const before = bot.snapshot?.conversation;
  const page = bot.taps("More pizzas", list);
  expect(bot.snapshot?.conversation).toEqual(before);
  expect(Object.keys(page[0]?.options ?? {})).toContain("Pizza 12");
  expect(texts(bot.taps("Pizza 12", page))).toEqual(["What size?"]);
  expect(bot.vars()["pizza"]).toMatchObject({ id: "p12" });
});

test("asks and options that were renamed are found by their old names", () => {
  const was = {
    flow: {},
    state: {},
    ask: { "old.place": "main.first" },
    option: { "main.first:ja": "yes" },
    var: {},
    case: {},
  };
  const bot = drive(oneAsk({}, { was }));
  bot.says("hi");
  expect(texts(bot.taps(`old.place:ja#${bot.snapshot?.conversation?.id}.1`))).toEqual(["Yes!"]);
  const moved = drive(
    oneAsk({}, { was: { ...was, ask: {}, flow: { alt: "main" }, state: { "main.start": "first" } } }),
  );
  moved.says("hi");
  expect(texts(moved.taps(`alt.start:no#${moved.snapshot?.conversation?.id}.1`))).toEqual(["No!"]);
});

test("an option that is gone since it was sent brings the ask again", () => {
  const bot = drive(oneAsk());
  bot.says("hi");
  expect(texts(bot.taps(`main.first:gone#${bot.snapshot?.conversation?.id}.1`))).toEqual(["Yes or no?"]);
});

test("an ask once that is asked anew is not answered by a tap on the message of before", () => {
  const options = [
    { id: "again", title: "Again", to: "first" },
    { id: "no", title: "No", to: "no" },
  ];
  const bot = drive(oneAsk({ once: true, options }));
  const before = bot.says("hi");
  bot.now += HOUR;
  expect(texts(bot.taps("Again"))).toEqual(["Yes or no?"]);
  bot.now += HOUR;
  expect(texts(bot.taps("No", before))).toEqual(["Yes or no?"]);
  expect(texts(bot.taps("No"))).toEqual(["No!"]);
});

test("a numbered text that cannot hold all options holds those that fit, and titles answer for the others", () => {
  const machine = JSON.parse(JSON.stringify(orderMachine()).replaceAll('"max":30', '"max":500')) as Machine;
  const bot = drive(machine);
  bot.says("pizza");
  bot.result({ ok: true, value: pizzas(500) });
  const [numbered] = bot.send({ kind: "refused", turn: bot.snapshot?.turn ?? 0, reason: "undeliverable" });
  expect(numbered).toMatchObject({
    kind: "text",
    text: expect.stringMatching(/^Today.*\n1\. Pizza 1\n.*\n\nReply/s),
  });
  expect(numbered?.text.length).toBeGreaterThan(4000);
  expect(validateRequest({ messaging_product: "whatsapp", to: "15550100", ...numbered?.message })).toMatchObject({
    ok: true,
  });
  expect(texts(bot.says("Pizza 499"))).toEqual(["What size?"]);
});

test("ten rows are one page", () => {
  const bot = drive(orderMachine());
  bot.says("pizza");
  const [list] = bot.result({ ok: true, value: pizzas(9) });
  expect(Object.keys(list?.options ?? {})).toEqual([...pizzas(9).map(({ name }) => name), "Back"]);
});

test("the arm of a row sees the row as it was sent; rows that a let holds are not kept twice", () => {
  const record: ValueType = { t: "record", fields: { id: TEXT, name: TEXT } };
  const machine = machineOf({
    flows: {
      main: {
        vars: {
          list: {
            type: { t: "list", of: record, min: 0, max: 9 },
            init: ["list", ["record", { id: "a", name: "old" }]],
          },
        },
        lets: { "first.r": record },
        triggers: [onMessage("first")],
        states: {
          first: [
            {
              ask: {
                layout: "list",
                sections: [
                  {
                    rows: [
                      {
                        slot: "first.r",
                        list: get("list"),
                        rows: [{ id: { e: get("first/r.id") }, title: "Row", to: "taken" }],
                      },
                    ],
                  },
                ],
                after: [{ ms: HOUR, to: "change" }],
              },
            },
            { label: "change" },
            { op: "set", path: ["slot", "list"], value: ["list", ["record", { id: "a", name: "new" }]] },
            { op: "keep" },
            { label: "taken" },
            { say: "{first/r.name}" },
            { op: "end" },
          ],
        },
      },
    },
  });
  const bot = drive(machine);
  bot.says("hi");
  expect(bot.snapshot?.conversation?.wait).toHaveProperty("rows");
  bot.advance(HOUR);
  expect(texts(bot.taps("Row"))).toEqual(["old"]);
  const order = drive(orderMachine());
  order.says("pizza");
  order.result({ ok: true, value: pizzas(3) });
  expect(order.snapshot?.conversation?.wait).not.toHaveProperty("rows");
});

import type { TestDef } from "@parley/machine";
import { describe, expect, test } from "vitest";
import { renderTranscript, runTests, type TestResult } from "../src/index.ts";
import {
  advance,
  event,
  expects,
  expectsCall,
  expectsEnd,
  expectsHandoff,
  expectsNothing,
  expectsState,
  expectsTemplate,
  expectsThat,
  flowTest,
  menu,
  mockFails,
  mocks,
  mockTimesOut,
  PIZZERIA,
  says,
  sendsLocation,
  taps,
} from "./fixture.ts";

async function run(one: TestDef): Promise<TestResult> {
  const { results } = await runTests({ machine: PIZZERIA, tests: [one] });
  const [result] = results;
  if (!result) throw new Error("no result");
  return result;
}

/** The failure, with the conversation where there is none and there should be, or the reverse. */
async function failureOf(one: TestDef): Promise<TestResult["failure"]> {
  return (await run(one)).failure;
}

async function passes(one: TestDef): Promise<void> {
  const { failure, transcript } = await run(one);
  expect(failure && { ...failure, transcript: renderTranscript(transcript) }).toBeUndefined();
}

const ORDERED = [
  mocks("menu", menu(2)),
  says("menu"),
  expects("list", "Which pizza", "p1"),
  taps("p1"),
  expects("text", "How many"),
] as const;

describe("tests that pass", () => {
  test("a conversation from hello to the oven", () =>
    passes(
      flowTest(
        "order",
        mocks("menu", menu(2)),
        mocks("place_order", ["record", { number: "17" }]),
        says("hi"),
        expects("buttons", "What can we do", "order"),
        taps("order"),
        expects("list", "Today's menu", "Pizza 2"),
        expectsState("order.choose"),
        taps("p2"),
        expectsThat(["==", ["field", ["get", "pizza"], "name"], "Pizza 2"]),
        expects("text", "How many"),
        says("two"),
        expects("text", "A number from 1 to 20"),
        expects("text", "How many"),
        says("3"),
        expects("location", "Where shall we bring it"),
        sendsLocation,
        expectsCall("place_order", ["record", { price: 8.5, id: "p2", name: "Pizza 2" }], 3),
        expects("text", "3 × Pizza 2: order 17 is in the oven."),
        expectsEnd,
      ),
    ));

  test("an option whose arm is a block, by title", () =>
    passes(
      flowTest(
        "hours",
        says("hi"),
        expects("buttons"),
        taps("Opening hours"),
        expects("text", "11 to 23"),
        expects("text", "See you"),
        expectsEnd,
      ),
    ));

  test("the reminder after two hours, the end after twenty", () =>
    passes(
      flowTest(
        "reminder",
        mocks("menu", menu(1)),
        says("menu"),
        expects("list"),
        advance(1.9),
        expectsNothing,
        advance(0.1),
        expects("text", "Still hungry"),
        advance(17.9),
        expectsState("order.choose"),
        advance(0.1),
        expectsEnd,
      ),
    ));

  test("rows beyond the first page are expected and tapped through `more`", () =>
    passes(
      flowTest(
        "pages",
        mocks("menu", menu(25)),
        says("menu"),
        expects("list", "Which pizza", "Pizza 25"),
        taps("p25"),
        expectsThat(["==", ["field", ["get", "pizza"], "id"], "p25"]),
        expects("text", "How many"),
      ),
    ));

  test("a tap on a later page that no `expect` has opened", () =>
    passes(
      flowTest(
        "pages",
        mocks("menu", menu(25)),
        says("menu"),
        expects("list"),
        taps("Pizza 12"),
        expects("text", "How many"),
      ),
    ));

  test("an earlier message is tapped again and re-opens its ask", () =>
    passes(
      flowTest(
        "again",
        ...ORDERED,
        advance(1),
        taps("p2", "order.choose"),
        expects("text", "How many"),
        expectsThat(["==", ["field", ["get", "pizza"], "id"], "p2"]),
      ),
    ));

  test("an action that fails", () =>
    passes(flowTest("fails", mockFails("menu"), says("menu"), expects("text", "does not answer"), expectsHandoff)));

  test("an action that times out, without the test saying that time passes", () =>
    passes(
      flowTest(
        "times out",
        ...ORDERED,
        mockTimesOut("place_order"),
        says("1"),
        expects("location"),
        sendsLocation,
        expects("text", "does not answer"),
        expectsHandoff,
      ),
    ));

  test("an event starts with a template, whose quick reply is tapped", () =>
    passes(
      flowTest(
        "event",
        event("order_ready", "Ana", "17"),
        expectsTemplate("order_ready", "Hi Ana, your order 17 is ready."),
        taps("where"),
        expects("text", "On the counter, order 17"),
        expectsEnd,
      ),
    ));

  test("a message that is delivered twice is answered once", () =>
    passes(flowTest("twice", { kind: "deliverTwice" }, says("hi"), expects("buttons"), expectsNothing)));

  test("a late message arrives when it arrives", () =>
    passes(
      flowTest(
        "late",
        { kind: "deliverLate", ms: 3_600_000 },
        says("hi"),
        expectsNothing,
        advance(1),
        expects("buttons"),
      ),
    ));

  test("where a list could not be delivered, its options come as numbered text", () =>
    passes(
      flowTest(
        "numbered",
        mocks("menu", menu(2)),
        { kind: "failDelivery" },
        says("menu"),
        expects("text", "1"),
        says("2"),
        expects("text", "How many"),
        expectsThat(["==", ["field", ["get", "pizza"], "id"], "p2"]),
      ),
    ));

  test("in another language", () =>
    passes(
      flowTest(
        "es",
        { kind: "locale", name: "es" },
        says("hola"),
        expects("buttons", "¿Qué quieres?", "Pedir una pizza"),
      ),
    ));

  test("a reaction of the bot needs no `expect`", () =>
    passes(
      flowTest(
        "reaction",
        mocks("place_order", ["record", { number: "1" }]),
        ...ORDERED,
        says("1"),
        expects("location"),
        sendsLocation,
        expects("text", "in the oven"),
        expectsEnd,
      ),
    ));
});

describe("tests that fail say why", () => {
  test("a message that no `expect` names, at the next step of the user", async () => {
    expect(await failureOf(flowTest("strict", says("hi"), says("menu")))).toMatchObject({
      place: { line: 3, source: "says" },
      message: "the bot sent a message that no `expect` names",
      expected: "nothing",
      actual: 'buttons "Welcome! What can we do for you?" with order, hours',
    });
  });

  test("a message that no `expect` names, at the end", async () => {
    expect(await failureOf(flowTest("strict", says("hi")))).toMatchObject({
      place: { line: 1, source: 'test "strict" in order' },
      message: "the bot sent a message that no `expect` names",
    });
  });

  test("another kind of message", async () => {
    expect(await failureOf(flowTest("kind", says("hi"), expects("list", "pizza")))).toMatchObject({
      place: { line: 3 },
      message: "the bot sent another message",
      expected: 'list containing "pizza"',
      actual: 'buttons "Welcome! What can we do for you?" with order, hours',
    });
  });

  test("another text", async () => {
    expect(await failureOf(flowTest("text", says("hi"), expects("buttons", "Goodbye")))).toMatchObject({
      message: "the message has another text",
      expected: 'buttons containing "Goodbye"',
    });
  });

  test("an option that is on no page", async () => {
    expect(
      await failureOf(flowTest("option", mocks("menu", menu(12)), says("menu"), expects("list", undefined, "p13"))),
    ).toMatchObject({
      message: "the message has no option p13",
      actual: expect.stringMatching(/^with p1, .*p12, back$/),
    });
  });

  test("messages are expected in the order in which they arrived", async () => {
    const tail = [says("hi"), expects("buttons"), taps("hours")] as const;
    await passes(flowTest("order", ...tail, expects("text", "11 to 23"), expects("text", "See you")));
    expect(
      await failureOf(flowTest("order", ...tail, expects("text", "See you"), expects("text", "11 to 23"))),
    ).toMatchObject({
      place: { line: 5 },
      message: "the message has another text",
    });
  });

  test("nothing where something was expected, with what was not delivered", async () => {
    expect(await failureOf(flowTest("nothing", expects("text")))).toMatchObject({
      expected: "text",
      actual: "nothing",
    });
  });

  test("something where nothing was expected", async () => {
    expect(await failureOf(flowTest("something", says("hi"), expectsNothing))).toMatchObject({ expected: "nothing" });
  });

  test("an option that the phone does not show", async () => {
    expect(await failureOf(flowTest("tap", says("hi"), expects("buttons"), taps("p1")))).toMatchObject({
      message: "No message on the phone has an option p1",
    });
  });

  test("an action that nothing mocks", async () => {
    expect(await failureOf(flowTest("unmocked", says("menu")))).toMatchObject({
      place: { line: 2, source: "says" },
      message: "the action `menu` was called, and the test does not say what it answers",
      expected: "mock menu = …",
    });
  });

  test("a condition, with both sides", async () => {
    expect(
      await failureOf(flowTest("that", ...ORDERED, expectsThat(["==", ["field", ["get", "pizza"], "id"], "p2"]))),
    ).toMatchObject({
      expected: '== "p2"',
      actual: '"p1"',
    });
  });

  test("a call that was not made so", async () => {
    expect(await failureOf(flowTest("call", ...ORDERED, expectsCall("place_order", null, 1)))).toMatchObject({
      message: "the action `place_order` was not called so",
      actual: "not called",
    });
  });

  test("another place, an end, a hand-off", async () => {
    const steps = [says("hi"), expects("buttons")] as const;
    expect(await failureOf(flowTest("state", ...steps, expectsState("order.choose")))).toMatchObject({
      expected: "order.choose",
      actual: "order.welcome",
    });
    expect(await failureOf(flowTest("end", ...steps, expectsEnd))).toMatchObject({
      expected: "end",
      actual: "order.welcome",
    });
    expect(await failureOf(flowTest("handoff", ...steps, expectsHandoff))).toMatchObject({ expected: "handoff" });
  });

  test("the transcript ends where the test failed", async () => {
    const { transcript } = await run(flowTest("so far", says("hi"), expects("list"), taps("order")));
    expect(transcript.entries).toHaveLength(2);
    expect(renderTranscript(transcript)).toContain("↩ Order a pizza");
  });
});

describe("a report", () => {
  const TESTS = [
    flowTest("one", says("hi"), expects("buttons"), taps("hours"), expects("text"), expects("text"), expectsEnd),
    flowTest("two", says("hi"), expects("list")),
    flowTest("three", mockFails("menu"), says("menu"), expects("text"), expectsHandoff),
  ];

  test("counts, and can leave tests out", async () => {
    const all = await runTests({ machine: PIZZERIA, tests: TESTS });
    expect([all.passed, all.failed, all.results.map((result) => result.title)]).toEqual([
      2,
      1,
      ["one", "two", "three"],
    ]);
    const some = await runTests({ machine: PIZZERIA, tests: TESTS, filter: ({ title }) => title !== "two" });
    expect([some.passed, some.failed]).toEqual([2, 0]);
  });

  test("is the same every time", async () => {
    const first = await runTests({ machine: PIZZERIA, tests: TESTS });
    expect(JSON.stringify(await runTests({ machine: PIZZERIA, tests: TESTS }))).toBe(JSON.stringify(first));
  });

  test("covers what was gone through, and lists what was not", async () => {
    const { coverage } = await runTests({ machine: PIZZERIA, tests: TESTS });
    const counts = Object.fromEntries(coverage.items.map(({ kind, id, count }) => [`${kind} ${id}`, count]));
    expect(counts).toMatchObject({
      "state order.welcome": 2,
      "state order.sorry": 1,
      "state order.where": 0,
      "ask order.welcome": 2,
      "option order.welcome:hours": 1,
      "option order.welcome:order": 0,
      "option order.choose:{choose.p}": 0,
      "else order.how_many": 0,
      "after order.choose after 1": 0,
      "failure order.choose.menu": 1,
      "failure order.where.place_order": 0,
    });
    expect(coverage.total).toBe(coverage.items.length);
    expect(coverage.covered).toBe(coverage.items.filter((item) => item.count > 0).length);
  });
});

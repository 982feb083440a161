import { analyse } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { ALL, type Amounts, CATEGORIES, PRICE } from "../../src/flow/amounts.ts";
import { costsOf, type FlowCost } from "../../src/flow/cost.ts";

const PRICES = { service: 0, utility: 2, marketing: 5, authentication: 3 };

function costs(source: string): readonly FlowCost[] {
  const { program } = analyse(source);
  const categoryOf = (name: string): (typeof CATEGORIES)[number] =>
    CATEGORIES.find((c) => name.startsWith(c)) ?? "utility";
  return costsOf({ graph: program.graph, categoryOf, prices: { low: PRICES, high: PRICES } });
}

function range(of: { readonly least: Amounts; readonly most: Amounts } | undefined, i = ALL): string {
  return of ? `${of.least[i]}..${of.most[i]}` : "none";
}

function conversation(states: string, i = ALL, more = ""): string {
  return range(costs(`flow f { on message -> s ${states} } ${more}`)[0]?.conversation, i);
}

function turn(states: string, i = ALL, more = ""): string {
  return range(costs(`flow f { on message -> s ${states} } ${more}`)[0]?.turn, i);
}

const LEAVE = "else -> end";

test.each([
  ["messages in a row", `state s { say "A" say "B" -> end }`, "2..2"],
  ["branches", `state s { if reply is none { say "A" } else { say "B" say "C" } -> end }`, "1..2"],
  ["an ask that nobody may answer", `state s { ask text "Q" { ${LEAVE} } say "A" -> end }`, "1..2"],
  [
    "an ask that a time-out leaves",
    `state s { ask text "Q" { else -> t after 2h -> t } -> t } state t { say "T" -> end }`,
    "2..2",
  ],
  ["a reminder beside an answer", `state s { ask text "Q" { ${LEAVE} after 2h { say "R" } } say "A" -> end }`, "1..3"],
  ["an ask without `else`, sent three times at most", `state s { ask text "Q" -> end }`, "1..3"],
  ["wrong answers with a bound", `state s { ask text "Q" { else "Again" retry 2 -> end } -> end }`, "1..5"],
  ["wrong answers without one", `state s { ask text "Q" { else "Again" } -> end }`, "1..Infinity"],
  [
    "a loop of answers",
    `state s { ask buttons "Q" { option a "A" -> s option b "B" -> end ${LEAVE} } }`,
    "1..Infinity",
  ],
  ["a loop that sends nothing", `state s { wait 1h if reply is none { -> s } -> end }`, "0..0"],
  ["a hand-off", `state s { say "A" handoff "q" }`, "1..1"],
])("%s", (_, states, expected) => {
  expect(conversation(states)).toBe(expected);
});

test("a flow that is called adds what it sends, each time", () => {
  const callee = `flow g { state s { say "G" if reply is none { -> end } return } }`;
  expect(conversation(`state s { call g() call g() say "A" -> end }`, ALL, callee)).toBe("1..3");
});

test("a flow that is left for good sends the rest", () => {
  expect(conversation(`state s { say "A" -> g() }`, ALL, `flow g { state s { say "G" -> end } }`)).toBe("2..2");
});

test("categories are counted by themselves, and templates cost", () => {
  const templates = `template marketing_a() { body "B" } template utility_a() { body "B" }`;
  const states = `state s { if reply is none { send template marketing_a() } else { send template utility_a() } say "A" -> end }`;
  expect(conversation(states, 0, templates)).toBe("1..1");
  expect(conversation(states, 1, templates)).toBe("0..1");
  expect(conversation(states, 2, templates)).toBe("0..1");
  expect(conversation(states, ALL, templates)).toBe("2..2");
  // In an open window a utility template may be free.
  expect(conversation(states, PRICE, templates)).toBe("0..5");
});

test("a turn ends where the bot waits", () => {
  expect(turn(`state s { say "A" ask text "Q" { ${LEAVE} } say "B" say "C" say "D" -> end }`)).toBe("0..3");
  expect(turn(`state s { say "A" wait 1h say "B" say "C" -> end }`)).toBe("1..1");
});

test("a wrong answer is a turn, too", () => {
  expect(turn(`state s { ask text "Q" { else "Again" } -> end }`)).toBe("0..2");
  expect(turn(`state s { ask text "Q" { else { say "A" say "B" } } -> end }`)).toBe("0..3");
});

test("a turn that begins in a flow goes on where that returns to", () => {
  const callee = `flow g { on text "g" -> s state s { ask text "Q" { ${LEAVE} } return } }`;
  const [, g] = costs(`flow f { on message -> s state s { call g() say "A" say "B" -> end } } ${callee}`);
  expect(range(g?.turn)).toBe("0..2");
});

test("what has no bound is named", () => {
  const [f] = costs(
    `flow f { on message -> s state s { ask buttons "Q" { option a "A" -> t ${LEAVE} } } state t { ask text "T" { else "Again" } -> s } }`,
  );
  expect(f?.loops.map(({ kind, states }) => [kind, states])).toEqual([
    ["answers", ["f.s", "f.t"]],
    ["wrong answers", ["f.t"]],
  ]);
  const [timed] = costs(`flow f { on message -> s state s { wait 1h say "A" -> s } }`);
  expect(timed?.loops.map(({ kind, states }) => [kind, states])).toEqual([["time", ["f.s"]]]);
});

test.each([
  [
    "what a call repeats on a loop has no bound",
    `state s { call g() wait 1h -> s }`,
    `flow g { state a { say "G" return } }`,
    "0..Infinity",
  ],
  [
    "a call on a loop that may end the conversation bounds the least",
    `state s { call g() wait 1h -> s }`,
    `flow g { state a { say "G" if reply is none { -> end } return } }`,
    "1..Infinity",
  ],
  [
    "behind a loop that is left through a call its messages count",
    `state s { wait 1h if reply is none { -> s } call g() say "A" -> end }`,
    `flow g { state a { say "G" return } }`,
    "2..2",
  ],
  [
    "a loop in a flow that is called is without bound for its caller",
    `state s { call g() say "A" -> end }`,
    `flow g { state a { say "G" wait 1h if reply is none { -> a } return } }`,
    "2..Infinity",
  ],
  [
    "a flow that never returns is the end",
    `state s { say "A" call g() say "B" -> end }`,
    `flow g { state a { say "G" -> end } }`,
    "2..2",
  ],
  [
    "a scheduled message belongs to the conversation that it starts",
    `state s { say "A" schedule later in 2h -> end }`,
    `event later() flow g { on scheduled later -> a state a { say "G" say "G" -> end } }`,
    "1..1",
  ],
  [
    "a hand-off that comes back goes on",
    `state s { say "A" handoff "q" { back -> t } } state t { say "B" -> end }`,
    "",
    "2..2",
  ],
  [
    "a time-out that chooses between the ask and the way on bounds the least by what comes before",
    `state s { ask text "Q" { else -> t after 2h { if reply is none { -> t } say "R" } } -> t } state t { -> end }`,
    "",
    "1..2",
  ],
  [
    "the texts of `else` count with each wrong answer",
    `state s { ask text "Q" { else "No" retry 1 -> end after 2h { say "R" } } -> end }`,
    "",
    "1..5",
  ],
])("%s", (_, states, more, expected) => {
  expect(conversation(states, ALL, more)).toBe(expected);
});

test.each([
  ["where people take over", `state s { ask text "Q" { ${LEAVE} } say "A" handoff "q" }`, "", "0..1"],
  [
    "after a call that waits",
    `state s { ask text "Q" { ${LEAVE} } call g() say "A" -> end }`,
    `flow g { state a { say "G" wait 1h return } }`,
    "0..1",
  ],
  [
    "in the middle of a call",
    `state s { ask text "Q" { ${LEAVE} } call g() say "A" -> end }`,
    `flow g { state a { say "G" return } }`,
    "0..2",
  ],
])("a turn ends %s", (_, states, more, expected) => {
  expect(turn(states, ALL, more)).toBe(expected);
});

test.each([
  [
    "to the callers of its caller",
    `flow f { on message -> s state s { call g() say "A" -> end } } flow g { state a { call h() say "B" return } }`,
    "0..3",
  ],
  [
    "through a flow that went over into it",
    `flow f { on message -> s state s { call g() say "A" -> end } } flow g { state a { -> h() } }`,
    "0..2",
  ],
  [
    "of two callers to the longer",
    `flow f { on message -> s state s { call h() say "A" say "B" -> end } } flow g { on text "x" -> a state a { call h() -> end } }`,
    "0..3",
  ],
])("a turn goes on where its flow returns: %s", (_, flows, expected) => {
  const own = `flow h { on text "h" -> q state q { ask text "Q" { ${LEAVE} } say "H" return } }`;
  const found = costs(`${flows} ${own}`).find(({ flow }) => flow.name.text === "h");
  expect(range(found?.turn)).toBe(expected);
});

test("an ask with a template costs what the template costs, as often as it is sent", () => {
  const templates = `template marketing_a() { body "B" option yes "Yes" }`;
  const states = `state s { ask template marketing_a() { option yes -> end else "No" retry 1 -> end } }`;
  expect(conversation(states, PRICE, templates)).toBe("5..10");
});

test("a flow that returns to nobody ends there", () => {
  expect(turn(`state s { ask text "Q" { ${LEAVE} } say "A" return }`)).toBe("0..1");
});

test("a flow with several triggers has one conversation, over all of them", () => {
  const found = costs(
    `flow f { on message -> s on text "x" -> t state s { say "A" say "B" -> end } state t { say "C" -> end } }`,
  );
  expect(found.map(({ conversation: of }) => range(of))).toEqual(["1..2"]);
});

test("a flow that calls itself has the bounds of one round", () => {
  expect(turn(`state s { ask text "Q" { ${LEAVE} } say "A" if reply is none { call f() } return }`)).toMatch(/^0\.\./);
});

/** What the rules about ways say, and must not say, at their boundaries: P5001, P5002, P5003, P5004, P5007, P5008. */
import { analyse, applyFix, findings } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import type { Span } from "../../src/index.ts";

const shown = ({ source, start, end }: Span): string => source.text.slice(start, end);
const only = (code: string, text: string): ReturnType<typeof analyse>["diagnostics"] =>
  analyse(text).diagnostics.filter((d) => d.code === code);
const places = (code: string, text: string): readonly string[] => only(code, text).map(({ span }) => shown(span));

const flow = (states: string, head = ""): string => `flow f { on message -> s ${head} ${states} }`;
const RING = 'state s { ask buttons "Q" { option a "A" -> s } }';
const ring = (clauses: string, more = ""): string =>
  `state s { ask buttons "Q" { option a "A" -> s ${clauses} } ${more} }`;

group("an ask holds whom all its answers lead back to it (P5004)", () => {
  test.each<readonly [claim: string, text: string]>([
    ["also where a wrong answer is told so", flow(ring('else { say "No" }'))],
    ["also where a wrong answer leads back by the flow's own clause", flow(RING, "else -> s")],
    ["also where it says something at a time-out", flow(ring('after 2h { say "Hm?" }'))],
    [
      "also where it says something or other at a time-out",
      flow(ring('after 2h { if contact.name == "A" { say "A" } else { say "B" } }')),
    ],
    [
      "also where its template has no reply at all",
      `template t() { category utility body "B" } ${flow("state s { ask template t() { } }")}`,
    ],
    [
      "also where only an event interrupts it",
      flow(RING, "anytime on event e() -> t").replace(/ }$/, " state t { -> end } }"),
    ],
  ])("%s", (_, text) => {
    expect(only("P5004", text).map(({ args }) => args)).toEqual([{ what: "ask" }]);
  });

  test.each<readonly [claim: string, text: string]>([
    ["the flow's own clause leads elsewhere after a wrong answer", flow(`${RING} state t { -> end }`, "else -> t")],
    ["a time-out leaves sometimes", flow(ring('after 2h { if contact.name == "A" { -> end } }'))],
    [
      "an action is called on the way",
      `action act() ${flow('state s { ask buttons "Q" { option a "A" -> t } } state t { do act() else -> s -> s }')}`,
    ],
    [
      "something is scheduled on the way",
      flow(
        'state s { ask buttons "Q" { option a "A" { schedule n() in 1h -> s } } } state n { -> end }',
        "on scheduled n() -> n",
      ),
    ],
    ["the conversation begins anew", flow('state s { ask buttons "Q" { option a "A" -> f() } }')],
    ["it has no answer by another mistake", flow('state s { ask buttons "Q" { } }')],
    [
      "people take over for a time",
      flow('state s { ask buttons "Q" { option a "A" -> t } } state t { handoff "q" { back after 1h -> s } }'),
    ],
  ])("but not where %s", (_, text) => expect(only("P5004", text)).toEqual([]));
});

group("a wait holds whom nothing else follows it (P5004)", () => {
  test.each<readonly [claim: string, text: string, wait: string]>([
    ["also where something is said each time", flow('state s { say "A" wait 1h -> s }'), "wait 1h"],
    [
      "also where it schedules what is another conversation",
      flow("state s { schedule n() in 1h wait 2h -> s } state n { -> end }", "on scheduled n() -> n"),
      "wait 2h",
    ],
  ])("%s", (_, text, wait) => {
    expect(only("P5004", text).map(({ span, args }) => [shown(span), args])).toEqual([[wait, { what: "wait" }]]);
  });

  test("but not where people take over for a time", () => {
    expect(only("P5004", flow('state s { wait 1h handoff "q" { back after 1h -> s } }'))).toEqual([]);
  });
});

group("a path that runs off can be ended (P5002)", () => {
  test.each<readonly [what: string, text: string, after: string]>([
    ["a state on one line", 'state s { say "A" }', 'state s { say "A" -> end }'],
    ["a state without a space", 'state s {say "A"}', 'state s {say "A" -> end }'],
    ["an empty state", "state s {}", "state s { -> end }"],
    [
      "a state on lines of its own",
      '\n  state s {\n    say "A"\n  }\n',
      '\n  state s {\n    say "A"\n    -> end\n  }\n',
    ],
    ["a state against the margin", '\nstate s {\nsay "A"\n}\n', '\nstate s {\nsay "A"\n  -> end\n}\n'],
    [
      "what follows a last try",
      'state s { ask text n: "Q" { else "No" retry 2 { say "A" } } -> end }',
      'state s { ask text n: "Q" { else "No" retry 2 { say "A" -> end } } -> end }',
    ],
    [
      "what follows people",
      'state s { handoff "q" { back after 1h { say "A" } } }',
      'state s { handoff "q" { back after 1h { say "A" -> end } } }',
    ],
    [
      "what the flow does after a last try",
      'else "No" retry 2 { say "A" } state s { ask text n: "Q" -> end }',
      'else "No" retry 2 { say "A" -> end } state s { ask text n: "Q" -> end }',
    ],
  ])("%s", (_, states, after) => {
    const text = flow(states);
    const [found, ...others] = only("P5002", text);
    expect(others).toEqual([]);
    const [fix] = found?.fixes ?? [];
    if (!fix) throw new Error("no fix");
    expect(fix.safe).toBe(false);
    expect(applyFix(text, fix)).toBe(flow(after));
    expect(only("P5002", flow(after))).toEqual([]);
  });

  test("its name is that of the state, or of the flow that gives a clause to all its asks", () => {
    expect(only("P5002", flow('state s { say "A" }')).map((d) => d.args)).toEqual([{ state: "s" }]);
    expect(
      only("P5002", flow('else "No" retry 2 { say "A" } state s { ask text n: "Q" -> end }')).map((d) => d.args),
    ).toEqual([{ state: "f" }]);
  });

  test("is no finding where the last statement cannot be read: it may be an arrow", () => {
    expect(findings(flow('state s { say "A"\n foo bar\n }')).map(([code]) => code)).not.toContain("P5002");
    expect(findings(flow('state s { foo bar\n say "A" }')).map(([code]) => code)).toContain("P5002");
  });
});

group("a loop that never waits (P5003)", () => {
  test.each<readonly [what: string, text: string, cycle: string, at: string, related: readonly string[]]>([
    ["of one state", flow("state s { -> s }"), "s -> s", "s", []],
    ["of three", flow("state s { -> t } state t { -> u } state u { -> s }"), "s -> t -> u -> s", "s", ["t", "u"]],
    [
      "by the shortest way, from its first state",
      flow('state s { -> t } state t { if contact.name == "A" { -> u } -> v } state u { -> v } state v { -> t }'),
      "t -> v -> t",
      "t",
      ["v"],
    ],
    [
      "over two flows, with their names",
      `${flow("state s { -> g() }")} flow g { state a { -> f() } }`,
      "s -> g.a -> s",
      "s",
      ["a"],
    ],
    [
      "over a call that does not wait",
      `${flow("state s { call g() -> s }")} flow g { state a { call h() return } } flow h { state a { if contact.name == "A" { return } -> a2 } state a2 { return } }`,
      "s -> s",
      "s",
      [],
    ],
  ])("%s", (_, text, cycle, at, related) => {
    const found = only("P5003", text);
    expect(found.map((d) => d.args)).toEqual([{ cycle }]);
    expect(found.map((d) => shown(d.span))).toEqual([at]);
    expect(found[0]?.related.map((r) => `${shown(r.span)}: ${r.message}`)).toEqual(
      related.map((name) => `${name}: the loop goes on here`),
    );
  });

  test.each<readonly [what: string, text: string]>([
    ["is none over a wait", flow("state s { wait 1h -> s }")],
    ["is none over a call that waits", `${flow("state s { call g() -> s }")} flow g { state a { wait 1h return } }`],
    [
      "is none over a call that waits in another",
      `${flow("state s { call g() -> s }")} flow g { state a { call h() return } } flow h { state a { ask text "Q" return } }`,
    ],
    ["is none over a call that never returns", `${flow("state s { call g() -> s }")} flow g { state a { -> end } }`],
    ["is none over a schedule", flow("state s { schedule n() in 1h -> end }", "on scheduled n() -> s")],
    ["is none over people", flow('state s { handoff "q" { back after 1h -> s } }')],
  ])("%s", (_, text) => expect(only("P5003", text)).toEqual([]));

  test("in a flow that is called makes no other finding of its caller", () => {
    const text = `${flow("state s { call g() -> s }")} flow g { state a { -> b } state b { if contact.name == "A" { return } -> a } }`;
    expect(only("P5003", text).map((d) => d.args)).toEqual([{ cycle: "s -> s" }, { cycle: "a -> b -> a" }]);
  });
});

group("a flow that calls itself (P5008)", () => {
  test.each<readonly [how: string, text: string, cycle: string, at: string]>([
    ["at once", flow("state s { call f() -> end }"), "f -> f", "f"],
    [
      "over another",
      `${flow("state s { call g() -> end }")} flow g { state a { call f() return } }`,
      "f -> g -> f",
      "g",
    ],
    [
      "over an arrow of the other",
      `${flow("state s { call g() -> end }")} flow g { state a { -> f() } }`,
      "f -> g -> f",
      "g",
    ],
    [
      "by the shortest way",
      `${flow("state s { call g() -> end }")} flow g { state a { call h() call k() return } } flow h { state a { call k() return } } flow k { state a { call f() return } }`,
      "f -> g -> k -> f",
      "g",
    ],
    [
      "where the first way of the circle is an arrow",
      `${flow('state s { if contact.name == "A" { -> g() } call h() -> end }')} flow g { state a { -> f() } } flow h { state a { return } }`.replace(
        "-> f()",
        "call f() return",
      ),
      "g -> f -> g",
      "f",
    ],
  ])("%s", (_, text, cycle, at) => {
    expect(only("P5008", text).map((d) => [d.args, shown(d.span)])).toEqual([[{ cycle }, at]]);
  });

  test.each([
    `${flow("state s { -> g() }")} flow g { state a { -> f() } }`,
    `${flow("state s { call g() -> end }")} flow g { state a { return } }`,
    `${flow("state s { call g() call g() -> end }")} flow g { state a { call h() return } } flow h { state a { return } }`,
    `${flow("state s { schedule n() in 1h -> end } state t { call g() -> end }", "on scheduled n() -> t")} flow g { state a { schedule n() in 1h return } }`,
  ])("and none that does not: %s", (text) => expect(only("P5008", text)).toEqual([]));
});

group("a state that nothing leads to (P5001) can be deleted", () => {
  test.each<readonly [but: string, text: string, fixes: number]>([
    ["where nothing names it", flow("state s { -> end } state t { -> end }"), 1],
    ["but not where an arrow does", flow("state s { -> end } state t { -> t }"), 0],
    [
      "but not where a test does",
      `${flow("state s { -> end } state t { -> end }")} test "x" { user says "x" expect state f.t }`,
      0,
    ],
    [
      "also where a test names another",
      `${flow("state s { -> end } state t { -> end }")} test "x" { user says "x" expect state f.s }`,
      1,
    ],
    [
      "but not where it is the flow's only one",
      `${flow("state s { -> end }")} flow g { on text "g" -> f() state t { -> end } }`,
      0,
    ],
  ])("%s", (_, text, fixes) => {
    const found = only("P5001", text);
    expect(found.map(({ args, span }) => [args, shown(span)])).toEqual([[{ state: "t" }, "t"]]);
    expect(found[0]?.fixes).toHaveLength(fixes);
  });

  test("is no finding behind a trigger of an event that nothing schedules: that is the finding", () => {
    expect(places("P5001", flow("state s { -> end } state t { -> end }", "on scheduled n() -> t"))).toEqual([]);
  });
});

group("no pause in a block of an ask (P5007)", () => {
  test.each<readonly [where: string, text: string, found: readonly (readonly [what: string, clause: string])[]]>([
    ["a time-out", flow('state s { ask text "Q" { after 1h { wait 1h } } -> end }'), [["`wait`", "after"]]],
    ["a wrong answer", flow('state s { ask text n: "Q" { else { wait 1h } } -> end }'), [["`wait`", "else"]]],
    ["a time-out of all asks", flow('state s { ask text "Q" -> end }', "after 1h { wait 1h }"), [["`wait`", "after"]]],
    [
      "a wrong answer of all asks",
      flow('state s { ask text n: "Q" -> end }', "else { wait 1h }"),
      [["`wait`", "else"]],
    ],
    [
      "what follows the last try",
      flow('state s { ask text n: "Q" { else "No" retry 2 { wait 1h -> end } } -> end }'),
      [],
    ],
    ["an answer", flow('state s { ask buttons "Q" { option a "A" { wait 1h } } -> end }'), []],
  ])("%s", (_, text, found) => {
    expect(only("P5007", text).map(({ args }) => args)).toEqual(found.map(([what, clause]) => ({ what, clause })));
  });
});

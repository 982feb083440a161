/** P5005, P4003, P4004 and P2001 of template options: what is the same, what comes first, and what a fix takes away. */
import { analyse, applyFix } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import type { Span } from "../../src/index.ts";

const shown = ({ source, start, end }: Span): string => source.text.slice(start, end);
const only = (code: string, text: string): ReturnType<typeof analyse>["diagnostics"] =>
  analyse(text).diagnostics.filter((d) => d.code === code);

const END = "state s { -> end }";
const two = (one: string, other: string): string => `flow f { ${one} -> s ${END} } flow g { ${other} -> s ${END} }`;

group("the same trigger twice (P5005)", () => {
  test.each([
    ["on message", "on message", "on message"],
    ["on order", "on order", "on order"],
    ["on referral", "on referral", "on referral"],
    ['on referral "ad"', 'on referral "ad"', "on referral"],
    ["on event e()", "on event e()", "on event e"],
    ["on scheduled e()", "on scheduled e()", "on scheduled e"],
    ["on event e()", "on scheduled e()", "on scheduled e"],
    ["on scheduled e()", "on event e()", "on event e"],
    ['on text "Menu"', 'on text "menu"', 'on text "menu"'],
    ["on text /a/", "on text /a/", "on text /a/"],
    ["on text /a/i", "on text /a/i", "on text /a/i"],
  ])("%s and %s", (one, other, trigger) => {
    expect(only("P5005", two(one, other)).map((d) => d.args)).toEqual([{ trigger }]);
  });

  test.each([
    ["on message", "on order"],
    ["on order", "on referral"],
    ["on referral", 'on referral "any"'],
    ['on referral "a"', 'on referral "b"'],
    ['on referral ""', "on referral"],
    ["on event e()", "on event d()"],
    ['on text "message"', "on message"],
    ['on text "/a/"', "on text /a/"],
    ["on text /a/", "on text /a/i"],
    ["on stale", "on stale"],
    ["on window_closed", "on window_closed"],
  ])("%s and %s of two flows are two", (one, other) => expect(only("P5005", two(one, other))).toEqual([]));

  test.each(["stale", "window_closed"])("on %s twice in one flow is one too many", (word) => {
    const text = `flow f { on message -> s on ${word} -> s on ${word} -> s ${END} }`;
    expect(only("P5005", text).map((d) => d.args)).toEqual([{ trigger: `on ${word}` }]);
  });

  const fixed = (text: string): string | undefined => {
    const fix = only("P5005", text)[0]?.fixes[0];
    return fix && applyFix(text, fix);
  };
  const f = 'on text "a"';

  test.each([
    ["the first of its texts", 'on text "a", "b"', 'on text "b"'],
    ["one between its texts", 'on text "x", "a", "b"', 'on text "x", "b"'],
    ["the last of its texts", 'on text "b", "a"', 'on text "b"'],
    ["the trigger with its only text", 'on message -> s on text "a"', "on message"],
  ])("the fix deletes %s", (_, before, after) => expect(fixed(two(f, before))).toBe(two(f, after)));

  test("there is no fix where nothing else starts the flow", () => {
    expect(only("P5005", two(f, f)).map((d) => d.fixes)).toEqual([[]]);
  });
});

const flow = (states: string, head = ""): string => `flow f { on message -> s ${head} ${states} }`;
const ask = (clauses: string, head = ""): string => flow(`state s { ask text "Q" { ${clauses} } -> end }`, head);

group("time-outs rise (P4003)", () => {
  test.each<
    readonly [what: string, text: string, found: readonly (readonly [at: string, before: string, fixed: boolean])[]]
  >([
    ["of an ask", ask('after 2h { say "a" } after 1h { say "b" }'), [["1h", "2 h", true]]],
    ["of a flow", ask("", 'after 2h { say "a" } after 1h { say "b" }'), [["1h", "2 h", true]]],
    ["and no two come at once", ask('after 1h { say "a" } after 1h { say "b" }'), [["1h", "1 h", false]]],
    [
      "each above the one before it",
      ask('after 3h { say "a" } after 1h { say "b" } after 2h { say "c" }'),
      [["1h", "3 h", true]],
    ],
    ["those of a flow beside those of its ask", ask('after 1h { say "a" }', 'after 2h { say "b" }'), []],
    ["also by a minute", ask('after 59m { say "a" } after 1h { say "b" }'), []],
  ])("%s", (_, text, found) => {
    expect(only("P4003", text).map((d) => [shown(d.span), d.args["before"], d.fixes.length === 1])).toEqual(found);
  });

  test("the fix exchanges the two with what they do", () => {
    const text = ask('after 2h { say "a" } after 1h { say "b" }');
    const [found] = only("P4003", text);
    expect(found?.related.map((r) => [shown(r.span), r.message])).toEqual([
      ["2h", "this one stands before it and is no shorter"],
    ]);
    const [fix] = found?.fixes ?? [];
    expect(fix && applyFix(text, fix)).toBe(ask('after 1h { say "b" } after 2h { say "a" }'));
  });
});

group("a time-out that never comes (P4004)", () => {
  const told = (text: string): readonly unknown[] =>
    only("P4004", text).map((d) => [shown(d.span), d.args, d.related.map((r) => `${shown(r.span)}: ${r.message}`)]);
  const SIX = 'after 6h { say "6" }';

  test("is told with the one that leaves before it", () => {
    expect(told(ask(`after 4h -> end ${SIX}`))).toEqual([
      [SIX, { time: "6 h", before: "4 h" }, ["after 4h -> end: this one leaves before"]],
    ]);
  });

  test("says where it is the flow's own that leaves", () => {
    const own = "after 4h -> end: the flow's own time-out leaves before";
    expect(told(ask(SIX, "after 4h -> end"))).toEqual([[SIX, { time: "6 h", before: "4 h" }, [own]]]);
    // Of several of the flow it is one.
    expect(told(ask(SIX, 'after 3h { say "3" } after 4h -> end'))).toEqual([
      [SIX, { time: "6 h", before: "4 h" }, [own]],
    ]);
  });

  test("is found once where a flow gives it to several asks", () => {
    const text = flow('state s { ask text "Q" -> t } state t { ask text "R" -> end }', `after 4h -> end ${SIX}`);
    expect(told(text)).toHaveLength(1);
  });

  test("is none where it comes in another ask", () => {
    const text = flow(
      'state s { ask text "Q" { after 4h { if contact.name == "A" { -> end } else { -> t } } } -> t } state t { ask text "R" -> end }',
      SIX,
    );
    expect(told(text)).toEqual([]);
  });

  test("is told by P4003 where the two stand in the wrong order", () => {
    expect(told(ask(`${SIX} after 4h -> end`))).toEqual([]);
    expect(told(ask("", `${SIX} after 4h -> end`))).toEqual([]);
    // The flow's own stand before its states: that is no order.
    expect(told(flow(`state s { ask text "Q" { ${SIX} } -> end }`, "after 4h -> end"))).toHaveLength(1);
  });
});

group("an option of a template (P2001)", () => {
  const T = 'template t() { category utility body "B" option yes "Yes" option no "No" }';
  const asked = (options: string, template = "t"): string =>
    `${T} ${flow(`state s { ask template ${template}() { ${options} } }`)}`;

  test("is one of its quick replies", () => {
    expect(only("P2001", asked("option yes -> end option no -> end"))).toEqual([]);
    expect(only("P2001", asked("option yes -> end option nope -> end option maybe -> end")).map((d) => d.args)).toEqual(
      [
        expect.objectContaining({ what: "option", name: "nope" }),
        expect.objectContaining({ what: "option", name: "maybe" }),
      ],
    );
  });

  test("says nothing about a template that is not known, or an option without a name", () => {
    expect(only("P2001", asked("option maybe -> end", "u"))).toEqual([]);
    expect(only("P2001", asked("option -> end"))).toEqual([]);
    expect(only("P2001", `${T} ${flow('state s { ask buttons "Q" { option z "Z" -> end } }')}`)).toEqual([]);
  });
});

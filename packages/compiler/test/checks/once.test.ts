/** P9003 and P4004, with their fixes. */
import { analyse, applyFix, findings } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { type Span, spanText } from "../../src/text/source.ts";

const HEAD = "action pay() once action look() ";

function found(text: string): readonly string[] {
  return findings(HEAD + text)
    .filter(([code]) => code === "P9003" || code === "P4004")
    .map(([code, at]) => `${code} ${at}`);
}

function fixed(text: string, code: string): string {
  const fix = analyse(HEAD + text).diagnostics.find((d) => d.code === code)?.fixes[0];
  if (!fix) throw new Error(`no fix of ${code}`);
  return applyFix(HEAD + text, fix).slice(HEAD.length);
}

const flow = (states: string, more = ""): string => `flow f { on message -> a ${states} } ${more}`;

group("a second tap would do it again", () => {
  const cases: Readonly<Record<string, string>> = {
    "right behind the ask": flow(`state a { ask "Q?" { option x "X" } do pay() else -> end -> end }`),
    "over an arrow": flow(
      `state a { ask "Q?" { option x "X" -> b option y "Y" -> end } } state b { do pay() else -> end -> end }`,
    ),
    "over a typed answer": flow(
      `state a { ask "Q?" { option x "X" } ask text n: "Name?" do pay() else -> end -> end }`,
    ),
    "over a time-out behind it": flow(
      `state a { ask "Q?" { option x "X" } ask text n: "N?" { after 1h -> b } -> end } state b { do pay() else -> end -> end }`,
    ),
    "over one that is answered once, and one that is not": flow(
      `state a { ask once "Q?" { option x "X" -> b option y "Y" -> c } }
       state b { ask "R?" { option x "X" -> c } } state c { do pay() else -> end -> end }`,
    ),
    "from a flow that is called": flow(
      `state a { call g() do pay() else -> end -> end }`,
      `flow g { state a { ask "Q?" { option x "X" } return } }`,
    ),
    "over a flow that asks nothing": flow(
      `state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`,
      `flow g { state a { say "Hi" return } }`,
    ),
    "in a flow that is called": flow(
      `state a { ask "Q?" { option x "X" } call g() -> end }`,
      `flow g { state a { do pay() else -> end return } }`,
    ),
    "after a place": flow(`state a { ask location "Where?" do pay() else -> end -> end }`),
    "from a flow that is called, and says something before it returns": flow(
      `state a { call g() do pay() else -> end -> end }`,
      `flow g { state a { ask "Q?" { option x "X" } say "Hi" say "Ho" return } }`,
    ),
    "from a flow that a called one calls": flow(
      `state a { call g() do pay() else -> end -> end }`,
      `flow g { state a { call h() ask text "Q?" return } } flow h { state a { ask "R?" { option x "X" } return } }`,
    ),
    "from a flow that a called one goes over to": flow(
      `state a { call g() do pay() else -> end -> end }`,
      `flow g { state a { -> h() } } flow h { state a { ask "R?" { option x "X" } return } }`,
    ),
    "over a flow that asks for words": flow(
      `state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`,
      `flow g { state a { ask text "Name?" return } }`,
    ),
    "over a flow that asks once on one of its ways": flow(
      `state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`,
      `flow g { state a { if reply is none { return } ask once "R?" { option y "Y" } return } }`,
    ),
    "over a text beside the options of another": flow(
      `state a { ask "Q?" { option x "X" } ask text n: "N?" { option y "Y" -> end text "pay" -> b } -> end }
       state b { do pay() else -> end -> end }`,
    ),
    "by a schedule": `flow f { on message -> a on scheduled later() -> b
      state a { ask "Q?" { option x "X" } schedule later() in 1h -> end } state b { do pay() else -> end -> end } }`,
  };
  test.each(Object.entries(cases))("%s, and the fix lets it be answered once", (_, text) => {
    expect(found(text)).toEqual(["P9003 do pay() else -> end"]);
    const after = fixed(text, "P9003");
    expect(after).toContain("ask once");
    expect(found(after)).toEqual([]);
  });
});

group("nothing can be done again", () => {
  const cases: Readonly<Record<string, string>> = {
    "behind `ask once`": flow(`state a { ask once "Q?" { option x "X" } do pay() else -> end -> end }`),
    "behind `ask once` behind another": flow(
      `state a { ask "Q?" { option x "X" } ask once sure: "Sure?" { option x "X" } do pay() else -> end -> end }`,
    ),
    "in a flow that is called between": flow(
      `state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`,
      `flow g { state a { ask once "Sure?" { option x "X" } return } }`,
    ),
    "in a flow that two others call, one of them after an ask": `
      flow f { on message -> a state a { ask "Q?" { option x "X" } call g() -> end } }
      flow h { on text "h" -> a state a { call g() do pay() else -> end -> end } }
      flow g { state a { say "Hi" return } }`,
    "behind a call whose ask leads to no return": flow(
      `state a { call g() do pay() else -> end -> end }`,
      `flow g { state a { if reply is none { return } ask "R?" { option x "X" -> b } -> end } state b { -> end } }`,
    ),
    "behind a call that an event goes on from": flow(
      `state a { call g() do pay() else -> end -> end }`,
      `flow g { on scheduled late() -> b state a { schedule late() in 1h return }
        state b { ask "R?" { option x "X" } return } }`,
    ),
    "in a flow that is called between, and that a schedule leaves": flow(
      `state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`,
      `flow g { on scheduled late() -> b state a { schedule late() in 1h ask once "S?" { option x "X" } return }
        state b { return } }`,
    ),
    "in a flow that is called between, and that ends beside its ask": flow(
      `state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`,
      `flow g { state a { if reply is none { -> end } ask once "S?" { option x "X" } return } }`,
    ),
    "behind what is typed": flow(`state a { ask text "Q?" do pay() else -> end -> end }`),
    "behind a text beside options": flow(
      `state a { ask "Q?" { option x "X" -> end text "pay" -> b } } state b { do pay() else -> end -> end }`,
    ),
    "with an action that may run again": flow(`state a { ask "Q?" { option x "X" } do look() else -> end -> end }`),
    "at the beginning": flow(`state a { do pay() else -> end -> end }`),
  };
  test.each(Object.entries(cases))("%s", (_, text) => expect(found(text)).toEqual([]));
});

group("a time-out that never comes", () => {
  const ask = (clauses: string, head = ""): string =>
    flow(`${head} state a { ask "Q?" { option x "X" ${clauses} } -> end }`);
  test.each([
    [ask('after 2h -> end after 4h { say "4" }'), ['P4004 after 4h { say "4" }']],
    [ask("after 2h { if window.open { -> end } else { -> a } } after 4h -> end"), ["P4004 after 4h -> end"]],
    [ask('after 4h { say "4" }', "after 2h -> end"), ['P4004 after 4h { say "4" }']],
    [ask("", "after 2h -> end after 4h -> end"), ["P4004 after 4h -> end"]],
  ] as const)("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
    expect(found(fixed(text, "P4004"))).toEqual([]);
  });

  test("one of the flow is told once, wherever the flow has it", () => {
    const asks = 'state a { ask "Q?" { option x "X" } ask r: "R?" { option x "X" } -> end }';
    expect(found(flow(`after 2h -> end after 4h -> end ${asks}`))).toEqual(["P4004 after 4h -> end"]);
    const behind = 'state a { ask "Q?" { option x "X" after 4h { say "4" } } -> end } after 2h -> end';
    expect(found(flow(behind))).toEqual(['P4004 after 4h { say "4" }']);
  });

  test("shows which one leaves before", () => {
    const shown = (text: string): readonly string[] =>
      analyse(HEAD + text).diagnostics.flatMap(({ code, related }) =>
        code === "P4004" ? related.map(({ span, message }) => `${spanText(span)}: ${message}`) : [],
      );
    expect(shown(ask('after 4h { say "4" }', "after 2h -> end"))).toEqual([
      "after 2h -> end: the flow's own time-out leaves before",
    ]);
    expect(shown(ask('after 2h -> end after 4h { say "4" }', 'after 1h { say "1" }'))).toEqual([
      "after 2h -> end: this one leaves before",
    ]);
  });

  test.each([
    ask('after 2h { say "2" } after 4h -> end'),
    ask("after 2h { if window.open { -> end } } after 4h -> end"),
    ask('after 2h { say "2" }', "after 4h -> end"),
    // In another ask it comes.
    flow(
      `after 4h -> end state a { ask "Q?" { option x "X" after 2h -> end } -> b } state b { ask "R?" { option x "X" } -> end }`,
    ),
    // P4003 says it.
    ask('after 4h { say "4" } after 2h -> end'),
  ])("%s: all come", (text) => expect(found(text)).toEqual([]));
});

group("flows that call themselves", () => {
  test("lead a tap to what is done once all the same", () => {
    const text = `${flow(`state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`)}
      flow g { state a { if reply is none { call g() } return } }`;
    expect(found(text)).toEqual(["P9003 do pay() else -> end"]);
  });

  test("and never return let no tap through", () => {
    const text = `${flow(`state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`)}
      flow g { state a { call g() return } }`;
    expect(found(text)).toEqual([]);
  });

  test("nor does one that asks once", () => {
    const text = `${flow(`state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }`)}
      flow g { state a { ask once "R?" { option y "Y" } return } }`;
    expect(found(text)).toEqual([]);
  });
});

test("the asks are told in the order in which they stand", () => {
  const text = `flow f { on text "b" -> b on text "z" -> z
    state b { ask "Early?" { option x "X" } -> d } state d { say "D" -> c }
    state c { do pay() else -> end -> end } state z { ask "Late?" { option x "X" -> c } } }`;
  const told = analyse(HEAD + text).diagnostics.filter(({ code }) => code === "P9003");
  const shown = ({ source, start, end }: Span): string => source.text.slice(start, end);
  expect(told.map(({ related }) => related.map(({ span }) => shown(span)))).toEqual([['"Early?"', '"Late?"']]);
});

import { expect, describe as group, test } from "vitest";
import { analyse, sentences } from "../../src/testing.ts";

function pathFindings(text: string): readonly string[] {
  return analyse(text)
    .diagnostics.filter((d) => d.code.startsWith("P5"))
    .map((d) => `${d.code} ${d.span.source.text.slice(d.span.start, d.span.end).split("\n")[0]}`);
}

const flow = (states: string, head = "on message -> a"): string => `flow f {\n${head}\n${states}\n}`;
const ASK = `ask "Q?" { option x "X" -> end after 1h -> end }`;

group("nothing to find", () => {
  const cases: Readonly<Record<string, string>> = {
    "all ways leave": flow(`state a { if window.open { -> end } else { -> b } } state b { handoff "people" }`),
    "an ask whose options all leave": flow(`state a { ${ASK} }`),
    "a match whose arms all leave": `type T = x | y flow f(t: T = T.x) { on message -> a state a { match t { x -> end y -> b } } state b { -> end } }`,
    "a loop that asks": flow(`state a { ask "Q?" { option x "X" -> a after 1h -> end } }`),
    "a loop that waits": flow(`state a { wait 1h if window.open { -> end } -> a }`),
    "a flow that only others call": `flow f { on message -> a state a { call g() -> end } } flow g { state a { -> b } state b { return } }`,
    "one flow called twice": `flow f { on message -> a state a { call one: g() call two: g() -> end } } flow g { state a { say "x" return } }`,
    "a flow that goes over to the one that it came from, with an ask": `
      flow f { on message -> a state a { ask "Q?" { option x "X" -> g() after 1h -> end } } } flow g { state a { ask "Q?" { option x "X" -> f() after 1h -> end } } }`,
    "the arm of retry may ask": flow(
      `state a { ask "Q?" { option x "X" -> end else "What?" retry 2 { ${ASK.replace("ask", "ask text n:").replace('{ option x "X" -> end after', "{ after")} -> end } after 1h -> end } }`,
    ),
    "two texts that are not the same": flow(`state a { -> end }`, `on text "menu", "Menü 2" -> a`),
  };
  test.each(Object.entries(cases))("%s", (_, text) => expect(pathFindings(text)).toEqual([]));
});

group("a finding", () => {
  const cases: Readonly<Record<string, readonly [text: string, ...found: string[]]>> = {
    "P5001 a state that nothing leads to": [flow(`state a { -> end } state b { -> end }`), "P5001 b"],
    "P5001 a circle that nothing leads to": [
      flow(`state a { -> end } state b { ${ASK.replace("-> end after", "-> c after")} } state c { wait 1h -> b }`),
      "P5001 b",
      "P5001 c",
    ],
    "P5006 behind a trigger that nothing schedules": [
      flow(`state a { -> end } state b { -> end }`, "on message -> a on scheduled n() -> b"),
      "P5006 n",
    ],
    "P5002 a statement at the end": [flow(`state a { say "Hi" }`), "P5002 a"],
    "P5002 nothing at all": [flow(`state a { }`), "P5002 a"],
    "P5002 one branch": [flow(`state a { if window.open { -> end } }`), "P5002 a"],
    "P5002 an option that goes on": [flow(`state a { ask "Q?" { option x "X" after 1h -> end } }`), "P5002 a"],
    "P5002 a typed answer": [flow(`state a { ask text "Q?" { after 1h -> end } }`), "P5002 a"],
    "P5002 after retry": [
      flow(`state a { ask "Q?" { option x "X" -> end else "No" retry 2 { say "Sorry" } after 1h -> end } }`),
      'P5002 { say "Sorry" }',
    ],
    "P5002 after a hand-off": [flow(`state a { handoff "people" { back after 1h { typing } } }`), "P5002 { typing }"],
    "P5003 a state that goes to itself": [flow(`state a { say "Hi" -> a }`), "P5003 a"],
    "P5003 a circle of states": [
      flow(`state a { say "Hi" -> b } state b { if window.open { -> a } -> end }`),
      "P5003 a",
    ],
    "P5003 over a call": [
      `flow f { on message -> a state a { call g() -> a } } flow g { state a { say "x" return } }`,
      "P5003 a",
    ],
    "P5003 over arrows between flows": [
      `flow f { on message -> a state a { -> g() } } flow g { state a { -> f() } }`,
      "P5003 a",
    ],
    "P5003 a list that is empty again and again": [
      `action l() -> { id: text(20), name: text(20) }[..5] flow f { on message -> a state a {
        let rows = l() else -> end
        ask "Q?" { for r in rows { option {r.id} "{r.name}" -> end } empty -> a after 1h -> end } } }`,
      "P5003 a",
    ],
    "P5005 the same text twice": [
      flow(`state a { -> end }`, `on text "menu" -> a on text "MENÚ" -> a`),
      'P5005 "MENÚ"',
    ],
    "P5005 two flows on any message": [
      `flow f { on message -> a state a { -> end } } flow g { on message -> a state a { -> end } }`,
      "P5005 message",
    ],
    "P5005 an event of the host and one of `schedule` with one name": [
      flow(`state a { -> end }`, `on event e(n: 0..9) -> a on scheduled e(n: text(5)) -> a`),
      "P5005 e",
    ],
    "P5007 in after": [
      flow(`state a { ask "Q?" { option x "X" -> end after 1h { wait 1h } after 2h -> end } }`),
      "P5007 wait 1h",
    ],
    "P5007 in else": [
      flow(`state a { ask "Q?" { option x "X" -> end else { if window.open { call g() } } after 2h -> end } }`) +
        ` flow g { state a { return } }`,
      "P5007 call g()",
    ],
    "P5007 of an action in a branch": [
      `action act() ${flow(`state a { ask "Q?" { option x "X" -> end else { if window.open { say "A" } else if window.open { do act() else { wait 1h } } } after 2h -> end } }`)}`,
      "P5007 do act() else { wait 1h }",
      "P5007 wait 1h",
    ],
    "P5007 of a value of an action in a match": [
      `type T = x | y action act() -> T ${flow(
        `state a { ask "Q?" { option x "X" -> end else { match t { x { set t = act() else -> end } else { } } } after 2h -> end } }`,
        "on message -> a var t: T = T.x",
      )}`,
      "P5007 act()",
    ],
    "P5007 in the flow's own": [
      flow(
        `state a { ask "Q?" { option x "X" -> end } }`,
        `on message -> a after 1h { ask text "Still there?" } after 2h -> end`,
      ),
      'P5007 "Still there?"',
    ],
    "P5008 itself": [`flow f { on message -> a state a { call f() -> end } }`, "P5008 f"],
    "P5008 over another": [
      `flow f { on message -> a state a { call g() -> end } } flow g { state a { call f() return } }`,
      "P5008 g",
    ],
    "P5009 behind an arrow": [flow(`state a { -> end say "Hi" say "there" }`), 'P5009 say "Hi"'],
    "P5009 behind branches that leave": [
      flow(`state a { if window.open { -> end } else { -> end } say "Hi" }`),
      'P5009 say "Hi"',
    ],
  };
  test.each(Object.entries(cases))("%s", (_, [text, ...found]) => expect(pathFindings(text)).toEqual(found));
});

test("a loop is shown as the states on it", () => {
  expect(sentences(flow(`state a { -> b } state b { say "x" -> c } state c { -> b }`))).toEqual([
    "P5003 this loop never waits: b -> c -> b",
  ]);
});

test("the fix of P5002 ends the conversation, in the style of the file", () => {
  const fix = (text: string): string => {
    const [edit] = analyse(text).diagnostics.find((d) => d.code === "P5002")?.fixes[0]?.edits ?? [];
    return edit ? text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end) : text;
  };
  expect(fix(`flow f {\n  on message -> a\n  state a {\n    say "Hi"\n  }\n}\n`)).toBe(
    `flow f {\n  on message -> a\n  state a {\n    say "Hi"\n    -> end\n  }\n}\n`,
  );
  expect(fix(`flow f { on message -> a state a { say "Hi" } }`)).toBe(
    `flow f { on message -> a state a { say "Hi" -> end } }`,
  );
});

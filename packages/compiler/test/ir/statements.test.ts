import { expect, test } from "vitest";
import { code, flowOf, lowered } from "./dump.ts";

const HEAD = `
type Size = small "Small" | large "Large"
action hello(name: text(20)) -> text(20) timeout 5s
action ping()
profile { visits: 0..100000 = 0 }
template news(name: text(20) = "Ana") { category marketing body "News for you, {name}, today." }
`;

/** The code of the states of a flow `f` with a few variables. */
function codeOf(states: string, head = ""): readonly string[] {
  return code(
    lowered(`${HEAD} flow f(who: text(20) = "Ana") { on message -> a ${head}
    var size: Size = Size.small var n: 0..1000 = 1 var t: text(40) = "x" ${states} }
    flow g(x: text(20)) -> text(20) { state a { return x } }
    flow h(x: text(40)) { state a { -> end } }`),
  );
}

test("messages are sent by id", () => {
  expect(
    codeOf(`state a { say "Hi" say named: "there" react "👍" react none typing send template news(who) -> end }`),
  ).toEqual(["a: 0 send f.a~1", "1 send f.a.named", '2 react "👍"', '3 react ""', "4 typing", "5 send f.a~2", "6 end"]);
});

test("variables, profile and locale are set", () => {
  expect(
    codeOf(
      `state a { let x = "{who}!" set t = x set n = clamp(n + 1, 0, 10) set profile.visits = 1 set contact.locale = "en" -> end }`,
    ),
  ).toEqual([
    'a: 0 set slot a.x = "{who}!"',
    "1 set slot t = x",
    "2 set slot n = clamp(n + 1, 0, 10)",
    "3 set profile visits = 1",
    '4 set contact locale = "en"',
    "5 end",
  ]);
});

test("branches jump behind each other, those that leave do not", () => {
  expect(codeOf(`state a { if n > 1 { say "1" } else if n == 0 { -> end } else { say "2" } say "3" -> end }`)).toEqual([
    "a: 0 unless n > 1 3",
    "1 send f.a~1",
    "2 jump 6",
    "3 unless n == 0 5",
    "4 end",
    "5 send f.a~2",
    "6 send f.a~3",
    "7 end",
  ]);
});

test("match takes cases by name", () => {
  expect(
    codeOf(
      `state a { match size { small { say "s" } large -> b } -> end } state b { match size { small -> end else { typing } } -> end }`,
    ),
  ).toEqual([
    "a: 0 match size small 1, large 3 else 4",
    "1 send f.a~1",
    "2 jump 4",
    "3 go b",
    "4 end",
    "b: 5 match size small 6 else 7",
    "6 end",
    "7 typing",
    "8 jump 9",
    "9 end",
  ]);
});

test("an action goes on at the next instruction, its failure lies behind the state", () => {
  expect(
    codeOf(
      `state a { let x = hello(who) else { say "{failure}" } do ping() else -> b say "{x ?? who}" -> end } state b { set t = hello("B") else -> end -> end }`,
    ),
  ).toEqual([
    "a: 0 action f.a.hello hello(who) into slot a.x fail 4",
    "1 action f.a.ping ping() fail 6",
    "2 send f.a~2",
    "3 end",
    "4 send f.a~1",
    "5 jump 1",
    "6 go b",
    'b: 7 action f.b.hello hello("B") into slot t fail 9',
    "8 end",
    "9 end",
  ]);
});

test("time, other flows and people", () => {
  expect(
    codeOf(
      `state a { wait 2h wait later: now() + 1h schedule nudge(who) in 22h schedule nudge(who) at now() + 1h cancel nudge cancel all
        call g(who) as t -> b }
      state b { handoff "people" { back after 12h { send template news(who) -> h(t) } } }
      state c { forget }`,
      "on scheduled nudge(x: text(20)) -> c",
    ),
  ).toEqual([
    "a: 0 wait f.a.wait duration 7200000",
    "1 wait f.a.later moment now() + 3600000",
    "2 schedule nudge(who) duration 79200000",
    "3 schedule nudge(who) moment now() + 3600000",
    "4 cancel nudge",
    "5 cancel all",
    "6 call f.a.g g(who) into t",
    "7 go b",
    "b: 8 handoff f.b.handoff f.b.handoff.queue back 43200000 9",
    "9 send f.b~1",
    "10 leave h(t)",
    "c: 11 forget",
  ]);
});

test("let slots are declared with their types, one of each block", () => {
  const flow = flowOf(
    lowered(
      `flow f { on message -> a state a { let x = 3 let y = [1, 2] if x > 1 { let z = "t" say "{z}" } -> end } }`,
    ),
  );
  expect(flow.lets).toEqual({
    "a.x": { t: "range", min: 3, max: 3 },
    "a.y": { t: "list", of: { t: "range", min: 1, max: 2 }, min: 2, max: 2 },
    "a.z": { t: "text", max: 1 },
  });
});

test("states are in written order with their first instruction", () => {
  expect(flowOf(lowered(`flow f { on message -> b state a { say "x" -> end } state b { -> a } }`)).states).toEqual({
    a: 0,
    b: 2,
  });
});

import { analyse, type Finding, findings } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { inState } from "../programs.ts";

const only = (code: string, source: string, settings: Parameters<typeof findings>[1] = {}): readonly Finding[] =>
  findings(source, settings).filter(([found]) => found === code);
const caught = (code: string, source: string): readonly string[] => only(code, source).map(([, text]) => text);

test.each([
  [`option a "*A*"`, "*A*"],
  [`option a "Our _new_ one"`, "_new_"],
  [`footer "Only ~five~ four" option a "A"`, "~five~"],
  ['option a "`code`"', "`code`"],
])("markup is found in %s", (clauses, text) => {
  expect(caught("P3025", inState(`ask buttons "*Q*" { ${clauses} }`))).toEqual([text]);
});

test.each([`option a "2*3*4"`, `option a "a_b_c"`, `option a "* star"`, `option a "A *"`, `option a "5 * 4 * 3"`])(
  "no markup is found in %s",
  (clauses) => {
    expect(caught("P3025", inState(`ask buttons "Q" { ${clauses} }`))).toEqual([]);
  },
);

test("an ask whose answers all lead back to it holds the conversation", () => {
  const source = `flow f { on message -> s state s { ask buttons "Q" { option a "A" -> s option b "B" -> s } } }`;
  expect(caught("P5004", source)).toEqual([`"Q"`]);
});

test.each([
  ["an answer ends", `state s { ask buttons "Q" { option a "A" -> s option b "B" -> end } }`],
  ["the way back says something", `state s { ask buttons "Q" { option a "A" -> t } } state t { say "T" -> s }`],
  ["another ask follows", `state s { ask buttons "Q" { option a "A" -> t } } state t { ask text "T" -> s }`],
  ["a time-out leaves", `state s { ask buttons "Q" { option a "A" -> s after 2h -> end } }`],
  ["people take over", `state s { ask buttons "Q" { option a "A" -> s else -> h } } state h { handoff "q" }`],
])("nobody is held where %s", (_, states) => {
  expect(caught("P5004", `flow f { on message -> s ${states} }`)).toEqual([]);
});

test("a reminder is no way out, a trigger that interrupts is", () => {
  const held = `state s { ask buttons "Q" { option a "A" -> s after 2h { say "Still there?" } } }`;
  expect(caught("P5004", `flow f { on message -> s ${held} }`)).toEqual([`"Q"`]);
  expect(caught("P5004", `flow f { on message -> s anytime on text "x" -> x ${held} state x { -> end } }`)).toEqual([]);
});

test("a wait that goes round for ever holds the conversation", () => {
  expect(caught("P5004", `flow f { on message -> s state s { wait 1h -> s } }`)).toEqual(["wait 1h"]);
  expect(caught("P5004", `flow f { on message -> s state s { wait 1h ask text "Q" say "Thanks" -> s } }`)).toEqual([]);
});

test.each([
  ["a type", `type T = { a: text } ${inState("")}`, "T"],
  ["an enum", `type T = a | b ${inState("")}`, "T"],
  ["an action", `action a() ${inState("")}`, "a"],
  ["a template", `template t() { body "B" } ${inState("")}`, "t"],
  ["a parameter of a template", `template t(x: text = "X") { body "B" } ${inState(`send template t("X")`)}`, "x"],
  ["a field of the profile", `profile { name: text? } ${inState("")}`, "name"],
  ["a flow", `flow f { on message -> s state s { -> end } } flow g { state s { -> end } }`, "g"],
  ["a scheduled event", `flow f { on message -> s on scheduled late() -> s state s { -> end } }`, "late"],
  ["a variable", `flow f { on message -> s var n: number = 1 state s { -> end } }`, "n"],
  ["a variable that is only set", `flow f { on message -> s var n: number = 1 state s { set n = 2 -> end } }`, "n"],
  ["a `let`", inState("let x = 1"), "x"],
])("%s that nothing uses is found", (_, source, name) => {
  expect(caught("P5006", source)).toEqual([name]);
});

test.each([
  [
    "an enum whose case is written",
    `type T = a | b flow f { on message -> s state s { if reply is not none { say "{T.a}" } -> end } }`,
  ],
  ["what an ask fills", `flow f { on message -> s var n: text? state s { ask text "Q" as n -> end } }`],
  ["a field that is set", `profile { n: number = 0 } ${inState("set profile.n = 1")}`],
  ["an event's parameter", `flow f { on event e(n: number) -> s state s { -> end } }`],
  ["a parameter of the host's action", `action a(n: number) ${inState("do a(1) else -> end")}`],
  ["what a misspelt name means", `action send_it() ${inState("do send_if() else -> end")}`],
  ["a file that cannot be read", `type T = a | b ${inState("let = ")}`],
])("%s counts as used", (_, source) => {
  expect(caught("P5006", source)).toEqual([]);
});

const triggers = (one: string, other: string): string =>
  `flow f { on text ${one} -> s state s { -> end } } flow g { on text ${other} -> s state s { -> end } }`;

test.each([
  ["/^order/i", "/^order [0-9]+$/i", "order 0"],
  ["/a/", "/b/", "ab"],
  ["/^[0-9]{3}$/", "/^1/", "100"],
  ["/colou?r/", "/^color$/", "color"],
  ["/\\bcat\\b/", "/^the cat$/", "the cat"],
  ["/^Ä$/i", "/^ä$/", "ä"],
])("%s and %s can both match", (one, other, text) => {
  const [found] = only("P5010", triggers(one, other));
  expect(found?.[1]).toBe(other);
  expect(textOf(triggers(one, other))).toBe(text);
});

test.each([
  ["/^a$/", "/^b$/"],
  ["/^order$/i", "/^order [0-9]+$/i"],
  ["/^a$/", "/^A$/"],
  ["/^\\d+$/", "/^[a-z]+$/i"],
  ["/^a\\b/", "/^ab/"],
  ["/^ $/", "/^\\s$/"],
])("%s and %s have no text in common", (one, other) => {
  expect(only("P5010", triggers(one, other))).toEqual([]);
});

test("a text that a trigger names as a whole is no common one", () => {
  const named = `flow h { on text "color" -> s state s { -> end } }`;
  expect(only("P5010", triggers("/^color$/", "/^colou?r$/") + named)).toEqual([]);
});

test("patterns of one flow go by their order", () => {
  expect(only("P5010", `flow f { on text /a/, /b/ -> s state s { -> end } }`)).toEqual([]);
});

test("patterns that are too large to compare are left alone, in little time", () => {
  const large = (c: string): string => `/(?:${c}|x){1,40}(?:y|z|${c}){1,40}(?:${c}?){40}$/`;
  const many = Array.from(
    { length: 12 },
    (_, i) => `flow f${i} { on text ${large(String.fromCharCode(97 + i))} -> s state s { -> end } }`,
  );
  const started = performance.now();
  findings(many.join("\n"));
  expect(performance.now() - started).toBeLessThan(5000);
});

function textOf(source: string): unknown {
  return analyse(source).diagnostics.find((d) => d.code === "P5010")?.args["text"];
}

test.each([
  ["image", `ask buttons "Q" { option a "A" }`],
  ["image", `say "Hi"`],
  ["video", `ask "Q" { option a "A" }`],
])("an %s before %s can be one message with it", (kind, next) => {
  const send = `send ${kind} "https://a.example/a"`;
  expect(caught("P9005", inState(`${send} ${next}`))).toEqual([send]);
});

test.each([
  `send image "https://a.example/a" caption "C" ask buttons "Q" { option a "A" }`,
  `send image "https://a.example/a" ask list "Q" { option a "A" }`,
  `send image "https://a.example/a" ask buttons "Q" { header "H" option a "A" }`,
  `send audio "https://a.example/a" say "Hi"`,
  `send image "https://a.example/a" say "Hi" { link "A" "https://a.example" }`,
])("%s cannot be one message", (statements) => {
  expect(caught("P9005", inState(statements))).toEqual([]);
});

test("a bot in a folder needs a way to a person, a lone file does not", () => {
  const silent = inState(`say "Hi"`);
  expect(only("P9001", silent)).toEqual([]);
  expect(only("P9001", silent, { lone: false })).toEqual([["P9001", "f"]]);
  for (const way of [`say "Call +39 055 123 4567"`, `say "Write to us@a.example"`, `send location 1, 2`]) {
    expect(only("P9001", inState(way), { lone: false })).toEqual([]);
  }
  expect(only("P9001", `flow f { on message -> s state s { handoff "q" } }`, { lone: false })).toEqual([]);
});

test("a hand-off that nothing leads to is no way to a person", () => {
  const source = `flow f { on message -> s state s { -> end } state h { handoff "q" } }`;
  expect(only("P9001", source, { lone: false })).toEqual([["P9001", "f"]]);
});

test("marketing needs a way to stop it", () => {
  const news = `template news() { category marketing body "B" }`;
  const sent = `flow f { on event e() -> s state s { send template news() -> end } }`;
  expect(caught("P9002", `${news} ${sent}`)).toEqual(["news"]);
  const trigger = (texts: string, state = "x"): string =>
    `flow g { anytime on text ${texts} -> ${state} state ${state} { -> end } }`;
  expect(caught("P9002", `${news} ${sent} ${trigger(`"STOP"`)}`)).toEqual([]);
  expect(caught("P9002", `${news} ${sent} ${trigger("/^baja$/i")}`)).toEqual([]);
  expect(caught("P9002", `${news} ${sent} ${trigger(`"やめる"`, "opt_out")}`)).toEqual([]);
  expect(caught("P9002", `${news} ${sent} ${trigger(`"menu"`)}`)).toEqual(["news"]);
  expect(caught("P9002", `template news() { category utility body "B" } ${sent}`)).toEqual([]);
});

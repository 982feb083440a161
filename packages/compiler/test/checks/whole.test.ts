/**
 * What is said about programs, whole: code, place, sentence, the other places, and fixes with their edits. Each program is
 * there for a branch that no page shows.
 */
import { expect, test } from "vitest";
import { ask, inState, whole } from "../programs.ts";

const IMAGE = 'send image "https://a.example/a.jpg"';
const pair = `${IMAGE} ask buttons "Q" { option a "A" }`;

test.each([
  ["an image before buttons", pair],
  ["a video before buttons", 'send video "https://a.example/a.mp4" ask buttons "Q" { option a "A" }'],
  ["a document before buttons", 'send document "https://a.example/a.pdf" ask buttons "Q" { option a "A" }'],
  ["a sticker before buttons", 'send sticker "https://a.example/a.webp" ask buttons "Q" { option a "A" }'],
  ["a voice message before a text", 'send audio "https://a.example/a.mp3" say "T"'],
  [
    "a document with a name before buttons",
    'send document "https://a.example/a.pdf" name "A" ask buttons "Q" { option a "A" }',
  ],
  ["an image with a caption before buttons", `${IMAGE} caption "C" ask buttons "Q" { option a "A" }`],
  ["an image before buttons with a header", `${IMAGE} ask buttons "Q" { header "H" option a "A" }`],
  ["an image before a list", `${IMAGE} ask list "Q" { option a "A" }`],
  ["an image before a list with descriptions", `${IMAGE} ask "Q" { option a "A" "D" }`],
  ["an image, a comment and buttons", `${IMAGE} // why\n ask buttons "Q" { option a "A" }`],
  ["an image before a text", `${IMAGE} say "T"`],
  ["a video before a text", 'send video "https://a.example/a.mp4" say "T"'],
  ["a document before a text", 'send document "https://a.example/a.pdf" say "T"'],
  ["an image, a comment and a text", `${IMAGE} // why\n say "T"`],
  ["an image before a text with a footer", `${IMAGE} say "T" { footer "F" }`],
  ["an image before the longest caption", `${IMAGE} say "${"x".repeat(1024)}"`],
  ["an image before a text longer than a caption", `${IMAGE} say "${"x".repeat(1025)}"`],
  ["a pair in an `if`", `if contact.name == "A" { ${IMAGE} say "T" }`],
  ["a pair in an `else`", `if contact.name == "A" { say "A" } else { ${IMAGE} say "T" }`],
  ["a pair in an `else if`", `if contact.name == "A" { say "A" } else if contact.name == "B" { ${IMAGE} say "T" }`],
  ["a pair in an answer", `ask buttons "Q" { option a "A" { ${IMAGE} say "T" } }`],
  ["a pair in an answer of a `match`", `match c { one { ${IMAGE} say "T" } two { say "T" } }`],
  ["a pair behind a failure", `do act() else { ${IMAGE} say "T" }`],
  ["a pair behind a failure of a `let`", `let k = act() else { ${IMAGE} say "T" }`],
  ["a pair behind a failure of a `set`", `set m = act() else { ${IMAGE} say "T" }`],
  ["a pair in a time-out", `ask buttons "Q" { option a "A" after 2h { ${IMAGE} say "T" } }`],
])("one message for %s", (_, statements) => {
  const names = 'type C = one "1" | two "2"\naction act() -> number\n';
  const vars = "{ on message -> s var m: number = 0 var c: C = C.one ";
  const text = whole(names + inState(statements).replace("{ on message -> s ", vars), {}, /^P([12]|9005)/);
  expect(text.replaceAll(/x{9,}/g, "x…")).toMatchSnapshot();
});

test("on lines of their own a header takes a line", () => {
  const source = inState(`\n  ${IMAGE}\n  ask buttons "Q" {\n    option a "A"\n  }\n`);
  expect(whole(source, {}, /^P9005/)).toMatchSnapshot();
});

const tests = (steps: string, clauses = 'option a "A" -> end'): string =>
  `flow f { on message -> s state s { ask list "Q" { ${clauses} } } } test "t" { user says "x" ${steps} }`;

test.each([
  ["an option that no ask has", tests("user taps b")],
  ["an option of a section", tests("user taps a", 'section "S" { option a "A" -> end }')],
  ["an option that is expected and no ask has", tests("expect list with option b")],
  ["any option where ids are values", tests("user taps b", 'for x in ["u", "v"] { option {x} "{x}" -> end }')],
  ["an option beside an answer in words", tests("user taps b", 'option a "A" -> end else -> end')],
])("taps of %s", (_, source) => {
  expect(whole(source, {}, /^P[12]/)).toMatchSnapshot();
});

const twice = (one: string, two: string): string =>
  `flow f { ${one} -> s state s { -> end } } flow g { ${two} -> s state s { -> end } }`;

test.each([
  ["orders", "on order", "on order"],
  ["any ads", "on referral", "on referral"],
  ["one ad", 'on referral "1"', 'on referral "1"'],
  ["two ads", 'on referral "1"', 'on referral "2"'],
  ["an ad and any", 'on referral "1"', "on referral"],
  ["old taps of two flows", "on stale", "on stale"],
  ["old taps of one flow", "on stale -> s on stale", "on message"],
  ["one word in two forms", 'on text "Menu"', 'on text "menu"'],
  ["one pattern in two forms", "on text /menu/", "on text /menu/i"],
  ["one pattern", "on text /menu/i", "on text /menu/i"],
  ["the first of two words", 'on text "a", "b"', 'on text "a"'],
  ["the last of two words", 'on text "b"', 'on text "a", "b" -> s on message'],
  ["all messages beside a word", "on message", 'on text "a" -> s on message'],
])("triggers for %s", (_, one, two) => {
  expect(whole(twice(one, two), {}, /^P5005/)).toMatchSnapshot();
});

test.each([
  ["a wait", "wait 1m"],
  ["a call", "call g()"],
  ["an ask", 'ask text "W"'],
  ["an action", "do act() else -> end"],
  ["an action whose answer is set", "set m = act() else -> end"],
  ["an action whose answer has a name", "let k = act() else -> end"],
  ["a value that has a name", "let k = clamp(n, 0, 5)"],
  ["an action in an `if`", "if n > 1 { do act() else -> end }"],
  ["an action in an `else`", "if n > 1 { set n = 2 } else { do act() else -> end }"],
  ["an action in an `else if`", "if n > 1 { set n = 2 } else if n > 2 { do act() else -> end }"],
  ["an action in a `match`", "match c { one { do act() else -> end } two { set n = 1 } }"],
  ["a wait after a failure", "let k = act() else { wait 1m }"],
  ["no action", "set n = 1"],
])("a time-out's block with %s", (_, statements) => {
  const flow = `flow f { on message -> s var n: 0..9 = 0 var m: number = 0 var c: C = C.one
    state s { ask buttons "Q" { option a "A" -> end after 2h { ${statements} } } -> end } }`;
  const source = `type C = one "1" | two "2"\naction act() -> number\nflow g { state s { return } }\n${flow}`;
  expect(whole(source, {}, /^P(1|5007)/)).toMatchSnapshot();
});

test.each([
  ["four buttons", ask('buttons "Q"', 'option a "A" option b "B" option c "C" option d "D" -> end')],
  [
    "four buttons and a picture",
    ask('buttons "Q"', 'header image "https://a.example/a.jpg" option a "A" option b "B" option c "C" option d "D"'),
  ],
  ["four buttons and a header", ask('buttons "Q"', 'header "H" option a "A" option b "B" option c "C" option d "D"')],
  [
    "four buttons of which one is too long",
    ask('buttons "Q"', `option a "A" option b "B" option c "C" option d "${"d".repeat(21)}"`),
  ],
  [
    "four buttons of which one is as long as can be",
    ask('buttons "Q"', `option a "A" option b "B" option c "C" option d "${"d".repeat(20)}"`),
  ],
  ["a button with a description", ask('buttons "Q"', 'option a "A" "D" option b "B"')],
  ["two buttons of one title", ask('buttons "Q"', 'option a "A" option b "A"')],
  ["two buttons of one title but for a space", ask('buttons "Q"', 'option a "A" option b "A "')],
  ["two buttons of one id and title", ask('buttons "Q"', 'option a "A" option a "A"')],
  ["two rows of one title", ask('list "Q"', 'option a "A" option b "A"')],
  ["two rows without a title", ask('list "Q"', 'option a "" option b ""')],
  ["two buttons of a blank title", ask('buttons "Q"', 'option a " " option b " "')],
  [
    "two cases of one label",
    `type E = a "A" | b "A" flow f { on message -> s var e: E = E.a state s { ask buttons "Q" as e -> end } }`,
  ],
])("options: %s", (_, source) => {
  expect(whole(source, {}, /^P3/)).toMatchSnapshot();
});

const held = (triggers: string, states: string): string => `flow f { on message -> s ${triggers} ${states} }`;
const RING = 'state s { ask buttons "Q" { option a "A" -> s } }';

test.each([
  ["an ask that only leads back", held("", RING)],
  ["with a word that always helps", held('anytime on text "x" -> t', `${RING} state t { -> end }`)],
  ["with any message that always helps", held("anytime on message -> t", `${RING} state t { -> end }`)],
  ["with an event that always helps", held("anytime on event e -> t", `${RING} state t { -> end }`)],
  ["with a word that helps another flow", `${held("", RING)} flow g { anytime on text "x" -> s state s { -> end } }`],
  ["a wait that only leads back", held("", "state s { wait 1h -> s }")],
  [
    "two asks that lead to one another",
    held("", 'state s { ask buttons "Q" { option a "A" -> t } } state t { ask buttons "R" { option a "A" -> s } }'),
  ],
  ["an ask that nothing reaches", held("", 'state s { -> end } state t { ask buttons "Q" { option a "A" -> t } }')],
  ["an ask that says something", held("", 'state s { say "S" ask buttons "Q" { option a "A" -> s } }')],
  [
    "an ask that sets something",
    held("var n: 0..9 = 0", 'state s { set n = 1 ask buttons "Q" { option a "A" -> s } }'),
  ],
])("held or not: %s", (_, source) => {
  expect(whole(source, {}, /^P5/)).toMatchSnapshot();
});

test.each([
  ["a record with another field", "type A = { name: text(20), town: text(20) }"],
  ["a record of fields that it has", "type A = { name: text(20), city: text(20) }"],
])("an address as %s", (_, record) => {
  const source = `${record} flow f { on message -> s var a: A? = none state s { ask address "Q" country IN as a -> end } }`;
  expect(whole(source, { markets: ["IN"] }, /^P[12]/)).toMatchSnapshot();
});

const WITH_ACTION = "action act() -> number\n";
test.each([
  [
    "an action that tests only mock",
    `${WITH_ACTION}flow f { on message -> s state s { -> end } } test "t" { mock act = 1 user says "x" }`,
  ],
  [
    "an action that tests only expect",
    `${WITH_ACTION}flow f { on message -> s state s { -> end } } test "t" { user says "x" expect call act() }`,
  ],
  ["an action that nothing names", `${WITH_ACTION}flow f { on message -> s state s { -> end } }`],
  [
    "an enum whose case is used",
    `type E = a "A" | b "B" flow f { on message -> s state s { if contact.name == "{E.a}" { say "A" } -> end } }`,
  ],
])("used or not: %s", (_, source) => {
  expect(whole(source, {}, /^P(1|2|5006)/)).toMatchSnapshot();
});

const NEWS = "category marketing";
const sending = `flow f { on event e() -> s state s { send template news() -> end } }`;
const asking = `flow f { on event e() -> s state s { ask template news() { option a -> end } -> end } }`;
test.each([
  ["without a way out", `template news() { ${NEWS} body "B" } ${sending}`],
  ["that is asked", `template news() { ${NEWS} body "B" option a "Go on" } ${asking}`],
  ["with a button that stops it", `template news() { ${NEWS} body "B" option a "Stop" } ${asking}`],
  [
    "with a button that stops it behind another",
    `template news() { ${NEWS} body "B" option b "Go on" option a "Stop" } ${asking}`,
  ],
  [
    "beside one with a way out",
    `template news() { ${NEWS} body "B" } template two() { ${NEWS} body "B" option a "Stop" } ${sending}`,
  ],
  ["with the word in its text", `template news() { ${NEWS} body "Stop" } ${sending}`],
  [
    "and a word that only starts a conversation",
    `template news() { ${NEWS} body "B" } ${sending} flow g { on text "stop" -> s state s { -> end } }`,
  ],
  [
    "and two words",
    `template news() { ${NEWS} body "B" } ${sending} flow g { anytime on text "x", "please stop" -> s state s { -> end } }`,
  ],
  [
    "and a flow of that name",
    `template news() { ${NEWS} body "B" } ${sending} flow goodbye { anytime on text "x" -> s state s { -> end } }`,
  ],
  [
    "and a longer word",
    `template news() { ${NEWS} body "B" } ${sending} flow g { anytime on text "stopover" -> s state s { -> end } }`,
  ],
])("marketing %s", (_, source) => {
  expect(whole(source, {}, /^P(1|2|9002)/)).toMatchSnapshot();
});

const once = (states: string, more = ""): string => `action pay() once\nflow f { on message -> a ${states} } ${more}`;
test.each([
  [
    "two asks in their order",
    once(
      'state a { ask "Q?" { option x "X" -> c option y "Y" -> b } } state b { ask list "R?" { option x "X" -> c } } state c { do pay() else -> end -> end }',
    ),
  ],
  ["two calls of it", once('state a { ask "Q?" { option x "X" } do pay() else -> end do pay() else -> end -> end }')],
  [
    "an ask in a flow that ends the conversation",
    once(
      "state a { call g() do pay() else -> end -> end }",
      'flow g { state a { ask "Q?" { option x "X" -> end option y "Y" } return } }',
    ),
  ],
  [
    "an ask before the called flow, and one in it",
    once(
      'state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }',
      'flow g { state a { ask "R?" { option x "X" } return } }',
    ),
  ],
  [
    "an ask before a flow that asks only sometimes",
    once(
      'state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }',
      'flow g { state a { if contact.name == "A" { ask "R?" { option x "X" } } return } }',
    ),
  ],
  [
    "a flow in a flow",
    once(
      'state a { ask "Q?" { option x "X" } call g() do pay() else -> end -> end }',
      'flow g { state a { call h() return } } flow h { state a { say "H" return } }',
    ),
  ],
  ["an answer without words", once('state a { ask catalog "C" do pay() else -> end -> end }')],
])("done once: %s", (_, source) => {
  expect(whole(source, {}, /^P(1|2|9003)/)).toMatchSnapshot();
});

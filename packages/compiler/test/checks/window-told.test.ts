/** What is said about messages outside the window, whole: the way step by step with its times. */
import { analyse } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { describe as inWords, type Span } from "../../src/index.ts";

const shown = ({ source, start, end }: Span): string => source.text.slice(start, end);

const found = (text: string): ReturnType<typeof analyse>["diagnostics"] =>
  analyse(text).diagnostics.filter(({ code }) => code.startsWith("P4"));

/** Each finding, and under it its way, as `place | words`. */
function told(text: string): readonly string[] {
  return found(text).flatMap((d) => [
    `${d.code} ${shown(d.span)}: ${inWords(d)}`,
    ...d.related.map(({ span, message }) => `${shown(span)} | ${message}`),
  ]);
}

/** Without what every late message has: the sentence, and the last step. */
const wayOf = (text: string): readonly string[] => told(text).slice(1, -1);

const flow = (states: string, head = "on message -> a"): string => `flow f { ${head} ${states} }`;
const LATE = `wait 25h say "Late" -> end`;
const WAITED = "wait 25h | 25 h, more than 23 h 55 min: a wait of 25 h";
const USER = "on message -> a | 0 s: the user writes";

test("a late message is told with its age, what WhatsApp allows, and the way", () => {
  expect(told(flow(`state a { ${LATE} }`))).toEqual([
    "P4001 wait 25h: `say` can be sent 25 h after the user's last message, WhatsApp allows 23 h 55 min",
    USER,
    WAITED,
    'say "Late" | 25 h: `say` is sent',
  ]);
});

group("the count begins", () => {
  test.each<readonly [where: string, text: string, first: string]>([
    [
      "at a choice",
      flow(`state a { ask "Q?" { option x "X" -> b after 1h -> end } } state b { ${LATE} }`),
      `option x "X" -> b | 0 s: the user chooses \`x\``,
    ],
    [
      "at an answer that fits nothing",
      flow(`state a { ask "Q?" { option x "X" -> end else -> b after 1h -> end } } state b { ${LATE} }`),
      "else -> b | 0 s: the user's answer fits nothing",
    ],
    [
      "where the user last wrote in a flow that is called",
      `flow f { on message -> a state a { call g() -> b } state b { wait 20h say "Late" -> end } }
       flow g { state a { ask "Q?" { option x "X" { wait 5h } after 1h -> end } return } }`,
      "call g() | 5 h: the user wrote during `g` for the last time",
    ],
    ["at a trigger", flow(`state a { ${LATE} }`, `on text "hi" -> a`), `on text "hi" -> a | 0 s: the user writes`],
  ])("%s", (_, text, first) => expect(wayOf(text)[0]).toBe(first));
});

group("the way tells", () => {
  test.each<readonly [what: string, text: string, way: readonly string[]]>([
    [
      "the states where it goes on",
      flow(
        `state a { say "A" -> b } state b { wait 10h -> c } state c { say "C" -> d } state d { wait 20h say "D" -> end }`,
      ),
      [
        USER,
        'say "A" | 0 s: it goes on at `b`',
        "wait 10h | 10 h: a wait of 10 h",
        'say "C" | 10 h: it goes on at `d`',
        "wait 20h | 30 h, more than 23 h 55 min: a wait of 20 h",
      ],
    ],
    [
      "time-outs",
      flow(`state a { ask "Q?" { option x "X" -> end after 20h { say "Hm?" } after 30h { say "Late" } } }`),
      [USER, 'after 30h { say "Late" } | 30 h, more than 23 h 55 min: nobody answers for 30 h'],
    ],
    [
      "a wait whose time only a run knows",
      flow(`state a { wait d say "Late" -> end }`, "on message -> a var d: duration = 1h"),
      [USER, "wait d | any time, also after 23 h 55 min: a wait for a time that only a run knows"],
    ],
    [
      "how long an action can take, also where it fails",
      `action slow() -> text timeout 50s ${flow(`state a { let x = slow() else { wait 24h say "Late" -> end } -> end }`)}`,
      [
        USER,
        'let x = slow() else { wait 24h say "Late" -> end } | 50 s: the action can take 50 s',
        "wait 24h | 24 h, more than 23 h 55 min: a wait of 24 h",
      ],
    ],
    [
      "how long an action can take where it answers",
      `action slow() -> text timeout 50s ${flow(`state a { let x = slow() else -> end wait 24h say "{x}" -> end }`)}`,
      [
        USER,
        "let x = slow() else -> end | 50 s: the action can take 50 s",
        "wait 24h | 24 h, more than 23 h 55 min: a wait of 24 h",
      ],
    ],
    [
      "how long a flow that is called can take, and none that takes no time",
      `flow f { on message -> a state a { call h() call g() say "Late" -> end } }
       flow g { state a { wait 30h return } } flow h { state a { return } }`,
      [USER, "call g() | 30 h, more than 23 h 55 min: `g` can take 30 h"],
    ],
    [
      "that it goes round and round, and by how much",
      flow(`state a { wait 5h if contact.name == "A" { say "Late" -> end } wait again: 3h -> a }`),
      ["wait 5h | any time, also after 23 h 55 min: this goes round and round, each time 5 h more"],
    ],
    [
      "that it goes round and round for a time that only a run knows",
      flow(
        `state a { wait d if contact.name == "A" { say "Late" -> end } -> a }`,
        "on message -> a var d: duration = 1h",
      ),
      ["wait d | any time, also after 23 h 55 min: this goes round and round, each time longer"],
    ],
    [
      "up to when the window is surely open, and what comes after it",
      flow(`state a { wait 30h if window.open { wait 1h say "Late" } -> end }`),
      [
        USER,
        "wait 30h | 30 h: a wait of 30 h",
        "window.open | 23 h 50 min: `window.open` is true up to this time",
        "wait 1h | 24 h 50 min, more than 23 h 55 min: a wait of 1 h",
      ],
    ],
    [
      "no `window.open` that bounds nothing",
      flow(`state a { wait 1h if window.open { wait 23h say "Late" } -> end }`),
      [USER, "wait 1h | 1 h: a wait of 1 h", "wait 23h | 24 h, more than 23 h 55 min: a wait of 23 h"],
    ],
    [
      "that people have the chat",
      flow(`state a { handoff "q" { back after 1h { say "Late" -> end } } }`),
      [USER, "1h | any time, also after 23 h 55 min: people have the chat as long as they like"],
    ],
    [
      "when a scheduled event comes, and where it begins",
      flow(
        `state a { schedule n() in 26h10m -> end } state n { say "Late" -> end }`,
        "on message -> a on scheduled n() -> n",
      ),
      [
        USER,
        "schedule n() in 26h10m | 26 h 10 min, more than 23 h 55 min: `n` comes 26 h 10 min later",
        "on scheduled n() -> n | 26 h 10 min: it goes on at `n`",
      ],
    ],
    [
      "that a scheduled event is kept",
      flow(
        `state a { schedule n() in 2h handoff "q" } state n { say "Late" -> end }`,
        "on message -> a on scheduled n() -> n",
      ),
      [
        USER,
        "schedule n() in 2h | any time, also after 23 h 55 min: `n` comes 2 h later, and is kept while people have the chat or others go first",
        "on scheduled n() -> n | any time: it goes on at `n`",
      ],
    ],
    [
      "a scheduled event whose time only a run knows",
      flow(
        `state a { schedule n() in d -> end } state n { say "Late" -> end }`,
        "on message -> a on scheduled n() -> n var d: duration = 1h",
      ),
      [
        USER,
        "schedule n() in d | any time, also after 23 h 55 min: `n` comes at a time that only a run knows",
        "on scheduled n() -> n | any time: it goes on at `n`",
      ],
    ],
    [
      "that the window has closed",
      flow(`state a { -> end } state b { say "Late" -> end }`, "on message -> a on window_closed -> b"),
      ["on window_closed -> b | any time, also after 23 h 55 min: the window has closed"],
    ],
    [
      "what the business raises",
      `template t(n: text(9) = "x") { category utility body "A {n} B" }
       ${flow(`state a { send template t("n") say "Late" -> end }`, "on event e() -> a")}`,
      ["on event e() -> a | any time, also after 23 h 55 min: the business raises it whenever it likes"],
    ],
    [
      "what an interruption takes up",
      `${flow(`state a { ask "Q?" { option x "X" -> end after 20h { say "Late" } after 21h -> end } }`)}
       flow h { anytime on text "help" -> m state m { wait 5h -> resume } }`,
      [
        'anytime on text "help" -> m | 0 s: the user writes',
        "wait 5h | 5 h: a wait of 5 h",
        "-> resume | 5 h: `-> resume` takes up what was interrupted",
        'ask "Q?" { option x "X" -> end after 20h { say "Late" } after 21h -> end } | 5 h: the interrupted ask is sent again',
        'after 20h { say "Late" } | 25 h, more than 23 h 55 min: nobody answers for 20 h',
      ],
    ],
    [
      "that events put off a wait and a time-out",
      `template t(n: text(9) = "x") { category utility body "A {n} B" }
       ${flow(`state a { ask "Q?" { option x "X" -> end after 1h -> b } } state b { wait 2h say "Late" -> end }`)}
       flow h { on event e() -> m state m { send template t("n") wait 11h -> resume } }`,
      [
        USER,
        "after 1h -> b | any time, also after 23 h 55 min: nobody answers for 1 h; events that interrupt can put it off",
        "wait 2h | any time: a wait of 2 h; events that interrupt can put it off",
      ],
    ],
  ])("%s", (_, text, way) => expect(wayOf(text)).toEqual(way));

  test("of a long way its first four and its last eight steps", () => {
    const waits = Array.from({ length: 16 }, (_, i) => `wait w${i}: 1h`).join(" ");
    const way = wayOf(flow(`state a { ${waits} wait 20h say "Late" -> end }`));
    expect(way.map((line) => line.split(" | ")[0])).toEqual([
      "on message -> a",
      ...[0, 1, 2, 9, 10, 11, 12, 13, 14, 15].map((i) => `wait w${i}: 1h`),
      "wait 20h",
    ]);
  });

  test("all of a way of twelve steps", () => {
    const waits = Array.from({ length: 10 }, (_, i) => `wait w${i}: 1h`).join(" ");
    expect(wayOf(flow(`state a { ${waits} wait 20h say "Late" -> end }`))).toHaveLength(12);
  });
});

test("other messages of the same cause are told behind the way, and stand in the fix", () => {
  const text = flow(`state a { wait 25h
    if contact.name == "A" { say "A" } else if contact.name == "B" { ask "Q" { option a "A" -> end } } else { react "👍" } -> end }`);
  expect(told(text).slice(3)).toEqual([
    'say "A" | 25 h: `say` is sent',
    'ask "Q" { option a "A" -> end } | `ask` is reached by the same path',
    'react "👍" | `react` is reached by the same path',
  ]);
  expect(found(text)[0]?.fixes[0]?.edits.map((edit) => edit.text)).toEqual([
    "if window.open { ",
    " }",
    "if window.open { ",
    " } else { -> end }",
    "if window.open { ",
    " }",
  ]);
});

group("the first message after what the business raises", () => {
  test.each<readonly [what: string, text: string, lines: readonly string[]]>([
    [
      "an event",
      flow(`state a { say "Hi" say "there" -> end }`, "on event e() -> a"),
      [
        'P4002 say "Hi": `say` is the first message after `on event e`, which must be a template',
        "on event e() -> a | the business starts the conversation here",
      ],
    ],
    [
      "a schedule at a moment",
      flow(
        `state a { schedule n() at now() + 1h -> end } state n { send image "https://a.example/a.png" -> end }`,
        "on message -> a on scheduled n() -> n",
      ),
      [
        'P4002 send image "https://a.example/a.png": `send` is the first message after `schedule n at`, which must be a template',
        "schedule n() at now() + 1h | the business starts the conversation here",
      ],
    ],
  ])("%s", (_, text, lines) => expect(told(text)).toEqual(lines));

  test("is told once where a call sends one before", () => {
    const calling = (states: string): string =>
      `${flow('state a { call g() say "Hi" -> end }', "on event e() -> a")} flow g { ${states} }`;
    const sent = (states: string): readonly string[] => found(calling(states)).map(({ span }) => shown(span));
    expect(sent('state a { say "G" return }')).toEqual(['say "G"']);
    expect(
      sent('state a { if contact.name == "A" { say "G" -> b } else { -> b } } state b { say "H" return }'),
    ).toEqual(['say "G"', 'say "H"']);
    // Without that one it is the first.
    expect(sent('state a { if contact.name == "A" { say "G" } return }')).toEqual(['say "Hi"', 'say "G"']);
    expect(sent("state a { return }")).toEqual(['say "Hi"']);
  });

  test("that is free and one behind a template are two findings", () => {
    const text = `template t(n: text(9) = "x") { category utility body "A {n} B" } ${flow(
      `state a { if contact.name == "A" { say "Hi" -> end } send template t("n") say "there" -> end }`,
      "on event e() -> a",
    )}`;
    expect(found(text).map(({ code, span }) => `${code} ${shown(span)}`)).toEqual([
      "P4001 on event e() -> a",
      'P4002 say "Hi"',
    ]);
  });
});

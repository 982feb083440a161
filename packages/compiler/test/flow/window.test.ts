import { expect, describe as group, test } from "vitest";
import { analyse, sentences } from "../../src/testing.ts";

/** Codes of time, with the text under the squiggle's first line. */
function windowFindings(text: string): readonly string[] {
  return analyse(text)
    .diagnostics.filter((d) => d.code.startsWith("P4"))
    .map((d) => `${d.code} ${d.span.source.text.slice(d.span.start, d.span.end).split("\n")[0]}`);
}

const flow = (states: string, head = "on message -> a"): string => `flow f {\n${head}\n${states}\n}`;

const HEADS = `
action slow() -> text(10) timeout 50s
template hello(name: text(20) = "Ana") { category utility body "Hi {name}, it is ready." option yes "Yes" }
`;

group("no finding where the window is surely open", () => {
  const cases: Readonly<Record<string, string>> = {
    "a reminder after 20 hours": flow(`state a { ask "Q?" { option x "X" -> end after 20h { say "Still there?" } } }`),
    "a time-out of 23 hours and 55 minutes": flow(`state a { ask "Q?" { option x "X" -> end after 23h55m -> b } }
      state b { say "Bye" -> end }`),
    "an answer in between": flow(`state a { ask "Q?" { option x "X" -> b after 20h -> end } }
      state b { ask "R?" { option x "X" -> a after 20h { say "Still there?" } after 21h -> end } }`),
    "a template after a day": HEADS + flow(`state a { wait 25h send template hello("x") -> end }`),
    "an answer to a template":
      HEADS +
      flow(`state a { wait 25h ask template hello("x") { option yes -> b after 1d -> end } }
      state b { say "Yes!" -> end }`),
    "a branch of window.open after a day": flow(`state a { wait 25h if window.open { say "Hi" } -> end }`),
    "the else of not window.open": flow(`state a { wait 25h if not window.open { -> end } say "Hi" -> end }`),
    "a wait within a branch that leaves the margin": flow(
      `state a { wait 25h if window.open { wait 4m say "Hi" } -> end }`,
    ),
    "wrong answers over and over":
      flow(`state a { ask "Q?" { option x "X" -> end else "What?" retry 3 -> b after 20h -> end } }
      state b { say "Sorry" -> end }`),
    "a loop of answers": flow(`state a { ask "Q?" { option x "X" -> a after 23h -> end } }`),
    "a call whose flow is answered": `
      flow f { on message -> a state a { call g() wait 20h say "x" -> end } }
      flow g { state a { wait 20h ask "Q?" { option x "X" {} after 3h -> end } return } }`,
    "two callers of one flow": `
      flow f { on message -> a state a { wait 20h call first: g() -> b }
        state b { ask "Q?" { option x "X" -> c after 1h -> end } } state c { call g() wait 20h say "x" -> end } }
      flow g { state a { say "In between" return } }`,
    "a flow called again and again with answers between": `
      flow f { on message -> a state a { call g() ask "Q?" { option x "X" -> a after 5h -> end } } }
      flow g { state a { wait 10h say "x" return } }`,
    "a schedule within the window": flow(
      `state a { schedule nudge() in 22h -> end } state n { say "Hi" -> end }`,
      "on message -> a on scheduled nudge() -> n",
    ),
    "an event that begins with a template":
      HEADS +
      flow(
        `state a { ask template hello("x") { option yes -> b after 1d -> end } }
      state b { say "Good" -> end }`,
        "on event e() -> a",
      ),
    "a resume after a message": `
      flow f { on message -> a state a { ask "Q?" { option x "X" -> end after 20h { say "Hi" } after 21h -> end } } }
      flow h { anytime on text "help" -> m state m { wait 3h -> resume } }`,
    "a resume after a time-out, which may take up the same flow": `
      flow f { on message -> a state a { ask "Q?" { option x "X" -> end } } }
      flow h { anytime on text "help" -> m state m { ask "Help?" { option x "X" -> resume after 10h -> resume } } }`,
  };
  test.each(Object.entries(cases))("%s", (_, text) => expect(windowFindings(text)).toEqual([]));
});

group("a finding where the window can be closed", () => {
  const cases: Readonly<Record<string, readonly [text: string, ...found: string[]]>> = {
    "a message after a day": [flow(`state a { wait 25h say "Hi" -> end }`), "P4001 wait 25h"],
    "a time-out inside the margin": [
      flow(`state a { ask "Q?" { option x "X" -> end after 23h56m -> b } } state b { say "Bye" -> end }`),
      "P4001 after 23h56m -> b",
    ],
    "a time that only the run knows": [flow(`var t: duration = 1h state a { wait t say "Hi" -> end }`), "P4001 wait t"],
    "an ask after a day": [
      flow(`state a { wait 25h ask "Q?" { option x "X" -> end after 1h -> end } }`),
      "P4001 wait 25h",
    ],
    "waits that add up": [
      flow(`state a { wait 10h wait two: 10h wait three: 10h say "Hi" -> end }`),
      "P4001 wait three: 10h",
    ],
    "a loop of time-outs": [
      flow(`state a { ask "Q?" { option x "X" -> end after 10h -> a } }`),
      "P4001 after 10h -> a",
    ],
    "a loop of slow actions": [
      HEADS + flow(`state a { let x = slow() else -> a say "{x}" if x == "y" { -> end } -> a }`),
      "P4001 let x = slow() else -> a",
    ],
    "after a hand-off": [
      flow(`state a { handoff "people" { back after 1h -> b } } state b { say "Back again" -> end }`),
      "P4001 1h",
    ],
    "when the window has closed": [
      flow(`state a { say "Hi" -> end } state b { say "Bye" -> end }`, "on message -> a on window_closed -> b"),
      "P4001 on window_closed -> b",
    ],
    "a schedule after a day": [
      flow(
        `state a { schedule nudge() in 25h -> end } state n { say "Hi" -> end }`,
        "on message -> a on scheduled nudge() -> n",
      ),
      "P4001 schedule nudge() in 25h",
    ],
    "a schedule at a moment": [
      flow(
        `state a { schedule nudge() at now() + 1h -> end } state n { say "Hi" -> end }`,
        "on message -> a on scheduled nudge() -> n",
      ),
      'P4002 say "Hi"',
    ],
    "an event that begins freely": [
      flow(`state a { say "Hi" say "there" -> end }`, "on event e() -> a"),
      'P4002 say "Hi"',
    ],
    "an event that asks freely": [
      flow(`state a { ask "Q?" { option x "X" -> end after 1h -> end } }`, "on event e() -> a"),
      'P4002 ask "Q?" { option x "X" -> end after 1h -> end }',
    ],
    "time-outs of a template": [
      HEADS +
        flow(
          `state a { ask template hello("x") { option yes -> end after 1h { say "Hi" } after 2h -> end } }`,
          "on event e() -> a",
        ),
      "P4001 on event e() -> a",
    ],
    "a flow that waits for its caller": [
      `flow f { on message -> a state a { wait 20h call g() say "x" -> end } } flow g { state a { wait 5h return } }`,
      "P4001 call g()",
    ],
    "a caller's age in the flow that is called": [
      `flow f { on message -> a state a { wait 20h call g() -> end } } flow g { state a { wait 5h say "x" return } }`,
      "P4001 wait 5h",
    ],
    "an ask that is taken up late": [
      `flow f { on message -> a state a { ask "Q?" { option x "X" -> end after 20h { say "Hi" } after 21h -> end } } }
       flow h { anytime on text "help" -> m state m { wait 5h -> resume } }`,
      'P4001 after 20h { say "Hi" }',
    ],
    "an ask that is taken up late by a time-out": [
      `flow f { on message -> a state a { ask "Q?" { option x "X" -> end } } }
       flow h { anytime on text "help" -> m state m { ask template hello("x") { option yes -> end after 25h -> resume } } } ${HEADS}`,
      "P4001 after 25h -> resume",
    ],
    "a time-out that an event delays": [
      `${HEADS} flow f { on message -> a state a { ask "Q?" { option x "X" -> end after 20h { say "Hi" } after 21h -> end } } }
       flow h { on event e() -> m state m { send template hello("x") wait 5h -> resume } }`,
      'P4001 after 20h { say "Hi" }',
    ],
    "time-outs that fall": [
      flow(`state a { ask "Q?" { option x "X" -> end after 2h {} after 1h -> end } }`),
      "P4003 1h",
    ],
  };
  test.each(Object.entries(cases))("%s", (_, [text, ...found]) => expect(windowFindings(text)).toEqual(found));
});

test("each cause is one finding, with the path and its times", () => {
  const text = flow(`state a { ask "Q?" { option x "X" -> end after 20h -> b } }
    state b { wait 5h say "One" say "Two" -> c } state c { say "Three" -> end }`);
  const [found, ...others] = analyse(text).diagnostics.filter((d) => d.code === "P4001");
  expect(others).toEqual([]);
  expect(found?.related.map((r) => r.message)).toEqual([
    "0 s: the user writes",
    "20 h: nobody answers for 20 h",
    "25 h, more than 23 h 55 min: a wait of 5 h",
    "25 h: `say` is sent",
  ]);
});

test("the sentence says how late and what is allowed", () => {
  expect(sentences(flow(`state a { wait 25h say "Hi" -> end }`))).toEqual([
    "P4001 `say` can be sent 25 h after the user's last message, WhatsApp allows 23 h 55 min",
  ]);
});

test("the fix wraps the message, and then nothing is found", () => {
  const text = flow(`state a { wait 25h say "Hi" -> end }`);
  const edits = analyse(text).diagnostics[0]?.fixes[0]?.edits ?? [];
  const fixed = [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((t, e) => t.slice(0, e.span.start) + e.text + t.slice(e.span.end), text);
  expect(fixed).toContain('if window.open { say "Hi" }');
  expect(windowFindings(fixed)).toEqual([]);
});

group("the way to a late message", () => {
  /** What the related places of P4001 say. */
  const ways = (text: string): string =>
    analyse(text)
      .diagnostics.filter((d) => d.code === "P4001")
      .flatMap((d) => d.related.map((r) => r.message))
      .join("; ");

  test.each<readonly [claim: string, text: string, words: string]>([
    [
      "begins with the row that the user chose",
      `type E = x | y action all() -> E[0..3] flow f { on message -> a state a { let es = all() else -> end ask list "Q?" { for e in es { option {e} "{e}" -> b } option n "N" -> end empty -> end after 1h -> end } } state b { wait 25h say "Late" -> end } }`,
      "the user chooses a row",
    ],
    [
      "begins with a choice",
      flow(`state a { ask "Q?" { option x "X" -> b after 1h -> end } } state b { wait 25h say "Late" -> end }`),
      "the user chooses `x`",
    ],
    [
      "begins with an answer",
      flow(`state a { ask text q: "Q?" { after 1h -> end } wait 25h say "Late" -> end }`),
      "the user answers",
    ],
    ["ends with a reaction", flow(`state a { wait 25h react "👍" -> end }`), "`react` is sent"],
    ["ends with a file", flow(`state a { wait 25h send image "https://x.example/a.png" -> end }`), "`send` is sent"],
    [
      "ends with an ask",
      flow(`state a { wait 25h ask "Q?" { option x "X" -> end after 1h -> end } }`),
      "`ask` is sent",
    ],
    [
      "tells when a scheduled event comes",
      flow(
        `state a { schedule nudge() in 25h -> end } state n { say "Late" -> end }`,
        "on message -> a on scheduled nudge() -> n",
      ),
      "`nudge` comes 25 h later",
    ],
    [
      "is told by its first and last steps where it is long",
      flow(
        `${Array.from({ length: 16 }, (_, i) => `state s${i} { wait 30h -> s${i + 1} }`).join("\n")} state s16 { say "Late" -> end }`,
        "on message -> s0",
      ),
      "`say` is sent",
    ],
  ])("%s", (_, text, words) => expect(ways(text)).toContain(words));
});

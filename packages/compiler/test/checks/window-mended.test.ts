/** What mends a message outside the window: `if window.open`, a template, or a shorter time. */
import { analyse } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import type { Span } from "../../src/index.ts";

const shown = ({ source, start, end }: Span): string => source.text.slice(start, end);
const flow = (states: string, head = "on message -> a"): string => `flow f { ${head} ${states} }`;

/** Titles of the fixes, with what they write. */
function fixes(text: string): readonly string[] {
  return analyse(text)
    .diagnostics.filter(({ code }) => code.startsWith("P4"))
    .flatMap((d) =>
      d.fixes.map(({ title, safe, edits }) => {
        expect(safe).toBe(false);
        return `${title}: ${edits.map((edit) => `${shown(edit.span)}→${edit.text}`).join(", ")}`;
      }),
    );
}

const OPEN = "Send it only while the window is open: →if window.open { , → }";
const T = 'template t() { category utility body "B" }';

group("a template takes the place of a late text", () => {
  const late = flow(`state a { wait d say "Late" -> end }`, "on message -> a var d: duration = 1h");
  test("where the project has one that takes nothing", () => {
    const other = 'template s(n: text(9) = "x") { category utility body "A {n} B" }';
    expect(fixes(`${other} ${T} ${late}`)).toEqual([
      OPEN,
      'Send the template `t` instead: say "Late"→send template t()',
    ]);
    expect(fixes(`${other} ${late}`)).toEqual([OPEN]);
  });

  test.each(['react "👍"', 'send image "https://a.example/a.png"', 'ask "Q?" { option x "X" -> end }'])(
    "and not the place of %s",
    (message) => {
      const text = `${T} ${late.replace('say "Late"', message)}`;
      expect(fixes(text).filter((fix) => fix.startsWith("Send the template"))).toEqual([]);
    },
  );

  test("nor where one of several late messages is no text", () => {
    const two = late.replace('say "Late"', 'if contact.name == "A" { say "Late" } else { react "👍" }');
    expect(fixes(`${T} ${two}`).filter((fix) => fix.startsWith("Send the template"))).toEqual([]);
  });

  test("after what the business raises, too", () => {
    expect(fixes(`${T} ${flow('state a { say "Hi" -> end }', "on event e() -> a")}`)).toEqual([
      OPEN,
      'Send the template `t` instead: say "Hi"→send template t()',
    ]);
  });
});

group("the time that is too long is written so much shorter that every message comes in time", () => {
  /** What the fix writes for the time; absent where none is offered. */
  const shortened = (text: string): string | undefined =>
    fixes(text)
      .find((fix) => fix.startsWith("Shorten"))
      ?.replace(/^Shorten it to .*?: /, "");
  const waiting = (time: string, more = ""): string => flow(`state a { wait ${time} ${more} say "Late" -> end }`);
  const scheduled = (when: string): string =>
    flow(
      `state a { schedule n() ${when} -> end } state n { say "Late" -> end }`,
      "on message -> a on scheduled n() -> n",
    );
  const asking = (clauses: string, before = ""): string =>
    flow(`state a { ${before} ask "Q?" { option x "X" -> end ${clauses} } }`);

  test.each<readonly [what: string, text: string, edit: string | undefined]>([
    ["a wait", waiting("25h"), "25h→23h55m"],
    ["a wait, to full five minutes", waiting("25h", "wait 3m"), "25h→23h50m"],
    ["a wait of less than two hours, to full minutes", waiting("22h", "wait 2h wait 3m"), "2h→1h52m"],
    ["a wait, to two hours", flow(`state a { wait 21h55m wait 3h say "Late" -> end }`), "3h→2h"],
    ["a wait, to full hours", flow(`state a { wait 22h55m wait 3h say "Late" -> end }`), "3h→1h"],
    ["a wait, to minutes", flow(`state a { wait 23h wait 3h say "Late" -> end }`), "3h→55m"],
    ["a wait, to one minute", flow(`state a { wait 23h54m wait 3h say "Late" -> end }`), "3h→1m"],
    ["a wait behind more than is allowed", flow(`state a { wait 23h54m30s wait 3h say "Late" -> end }`), undefined],
    ["a wait that is worked out", waiting("12h + 13h"), undefined],
    [
      "a wait that only a run knows",
      flow(`state a { wait d say "L" -> end }`, "on message -> a var d: duration = 1h"),
      undefined,
    ],
    ["a wait in a loop", flow(`state a { wait 5h if contact.name == "A" { say "L" -> end } -> a }`), undefined],
    ["a schedule", scheduled("in 26h10m"), "26h10m→23h55m"],
    ["a schedule at a moment", scheduled("at now() + 1h"), undefined],
    ["a time-out", asking('after 30h { say "b" }'), "30h→23h55m"],
    ["a time-out behind another", asking('after 20h { say "a" } after 30h { say "b" }'), "30h→23h55m"],
    [
      "a time-out that would come no later than the one before it",
      asking('after 1h { } after 2h { say "b" }', "wait 22h55m"),
      undefined,
    ],
    [
      "a time-out that comes a minute after the one before it",
      asking('after 59m { } after 2h { say "b" }', "wait 22h55m"),
      "2h→1h",
    ],
    [
      "a time-out that is the flow's own",
      flow(`after 30h { say "b" } state a { ask "Q?" { option x "X" -> end } }`),
      undefined,
    ],
    [
      "for the latest of several messages",
      flow(
        `state a { wait 22h if contact.name == "A" { wait 2h say "A" } -> b } state b { wait two: 3h say "B" -> end }`,
      ),
      "2h→1h55m",
    ],
    [
      "of a wait whose messages come at several times",
      flow(`state a { wait 30h if contact.name == "A" { wait 1h say "A" } else { say "B" } -> end }`),
      "30h→22h55m",
    ],
    [
      "a flow that is called",
      `${flow(`state a { call g() say "L" -> end }`)} flow g { state a { wait 30h return } }`,
      undefined,
    ],
  ])("%s", (_, text, edit) => expect(shortened(text)).toBe(edit));
});

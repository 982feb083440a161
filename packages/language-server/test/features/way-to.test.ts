import { expect, test } from "vitest";
import { wayTo } from "../../src/features/way-to.ts";
import { cursorIn, projectView } from "../support/projects.ts";

function lines(statements: string, members = ""): readonly string[] | undefined {
  const { view } = cursorIn(`type Size = small "Small" | large "Large"
action work() -> bool
flow f {
  on text /x+/, "begin" -> a
  ${members}
  state a {
    ${statements}
    -> end
  }
  state there { -> end }
}
flow other { state s { return } }
‸`);
  const flow = view.compilation.names.flows.get("f");
  const state = flow?.states.find(({ name }) => name.text === "there");
  return state && wayTo(view, state);
}

test.each<[string, string, readonly string[] | undefined]>([
  ["a tap", 'ask "Which?" { option yes "Yes" -> there option no "No" -> end }', ["begin", "yes"]],
  ["a row", 'ask "Which?" { option {"x"} "X" -> there option no "No" -> end }', ["begin", "1"]],
  ["a case", 'ask "Which?" as size { option large -> there }', ["begin", "large"]],
  ["a word", 'ask "Which?" { option no "No" -> end text /y/, "the usual" -> there }', ["begin", "the usual"]],
  ["a case that nobody has written out", 'ask "Which?" as size\n -> there', ["begin", "1"]],
  ["what follows an answer", 'ask number "How many?" as count\n -> there', ["begin", "/say 1"]],
  ["a time-out", 'ask "Which?" { option no "No" -> end after 90m -> there }', ["begin", "/advance 5400s"]],
  ["a wait", "wait 2h\n -> there", ["begin", "/advance 7200s"]],
  ["an action that works", "let done = work() else -> end\n if done { -> there }", ["begin"]],
  ["an action that fails", "let done = work() else -> there\n if done { -> end }", undefined],
  ["a called flow", "call other()\n -> there", undefined],
])("by %s", (_, statements, wanted) => {
  expect(lines(statements, "var count: 1..20 = 1\n  var size: Size = Size.small")).toEqual(wanted);
});

test("an event brings its values", () => {
  expect(lines("", "on event ready(name: text(2), size: Size, n: 3..9, note: text?) -> there")).toEqual([
    '/event ready("An", "small", 3, null)',
  ]);
});

test("most states of the pizzeria can be come to", () => {
  const view = projectView("02-pizzeria");
  const flow = view.compilation.names.flows.get("order");
  const ways = Object.fromEntries((flow?.states ?? []).map((state) => [state.name.text, wayTo(view, state)]));
  expect(ways["welcome"]).toEqual(["hi"]);
  expect(ways["how_big"]).toEqual(["menu", "1"]);
  expect(Object.values(ways).filter((way) => way === undefined).length).toBeLessThan(4);
});

import { expect, test } from "vitest";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "../../src/features/call-hierarchy.ts";
import { documentSymbols, workspaceSymbols } from "../../src/features/outline.ts";
import { foldingRanges, selectionRange } from "../../src/features/ranges.ts";
import { marked } from "../support/marked.ts";

const BOT = `// A bot
// of two states.
flow order {
  on message -> wel‸come
  state welcome {
    ask "What?" {
      option pizza "A pizza" -> pay
      option help "Help" -> help()
    }
  }
  state pay {
    say "Pay."
    -> end
  }
}
flow help { state first { -> order() } }
`;

test("the outline goes from flows to options", () => {
  const { file } = marked(BOT);
  const names = (list: ReturnType<typeof documentSymbols>): unknown =>
    list.map(({ name, detail, children = [] }) => [name, detail, ...(names(children) as unknown[])]);
  expect(names(documentSymbols(file))).toEqual([
    [
      "order",
      undefined,
      ["welcome", "What?", ["ask", "What?", ["pizza", "A pizza -> pay"], ["help", "Help -> help"]]],
      ["pay", "Pay."],
    ],
    ["help", undefined, ["first", undefined]],
  ]);
});

test("a half-typed file keeps its outline", () => {
  const { file } = marked('flow f { state a { ask "x" { option y "Y" ->‸');
  expect(documentSymbols(file)[0]?.children?.[0]?.name).toBe("a");
});

test("symbols of the project are found by their letters, the best first", () => {
  const { view } = marked(BOT);
  expect(workspaceSymbols(view, "wlc").map(({ name }) => name)).toEqual(["welcome"]);
  expect(workspaceSymbols(view, "p").map(({ name }) => name)[0]).toBe("pay");
  expect(workspaceSymbols(view, "order.pay").map(({ name, containerName }) => [name, containerName])).toEqual([
    ["pay", "order"],
  ]);
});

test("calls go over arrows, triggers and other flows", () => {
  const { view, file, offset } = marked(BOT);
  const [item] = prepareCallHierarchy(view, file, offset);
  if (!item) throw new Error("no item");
  expect(item).toMatchObject({ name: "welcome", detail: "order · What?", data: "order.welcome" });
  expect(incomingCalls(view, item).map(({ from, fromRanges }) => [from.data, fromRanges.length])).toEqual([
    ["order", 1],
    ["help.first", 1],
  ]);
  expect(outgoingCalls(view, item).map(({ to }) => to.data)).toEqual(["order.pay", "help"]);
});

test("blocks and comments are folded, their last line in sight", () => {
  const { file } = marked(BOT);
  expect(foldingRanges(file).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [0, 1],
    [2, 13],
    [4, 8],
    [5, 7],
    [10, 12],
  ]);
});

test("a selection grows node by node", () => {
  const { file, offset } = marked(BOT);
  const sizes: number[] = [];
  for (let one: ReturnType<typeof selectionRange> | undefined = selectionRange(file, offset); one; one = one.parent) {
    sizes.push(one.range.end.line - one.range.start.line);
  }
  expect(sizes.slice(-2)).toEqual([12, 16]);
  expect(sizes.length).toBeGreaterThan(3);
});

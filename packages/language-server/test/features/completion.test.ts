import { describe, expect, test } from "vitest";
import type { ClientCapabilities } from "vscode-languageserver";
import { complete } from "../../src/features/completion/complete.ts";
import { forClient } from "../../src/features/completion/for-client.ts";
import { resolveCompletion } from "../../src/features/completion/resolve.ts";
import { cursorIn } from "../support/projects.ts";

function labels(given: string | Readonly<Record<string, string>>): readonly string[] {
  const { view, file, offset } = cursorIn(given);
  const items = complete(view, file, offset);
  return [...items].sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1)).map(({ label }) => label);
}

const TYPES = `
type Size = small "Small" | large "Large"
type Pizza = { id: text(24), name: text(24), size: Size }
/// What the kitchen has.
action menu(day: date) -> Pizza[..30]
action note(message: text)
template ready(name: text(60) = "Ana", number: text(20) = "17") { category utility locales en body "Hi {name}, order {number} is ready." }
`;

const flow = (statements: string, members = ""): string => `${TYPES}
flow order {
  on message -> hello
  var pizza: Pizza
  var size: Size = Size.small
  var name: text(60) = "-"
  ${members}
  state hello {
    say "Welcome to the pizzeria."
    ${statements}
  }
  state choose { say "Choose one." -> end }
  state far { say "Far away." -> end }
}
flow help(topic: text) { state start { -> end } }
`;

describe("states", () => {
  test("of this flow come first, those that follow before those that came, with the first words that they say", () => {
    const { view, file, offset } = cursorIn(flow("-> ‸"));
    const items = [...complete(view, file, offset)].sort((a, b) => ((a.sortText ?? "") < (b.sortText ?? "") ? -1 : 1));
    expect(items.map(({ label }) => label)).toEqual(["choose", "far", "hello", "end", "resume", "help"]);
    expect(items[0]?.detail).toBe("Choose one.");
  });

  test("that arrows lead to and that are not there are proposed as names", () => {
    expect(labels("flow a { on message -> b\n state b { -> missing }\n state ‸ }")).toEqual(["missing"]);
  });
});

describe("words", () => {
  test.each([
    ["", "‸", ["flow", "type enum", "action", "test"]],
    ["of a flow", "flow a {\n  ‸", ["state", "var", "on message", "anytime on text"]],
    ["of a state", flow("‸"), ["say", "ask list", "ask buttons", "-> "].slice(0, 3)],
    ["behind ask", flow("ask ‸"), ["list", "buttons", "text", "once"]],
    ["behind send", flow("send ‸"), ["image", "carousel", "template"]],
    ["of a list", flow('ask list "Which?" {\n ‸'), ["option", "section", "open", "more", "for"]],
    ["of an option", flow('ask "Which?" {\n option a "A" ‸'), ["short", "when"]],
    ["of a test", 'test "x" in order {\n ‸', ["user says", "expect text", "mock"]],
    ["behind expect", 'test "x" in order {\n expect ‸', ["text", "buttons", "state", "nothing"]],
    ["of a template", "template a() {\n ‸", ["category", "body", "locales"]],
    ["of an action", 'action a() -> text\n GET "https://a.example"\n ‸', ["header", "result", "once"]],
  ])("stand where they may %s", (_, text, wanted) => {
    expect(labels(text)).toEqual(expect.arrayContaining(wanted));
  });

  test("of statements do not stand in the middle of a line", () => {
    expect(labels(flow("let x = name ‸"))).not.toContain("say");
  });
});

describe("values", () => {
  test("in a hole are variables, what the language gives, and functions", () => {
    expect(labels(flow('say "Hello {‸"'))).toEqual(
      expect.arrayContaining(["name", "pizza", "contact", "format", "clip"]),
    );
    expect(labels(flow('say "Hello {na‸}, how are you?"'))).toContain("name");
  });

  test("have their fields behind a dot, through lists and optional values", () => {
    expect(labels(flow("if pizza.‸"))).toEqual(["id", "name", "size"]);
    expect(labels(flow('let all = menu(today()) else -> end\n say "{all[0].‸"'))).toEqual(["id", "name", "size"]);
    expect(labels(flow('say "{contact.‸"'))).toContain("locale");
  });

  test("that are cases stand first where one is wanted", () => {
    expect(labels(flow("if size == ‸")).slice(0, 2)).toEqual(["Size.small", "Size.large"]);
    expect(labels(flow("if pizza.size == ‸")).slice(0, 2)).toEqual(["Size.small", "Size.large"]);
    expect(labels(flow("set size = ‸")).slice(0, 2)).toEqual(["Size.small", "Size.large"]);
    expect(labels(flow("set size = Size.‸"))).toEqual(["small", "large"]);
  });

  test("of a `match` are the cases that have no arm", () => {
    expect(labels(flow("match size {\n small -> end\n ‸ }")).slice(0, 1)).toEqual(["large"]);
  });

  test("of an ask that sets an enum are the cases that have no option", () => {
    expect(labels(flow('ask "Size?" as size {\n option large "L"\n option ‸ }'))).toEqual(["small"]);
  });

  test("of a record are its fields", () => {
    expect(labels(flow('set pizza = { id: "a", ‸'))).toEqual(["name", "size"]);
  });

  test("are rows and `let`s that stand there, and no others", () => {
    const text = flow('if true { let gone = 1 }\n  let here = 2\n say "{‸"\n let later = 3');
    expect(labels(text)).toContain("here");
    expect(labels(text)).not.toContain("gone");
    expect(labels(text)).not.toContain("later");
    expect(
      labels(
        flow(
          'let all = menu(today()) else -> end\n ask list "Which?" {\n for p in all { option {p.‸} "x" }\n empty -> end }',
        ),
      ),
    ).toEqual(["id", "name", "size"]);
  });

  test("of actions can be named with their failures", () => {
    const { view, file, offset } = cursorIn(flow("let x = ‸"));
    const menu = complete(view, file, offset).find(({ label }) => label === "menu");
    expect(menu?.insertText).toBe("menu($1) else -> $0");
    expect(resolveCompletion(menu ?? { label: "" }).documentation).toEqual({
      kind: "markdown",
      value: "What the kitchen has.",
    });
  });
});

describe("names", () => {
  test.each([
    ["types", "type A = ‸", ["text", "number", "date"]],
    ["templates with their arguments", flow("send template ‸"), ["ready"]],
    ["actions without a result", flow("do ‸"), ["note"]],
    ["flows", flow("call ‸"), ["help"]],
    ["variables to set", flow("set ‸"), ["name", "pizza", "size", "profile", "contact"].slice(0, 3)],
    [
      "options that can be tapped",
      `${flow('ask "Which?" {\n option yes "Yes" -> end\n }')}test "t" in order {\n user taps ‸`,
      ["yes"],
    ],
    ["states in tests", `${flow("-> end")}test "t" in order {\n expect state ‸`, ["hello", "order"]],
    [
      "states of a flow in tests",
      `${flow("-> end")}test "t" in order {\n expect state order.‸`,
      ["choose", "far", "hello"],
    ],
    ["actions to mock", `${flow("-> end")}test "t" in order {\n mock ‸`, ["menu", "note"]],
  ])("of %s", (_, text, wanted) => {
    expect(labels(text)).toEqual(expect.arrayContaining([...wanted]));
  });
});

test("a comment that leaves out a warning is offered its codes, those that are found there first", () => {
  const text = 'flow a { on message -> b\n // parley-ignore ‸\n var x: text = "a"\n state b { say "x" -> end } }';
  expect(labels(text)[0]).toBe("P5006");
  expect(labels("// parley-ignore ‸")).not.toContain("P3001");
  expect(labels("// par‸")).toEqual(["parley-ignore"]);
});

test("the words of a text are nobody's to complete", () => {
  expect(labels(flow('say "Hello ‸"'))).toEqual([]);
});

describe("what a client gets", () => {
  const cursor = cursorIn(flow("send ‸"));
  const items = complete(cursor.view, cursor.file, cursor.offset);
  const client = (snippetSupport: boolean): ClientCapabilities => ({
    textDocument: { completion: { completionItem: { snippetSupport } } },
  });

  test("is each form once where it can fill it in", () => {
    const given = forClient(items, client(true));
    expect(given.filter(({ label }) => label === "image").map(({ insertText }) => insertText)).toHaveLength(1);
    expect(given.find(({ label }) => label === "image")?.insertText).toContain("${1:");
  });

  test("has no placeholders where it knows none", () => {
    for (const given of [forClient(items, client(false)), forClient(items, {})]) {
      expect(given.map(({ label }) => label)).toContain("image");
      expect(
        given.filter(({ insertText = "", insertTextFormat }) => insertTextFormat || insertText.includes("$")),
      ).toEqual([]);
    }
    const text = flow("let x = ‸");
    const { view, file, offset } = cursorIn(text);
    const menu = forClient(complete(view, file, offset), {}).find(({ label }) => label === "menu");
    expect(menu).toMatchObject({ label: "menu" });
    expect(menu?.insertText).toBeUndefined();
  });
});

test("forms come in the order in which people need them, not of the alphabet", () => {
  const sorted = labels(flow("‸"));
  expect(sorted.filter((label) => /^(?:say|ask|ask buttons|ask address|send image)$/.test(label)).slice(0, 5)).toEqual([
    "say",
    "ask",
    "ask buttons",
    "ask address",
    "send image",
  ]);
});

test("there is a failure in the block of an action's else only", () => {
  expect(labels(flow("do note(name) else { match ‸ }"))).toContain("failure");
  expect(labels(flow("match ‸"))).not.toContain("failure");
});

test("of two enums the one that is wanted fits", () => {
  const sorted = labels(flow("set size = ‸", "var other: reply_kind = 1\n  var kind: ReplyKind = ReplyKind.text"));
  expect(sorted.indexOf("size")).toBeLessThan(sorted.indexOf("kind"));
});

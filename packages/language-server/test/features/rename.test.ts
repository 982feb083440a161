import { describe, expect, test } from "vitest";
import { prepareRename, rename, renameFromLocale } from "../../src/features/rename.ts";
import { sourceOf } from "../../src/view.ts";
import { applied } from "../support/applied.ts";
import { marked } from "../support/marked.ts";

type Files = Readonly<Record<string, string>>;

function renamedTo(given: string | Files, to: string): Files {
  const { view, file, offset } = marked(given);
  const edit = rename(view, file, offset, to, { annotations: true });
  const after = applied(view, { title: "", edit: edit ?? {} });
  const paths = typeof given === "string" ? ["main.flow"] : Object.keys(given);
  return Object.fromEntries(paths.map((path) => [path, sourceOf(after, path)?.text ?? ""]));
}

describe("a published name keeps its old one", () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    [
      "a state",
      "flow f { on message -> a state ‸a { -> a } }",
      "b",
      "flow f { on message -> b state b was a { -> b } }",
    ],
    [
      "once",
      "flow f { on message -> a state ‸a was b, c { -> a } }",
      "d",
      "flow f { on message -> d state d was a, b, c { -> d } }",
    ],
    [
      "not the one that it has again",
      "flow f { on message -> a state ‸a was b { -> a } }",
      "b",
      "flow f { on message -> b state b was a { -> b } }",
    ],
    [
      "a variable",
      'flow f { on message -> a var ‸n: text(9) = "x" state a { say "{n}" -> end } }',
      "m",
      'flow f { on message -> a var m was n: text(9) = "x" state a { say "{m}" -> end } }',
    ],
    [
      "an option, with its test",
      'flow f { on message -> a state a { ask "?" { option ‸y "Y" -> end } } }\ntest "t" in f { user taps y }',
      "z",
      'flow f { on message -> a state a { ask "?" { option z was y "Y" -> end } } }\ntest "t" in f { user taps z }',
    ],
    [
      "an ask",
      'flow f { on message -> a state a { ask ‸q: "?" { option y "Y" -> end } } }\ntest "t" { expect state f.a.q }',
      "r",
      'flow f { on message -> a state a { ask r was q: "?" { option y "Y" -> end } } }\ntest "t" { expect state f.a.r }',
    ],
    [
      "a case, and the option that stands for it",
      'type S = a "A" | ‸b "B"\nflow f { on message -> x var s: S = S.b state x { ask "?" as s { option b "Bee" } -> end } }',
      "c",
      'type S = a "A" | c was b "B"\nflow f { on message -> x var s: S = S.c state x { ask "?" as s { option c was b "Bee" } -> end } }',
    ],
    [
      "but a let has none",
      'flow f { on message -> a state a { let ‸x = 1 say "{x}" -> end } }',
      "y",
      'flow f { on message -> a state a { let y = 1 say "{y}" -> end } }',
    ],
  ];
  test.each(cases)("%s", (_, before, to, after) => expect(renamedTo(before, to)["main.flow"]).toBe(after));
});

test("translations and tests in other files go along", () => {
  const files = {
    "parley.yaml": "name: bot\nlocales: { default: en, others: [de] }\n",
    "main.flow": 'flow order { on message -> a state a { ask "How?" { option ‸one "One" -> end } } }',
    "main.test.flow": 'test "t" in order { user taps one of order.a }',
    "locales/de.yaml": 'order.a:\n  body: "Wie?"\n  option.one: Eins\n',
  };
  expect(renamedTo(files, "first")).toEqual({
    "parley.yaml": files["parley.yaml"],
    "main.flow": 'flow order { on message -> a state a { ask "How?" { option first was one "One" -> end } } }',
    "main.test.flow": 'test "t" in order { user taps first of order.a }',
    "locales/de.yaml": 'order.a:\n  body: "Wie?"\n  option.first: Eins\n',
  });
});

describe("a name is refused", () => {
  const flow = 'flow f { on message -> a var n: text(9) = "x" state ‸a { say "{n}" -> b } state b was c { -> end } }';
  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ["that is no name", flow, "1a", /is no name/],
    ["that is reserved", flow, "none", /word of the language/],
    ["that arrows know", flow, "end", /arrows mean/],
    ["that another state has", flow, "b", /already a state/],
    ["that another state had", flow, "c", /old name of the state `b`/],
    ["that the language gives", flow.replace("‸", "").replace("var n", "var ‸n"), "reply", /given by the language/],
    ["of a built-in type", 'type ‸S = a "A" | b "B"', "text", /built-in type/],
  ];
  test.each(cases)("%s", (_, text, to, why) => expect(() => renamedTo(text, to)).toThrow(why));
});

test("only names of the project are offered for renaming", () => {
  const at = (text: string): unknown => {
    const { view, file, offset } = marked(text);
    return prepareRename(view, file, offset);
  };
  expect(at("flow f { on message -> st‸art state start { -> end } }")).toEqual({
    range: { start: { line: 0, character: 23 }, end: { line: 0, character: 28 } },
    placeholder: "start",
  });
  expect(at("flow f { on mes‸sage -> a state a { -> end } }")).toBeUndefined();
  expect(at('flow f { on message -> a state a { say "{up‸per("x")}" -> end } }')).toBeUndefined();
});

test("a name can be changed from a locale file", () => {
  const { view, source, offset } = marked({
    "parley.yaml": "name: bot\nlocales: { default: en, others: [de] }\n",
    "main.flow": 'flow order { on message -> a state a { ask "How?" { option one "One" -> end } } }',
    "locales/de.yaml": "order.‸a:\n  body: Wie?\n",
  });
  const after = applied(view, { title: "", edit: renameFromLocale(view, source, offset, "b") ?? {} });
  expect(sourceOf(after, "locales/de.yaml")?.text).toBe("order.b:\n  body: Wie?\n");
  expect(sourceOf(after, "main.flow")?.text).toContain("on message -> b state b was a {");
});

import { describe, expect, test } from "vitest";
import type { Location } from "vscode-languageserver";
import {
  definition,
  documentHighlight,
  localeDefinition,
  localeReferences,
  references,
  typeDefinition,
} from "../../src/features/definition.ts";
import { offsetAt } from "../../src/positions.ts";
import { pathOf, sourceOf, type View } from "../../src/view.ts";
import { type Marked, marked } from "../support/marked.ts";

function places(view: View, found: readonly Location[]): readonly string[] {
  return found.map(({ uri, range }) => {
    const path = pathOf(view, uri);
    const source = sourceOf(view, path);
    if (!source) throw new Error(`${path} is not there`);
    return `${path}:${offsetAt(source, range.start)}-${offsetAt(source, range.end)}`;
  });
}

function expectPlaces(run: (m: Marked) => readonly Location[], given: string | Readonly<Record<string, string>>): void {
  const m = marked(given);
  expect([...places(m.view, run(m))].sort()).toEqual([...m.ranges].sort());
}

const definitionOf = (m: Marked): readonly Location[] => definition(m.view, m.file, m.offset);
const all = (m: Marked): readonly Location[] => references(m.view, m.file, m.offset, true);

const HEAD =
  'flow order { on message -> a\nvar n: 1..9 = 1\nstate a { ask "How many?" { option one "One" -> a option two "Two" -> b } }\n';

describe("a definition is found", () => {
  const cases: Readonly<Record<string, string>> = {
    "of a state from an arrow": 'flow f { on message -> ‸a state «a» { say "x" -> end } }',
    "at the end of the name": 'flow f { on message -> a‸ state «a» { say "x" -> end } }',
    "of a variable in a hole": 'flow f { on message -> a var «n»: 1..9 = 1 state a { say "{‸n}" -> end } }',
    "of a let": 'flow f { on message -> a state a { let «x» = 1 say "{‸x}" -> end } }',
    "of an item":
      "flow f { on message -> a var l: number[..3] = [] state a { let s = sum([‸p for «p» in l]) -> end } }",
    "of a row":
      'flow f { on message -> a var l: text(9)[..3] = [] state a { ask list "?" { for «p» in l { option {‸p} "{p}" -> end } empty -> end } } }',
    "of an enum case":
      'type S = a "A" | «b» "B"\nflow f { on message -> a var s: S = S.‸b state a { say "{s}" -> end } }',
    "of a case in a match":
      'type S = a "A" | «b» "B"\nflow f { on message -> a var s: S = S.a state a { match s { a -> end ‸b -> end } } }',
    "of a case as an option":
      'type S = a "A" | «b» "B"\nflow f { on message -> a var s: S state a { ask "?" as s { option ‸b "Bee" } -> end } }',
    "of a field":
      'type P = { «id»: text(9) }\naction p() -> P infallible\nflow f { on message -> a state a { let x = p() say "{x.‸id}" -> end } }',
    "of a profile field":
      'profile { «name»: text(9)? }\nflow f { on message -> a state a { set profile.‸name = "x" -> end } }',
    "of an action in a mock": 'action «p»() -> bool\ntest "t" { mock ‸p = true }',
    "of an event in a test": 'flow f { on event «e»() -> a state a { -> end } }\ntest "t" { event ‸e() }',
    "of a schedule": "flow f { on scheduled «e»() -> a on message -> a state a { schedule ‸e() in 1h -> end } }",
    "of a flow": "flow f { on message -> a state a { -> ‸g() } }\nflow «g» { state b { -> end } }",
  };
  test.each(Object.entries(cases))("%s", (_, text) => expectPlaces(definitionOf, text));

  test("in another file", () => {
    expectPlaces(definitionOf, {
      "a.flow": "flow f { on message -> a state a { -> ‸g() } }",
      "b.flow": "flow «g» { state b { -> end } }",
    });
  });

  test("of an option that a test taps: that of the ask that was told before", () => {
    expectPlaces(
      definitionOf,
      `flow f { on message -> a state a { ask "First?" { option yes "Yes" -> b } } state b { ask "Second?" { option «yes» "Yes" -> end } } }
test "t" in f { user says "x" expect buttons containing "Second" user taps ‸yes }`,
    );
  });

  test("of a path of a test, step by step", () => {
    expectPlaces(
      definitionOf,
      `flow f { on message -> a state «a» { ask q: "?" { option y "Y" -> end } } }\ntest "t" { expect state f.‸a.q }`,
    );
    expectPlaces(
      definitionOf,
      `flow f { on message -> a state a { ask «q»: "?" { option y "Y" -> end } } }\ntest "t" { expect state f.a.‸q }`,
    );
  });

  test("though the file is half-typed", () => {
    expectPlaces(definitionOf, 'flow f { on message -> a state «a» { ask "?" { option b "B" -> ‸a');
  });
});

const LOCALES = { "parley.yaml": "name: bot\nlocales: { default: en, others: [de] }\n" };

test("a locale key leads to what it names, and a translation to its text", () => {
  const flow = 'flow order { on message -> a\nstate a { ask «"How?"» { option one "One" -> end } } }';
  expectPlaces((m) => localeDefinition(m.view, m.source, m.offset), {
    ...LOCALES,
    "main.flow": flow,
    "locales/de.yaml": 'order.a:\n  body: "W‸ie?"\n',
  });
  expectPlaces((m) => localeDefinition(m.view, m.source, m.offset), {
    ...LOCALES,
    "main.flow": flow.replace(/[«»]/g, "").replace("option one", "option «one»"),
    "locales/de.yaml": 'order.a:\n  option.o‸ne: "Eins"\n',
  });
});

test("references are found in flows, tests and locale files", () => {
  const project = {
    ...LOCALES,
    "main.flow": 'flow order { on message -> «a‸»\nstate «a» { ask "How?" { option one "One" -> «a» } } }',
    "main.test.flow": 'test "t" in order { expect state order.«a» }\ntest "u" { user taps one of order.«a» }',
    "locales/de.yaml": 'order.«a»:\n  body: "Wie?"\n',
  };
  expectPlaces(all, project);
  const back = {
    ...project,
    "main.flow": project["main.flow"].replace("‸", ""),
    "locales/de.yaml": 'order.«‸a»:\n  body: "Wie?"\n',
  };
  expectPlaces((m) => localeReferences(m.view, m.source, m.offset, true), back);
});

test("the type of a value is found through lists and fields", () => {
  expectPlaces(
    (m) => typeDefinition(m.view, m.file, m.offset),
    "type «P» = { id: text(9) }\naction p() -> P[..3] infallible\nflow f { on message -> a state a { let x = p() let y = ‸x[0] -> end } }",
  );
});

test("highlights tell what is written and what is read", () => {
  const { view, file, offset } = marked(`${HEAD}state b { set n = 2 say "{‸n}" -> end } }`);
  expect(documentHighlight(view, file, offset).map(({ kind }) => kind)).toEqual([3, 3, 2]);
});

test("a variable of the same name in another flow is another one", () => {
  expectPlaces(
    all,
    'flow f { on message -> a var «n»: text(9) = "x" state a { say "{‸«n»}" -> end } }\nflow g { on text "g" -> b var n: text(9) = "y" state b { say "{n}" -> end } }',
  );
});

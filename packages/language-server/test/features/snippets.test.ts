/** Every snippet is a piece of a bot in which nothing is wrong but what its proposals cannot know. */
import type { BlockKind } from "@parley/compiler";
import { describe as say } from "@parley/compiler";
import { expect, test } from "vitest";
import { expanded, SNIPPETS } from "../../src/docs/snippets.ts";
import { viewOf } from "../support/projects.ts";

/** What the proposals refer to. */
const NAMES = {
  "parley.yaml": 'name: bot\ncatalog: "1"\nbusiness: { country: IN, compliance: filed }\n',
  "declarations.flow": `
type Size = small "Small" | large "Large"
type Item = { id: text(24), name: text(20) }
profile { visits: 0..9 = 0 }
action menu() -> text(60)
action items() -> Item[1..10]
action owner() -> card infallible
action note(about: text(60))
template order_ready(name: text(60) = "Ana") {
  category utility
  locales en
  body "Hi {name}, your order is ready."
}
flow address { state where { return } }
`,
};

const VARS = `
  var count: 1..20 = 1
  var size: Size = Size.small
  var name: text(60) = "-"
  var day: date = today()
  var phone: phone?
  var site: url?
  var mail: text(254)?
  var place: location?
  var photo: media?
  var photos: media[..10] = []
  var friend: card?
  var cart: cart?
  var details: { name: text(60), guests: 1..20 }?
  var home: { name: text(60), in_pin_code: text(6), address: text(200) }?
`;

function flow(members: string, statements: string): string {
  return `flow main {
  on text "go" -> start
  on scheduled nudge() -> start
  on event ready(number: text(20)) -> start
  ${VARS}
  ${members}
  state start {
    let items = items() else -> end
    let owner = owner()
    ${statements}
    -> end
  }
}
`;
}

const ASK = 'ask "Which?" { option yes "Yes" ';

const AROUND: Readonly<Record<BlockKind, (body: string) => string>> = {
  file: (body) => (body.startsWith("test") ? `${flow("", `${ASK} -> end }`)}\n${body}` : body),
  flow: (body) => flow(body, 'say "x"'),
  statements: (body) => flow("", body),
  clauses: (body) =>
    body.startsWith("gather")
      ? flow("", `ask text who: "Who?" as name {\n ${body}\n }`)
      : flow("", `ask list "Which?" {\n option yes "Yes"\n ${body}\n }`),
  message: (body) =>
    flow("", `say "x" {\n ${body.startsWith("link") ? body : `link "A" "https://a.example"\n ${body}`}\n }`),
  template: (body) => `template t() {\n category utility\n locales en\n body "Hello there, friend"\n ${body}\n }`,
  steps: (body) => `${flow("", `${ASK} -> end }`)}\ntest "t" in main {\n ${body}\n }`,
  arms: (body) => flow("", `match size { ${body} }`),
  cards: (body) =>
    flow(
      "",
      `send carousel "x" {\n ${`card image "https://e.example/1.jpg" body "One" { link "Go" "https://e.example" }\n`.repeat(2)} ${body}\n }`,
    ),
  links: (body) => body,
  back: (body) => flow("", `handoff "x" {\n ${body}\n }`),
};

/** Of the syntax and of names; what a snippet declares is declared around it already. */
const ASKED = /^P1|^P2(?!002)/;

test.each(SNIPPETS.map((snippet) => [`${snippet.block}: ${snippet.label}`, snippet] as const))("%s", (_, snippet) => {
  const text = AROUND[snippet.block](expanded(snippet.body));
  const view = viewOf(Object.entries({ ...NAMES, "main.flow": text }).map(([path, t]) => ({ path, text: t })));
  const found = view.compilation.diagnostics.filter(
    (d) => d.severity === "error" && d.span.source.path === "main.flow",
  );
  const own = found.filter((d) => ASKED.test(d.code));
  expect(own.map((d) => `${d.code} ${say(d)}\n${text}`)).toEqual([]);
});

test("no two snippets of a block have one label", () => {
  const keys = SNIPPETS.map(({ block, label }) => `${block} ${label}`);
  expect(new Set(keys).size).toBe(keys.length);
});

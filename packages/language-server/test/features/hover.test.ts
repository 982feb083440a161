import { describe, expect, test } from "vitest";
import type { MarkupContent } from "vscode-languageserver";
import { hover } from "../../src/features/hover/hover.ts";
import { cursorIn } from "../support/projects.ts";

function told(given: string | Readonly<Record<string, string>>, html = false): string {
  const { view, file, offset } = cursorIn(given);
  const found = hover(view, file, offset, { docs: "https://docs.example", html });
  return found ? (found.contents as MarkupContent).value : "";
}

const BOT = {
  "parley.yaml": "name: bot\nlocales: { default: en, others: [de] }\n",
  "locales/de.yaml": `order.ask:
  body: "Welche Größe?"
  footer: "Preise mit Steuer"
  option.big: "Ganz besonders groß bitte"
order.more:
  texts: { "Fine, {name}.": "Gut, {name}." }
`,
  "main.flow": `/// Sizes that we bake.
type Size = small "Small" | large "Large"
/// Asks the kitchen.
action menu() -> text(60)
flow order {
  on message -> ask
  /// Who it is for.
  var name: text(60) = "-"
  state ask {
    ask "What size?" {
      footer "Prices include tax"
      option small "Small" -> more
      option big "Extra large" -> more
    }
  }
  /// Thanks.
  state more {
    say "Fine, {name}."
    -> end
  }
}
`,
};

const at = (place: string): Readonly<Record<string, string>> => ({
  ...BOT,
  "main.flow": BOT["main.flow"].replace(place.replace("‸", ""), place),
});

describe("a message", () => {
  test("is drawn in every language, with its counts, its layout and why", () => {
    const text = told(at('‸ask "What size?"'));
    expect(text).toContain("`order.ask` · reply buttons (de: a list) · 2 options");
    expect(text).toContain("> What size?\n> \n> *Prices include tax*\n> \n> ⟦ Small ⟧  \n> ⟦ Extra large ⟧");
    expect(text).toContain("○ Ganz besonders groß bitte");
    expect(text).toContain("| the title of `big` | 11/20 | **⚠ 25/24** |");
    expect(text).toContain("*Why reply buttons:* at most 3 options with titles that fit buttons");
  });

  test("folds the other languages and the request where the client draws that", () => {
    const fits = { ...at('‸say "Fine'), "locales/de.yaml": BOT["locales/de.yaml"].replace("besonders groß ", "") };
    const text = told(fits, true);
    expect(text).toContain("<details><summary>de</summary>\n\n> Gut, `{name}`.");
    expect(text).toContain('"body": "Fine, {name}."');
  });

  test("shows the count of the text under the pointer", () => {
    expect(told(at('footer "Prices ‸include'))).toContain("**18/60** · the footer");
    expect(told(at('big "Extra‸ large"'))).toContain("**⚠ 25/24 de** · the title of `big`");
  });
});

describe("a name", () => {
  test.each([
    ["of a variable", "Fine, {na‸me}", 'name: text(60) = "-"', "Who it is for."],
    ["of a state", "-> mo‸re", "state more", "Thanks.\n\n“Fine, {name}.”"],
    ["of an action", "action me‸nu", "action menu() -> text(60)", "Asks the kitchen."],
    ["of a type", "type Si‸ze", 'type Size = small "Small"', "Sizes that we bake."],
  ])("%s has its signature and its comment", (_, place, code, doc) => {
    const text = told(at(place));
    expect(text).toContain(code);
    expect(text).toContain(doc);
  });

  test("of a function has its parameters", () => {
    expect(told('flow a { on message -> b\n state b { say "{cl‸ip("x", 2)}" -> end } }')).toContain(
      "clip(value: text, size: N): text(N)",
    );
  });

  test("of a field has its type", () => {
    expect(told('flow a { on message -> b\n state b { say "{contact.loc‸ale}" -> end } }')).toContain(
      "locale: text(10)",
    );
  });
});

describe("a name that is told by its place", () => {
  const FLOW = `type Size = small "Small" | large "Large"
flow f {
  on event ready(name: text(9)) -> a
  on text "order" -> a
  state a {
    ask size: "Which?" {
      option order "Order it" -> b
      option text "Write to us" { say "Write." }
    }
    -> b
  }
  state b { -> end }
}
test "t" in f {
  user says "hi"
  expect buttons containing "Which"
  user taps text of a.size
}
`;
  test.each([
    ["an option, whatever word it is", "option or‸der", 'option order "Order it" -> b'],
    ["an option with a block", "option te‸xt", 'option text "Write to us" { … }'],
    ["an option that a test taps", "taps te‸xt", 'option text "Write to us" { … }'],
    ["an ask", "ask si‸ze", "f.a.size\n```\n\n“Which?”"],
    ["a step of a path", "a.si‸ze", "f.a.size"],
    ["an event", "event rea‸dy", "event ready(name: text(9))\n```\n\nStarts `f`."],
    ["a case", "= sm‸all", 'Size.small "Small"'],
  ])("is %s", (_, place, wanted) => {
    expect(told(FLOW.replace(place.replace("‸", ""), place))).toContain(wanted);
  });
});

test.each([
  ["a trigger", 'flow a { on te‸xt "x" -> b }', "Typed text, by words or a pattern"],
  ["a test", 'test "t" { expect but‸tons }', "A message with reply buttons."],
  ["what a user sends", 'test "t" { user sends ima‸ge }', "The user sends a picture."],
  ["what a bot sends", 'flow a { state b { send ima‸ge "https://x.example/a.jpg" } }', "Sends a picture"],
  ["an ask", 'flow a { state b { ask ima‸ge "x" as y } }', "Waits for a picture."],
  ["a condition", "flow a { state b { if true { -> end } el‸se { -> end } } }", "where the condition does not hold"],
  ["a match", "flow a { state b { match x { el‸se -> end } } }", "All cases that no other arm names."],
  ["a failure", "flow a { state b { do x() el‸se -> end } }", "where the action fails"],
  ["a request", 'action a()\n  POST "https://x.example"\n  hea‸der "A" "B"', "A header of the request."],
])("a word means in %s what it means there", (_, text, wanted) => {
  expect(told(text)).toContain(wanted);
});

test("a keyword has its sentence and a link to the page of the language", () => {
  const text = told(at("footer‸ "));
  expect(text).toContain("A small line below the text.");
  expect(text).toContain("(https://docs.example/grammar/LANGUAGE.md#5-asks)");
});

test("a code that is left out says why it is there", () => {
  const text = told("flow a {\n // parley-ignore P50‸06: later\n on message -> b\n state b { -> end } }");
  expect(text).toContain("**P5006** never used");
});

test("words of a text are no keywords", () => {
  expect(told('flow a { on message -> b\n state b { react "ask‸" -> end } }')).toBe("");
});

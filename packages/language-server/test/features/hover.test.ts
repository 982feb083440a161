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

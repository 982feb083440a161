import { describe, expect, test } from "vitest";
import type { MarkupContent } from "vscode-languageserver";
import { completeLocale, hoverLocale } from "../../src/features/data/locale-file.ts";
import { completeProject, hoverProject } from "../../src/features/data/project-file.ts";
import { edited } from "../support/applied.ts";
import { viewOf } from "../support/projects.ts";

interface Marked {
  readonly source: { readonly path: string; readonly text: string };
  readonly offset: number;
}

function marked(text: string, path = "parley.yaml"): Marked {
  return { source: { path, text: text.replace("‸", "") }, offset: text.indexOf("‸") };
}

describe("parley.yaml", () => {
  const labels = (text: string): readonly string[] => {
    const { source, offset } = marked(text);
    return completeProject(source, offset).map(({ label }) => label);
  };

  test.each([
    ["keys", "name: bot\n‸", ["flows", "platform", "locales", "lint"]],
    ["keys of a map", "locales:\n  default: en\n  ‸", ["others", "dir"]],
    ["keys in braces", "locales: { default: en, ‸", ["others", "dir"]],
    ["values that are chosen from", "platform: ‸", ["cloud", "on_premises"]],
    ["defaults", "api: ‸", ["v23.0"]],
    ["codes", "lint:\n  P90‸", ["P9001", "P9002"]],
    ["severities", "lint: { P9001: ‸", ["off", "warning", "error"]],
    ["time zones", "timezone: Europe/‸", ["Europe/Rome"]],
    ["countries", "markets: [‸", ["IN", "IT"]],
    ["countries on lines of their own", "markets:\n  - ‸", ["IN", "IT"]],
  ])("proposes %s", (_, text, wanted) => {
    expect(labels(text)).toEqual(expect.arrayContaining(wanted));
  });

  test("proposes no key twice, and nothing in a comment", () => {
    expect(labels("name: bot\n‸\napi: v23.0")).not.toContain("name");
    expect(labels("name: bot\n‸\napi: v23.0")).not.toContain("api");
    expect(labels("# na‸")).toEqual([]);
  });

  test("tells what a key is for", () => {
    const { source, offset } = marked("window: { mar‸gin: 5m }");
    const told = hoverProject(source, offset)?.contents as MarkupContent | undefined;
    const value = told?.value;
    expect(value).toContain("**window.margin**");
    expect(value).toContain("Safety margin");
    expect(value).toContain('Default: `"5m"`');
  });
});

describe("a locale file", () => {
  const FLOW = `flow order {
  on message -> ask
  var name: text(60) = "-"
  state ask {
    ask "What size, {name}?" { option small "Small" -> done option big "Big" -> done }
  }
  state done { say "Thanks!" -> end }
}
`;
  const open = (text: string): ReturnType<typeof viewOf> & Marked => {
    const { source, offset } = marked(text, "locales/de.yaml");
    const view = viewOf([
      { path: "parley.yaml", text: "name: bot\nlocales: { default: en, others: [de] }\n" },
      source,
      { path: "main.flow", text: FLOW },
    ]);
    return { ...view, source, offset };
  };
  const labels = (text: string): readonly string[] => {
    const at = open(text);
    return completeLocale(at, at.source, at.offset).map(({ label }) => label);
  };

  test.each([
    ["entries", "‸", ["order.ask", "order.done", "types", "builtin"].slice(0, 2)],
    ["keys", "order.ask:\n  ‸", ["body", "option.small", "option.big"]],
    ["texts", "order.done:\n  texts: { ‸", ["Thanks!"]],
    ["texts on lines of their own", "order.done:\n  texts:\n    ‸", ["Thanks!"]],
    ["the text of the default language", "order.ask:\n  body: ‸", ["What size, {name}?"]],
    ["holes", 'order.ask:\n  body: "Welche Größe, {‸', ["{name"]],
  ])("is offered %s", (_, text, wanted) => {
    expect(labels(text)).toEqual(expect.arrayContaining(wanted));
  });

  test("is not offered what it has", () => {
    expect(labels('order.ask:\n  option.small: "Klein"\n  ‸')).not.toContain("option.small");
  });

  test("takes a text whole", () => {
    const at = open("order.ask:\n  body: ‸");
    const [first] = completeLocale(at, at.source, at.offset);
    const edit = first?.textEdit;
    expect(edit && "range" in edit ? edited(at.source, [edit]) : "").toBe('order.ask:\n  body: "What size, {name}?"');
  });

  test("tells what the default language says, and how long the translation can become", () => {
    const at = open('order.ask:\n  option.small: "Ganz ‸klein"\n');
    const told = hoverLocale(at, at.source, at.offset)?.contents as MarkupContent | undefined;
    const value = told?.value;
    expect(value).toBe("> Small\n\n**10/20** · the title of `small`");
  });
});

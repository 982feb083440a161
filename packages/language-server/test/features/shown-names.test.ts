import { expect, test } from "vitest";
import { codeLenses } from "../../src/features/code-lens.ts";
import { linkedEditing } from "../../src/features/linked-editing.ts";
import { documentLinks, projectLinks } from "../../src/features/links.ts";
import { semanticTokens, tokensOf } from "../../src/features/semantic-tokens.ts";
import { marked } from "../support/marked.ts";

const BOT = `profile { phone: personal phone? }
flow order {
  on message -> welcome
  state welcome { let n = 1 say "{‸n} {len("x")}" -> welcome }
  state dead { set profile.phone = contact.phone -> end }
}
test "a" in order { expect state order.welcome }
`;

test("names are coloured by what they stand for", () => {
  const { view, file } = marked(BOT);
  const shown = tokensOf(view, file).map((t) =>
    [file.source.text.slice(t.start, t.end), t.type, ...t.modifiers].join(" "),
  );
  expect(shown).toContain("welcome class declaration");
  expect(shown).toContain("dead class declaration unreachable");
  expect(shown).toContain("phone property modification personal");
  expect(shown).toContain("n variable readonly");
  expect(shown).toContain("len function defaultLibrary");
  expect(shown).toContain("order namespace");
});

test("tokens of a part are those of the whole that lie in it", () => {
  const { view, file } = marked(BOT);
  const from = BOT.indexOf("state dead");
  const part = tokensOf(view, file, from);
  expect(part).toEqual(tokensOf(view, file).filter(({ end }) => end >= from));
  expect(semanticTokens(view, file, from).data).toHaveLength(part.length * 5);
});

test("lenses count who comes and which tests name it", () => {
  const { view, file } = marked(BOT);
  expect(codeLenses(view, file, []).every(({ command }) => command?.command === "")).toBe(true);
  const titles = codeLenses(view, file).map(({ command }) => command?.title);
  expect(titles).toEqual([
    "1 test",
    "▶ try it",
    "show graph",
    "2 incoming",
    "1 test",
    "▶ try it",
    "0 incoming",
    "▶ try it",
    "▶ run",
  ]);
});

test("only names that nothing outside can know are edited together", () => {
  const { view, file, offset } = marked(BOT);
  expect(linkedEditing(view, file, offset)?.ranges).toHaveLength(2);
  expect(linkedEditing(view, file, file.source.text.indexOf("welcome"))).toBeUndefined();
});

test("links, codes and files lead where they say", () => {
  const { file } = marked(
    '// parley-ignore P5006: later\nflow f { state a { say "‸x" { link "Go" "https://pizza.example/a" } } }',
  );
  const targets = documentLinks(file.source, "https://docs.example").map(({ target }) => target);
  expect(targets[0]).toBe("https://pizza.example/a");
  expect(targets[1]).toMatch(/^https:\/\/docs\.example\/docs\/diagnostics\/P5006-/);
  const m = marked({
    "parley.yaml": "templates: templates.yaml‸\nlocales: { default: en, others: [de] }\n",
    "locales/de.yaml": "",
    "main.flow": "",
  });
  const found = projectLinks(m.view, m.source, undefined).map(({ target }) => target);
  expect(found).toEqual(["file:///project/templates.yaml", "file:///project/locales/de.yaml"]);
  const lines = marked({
    "parley.yaml": "locales:\n  default: en\n  others:\n    - de‸ # German\n",
    "locales/de.yaml": "",
    "main.flow": "",
  });
  expect(projectLinks(lines.view, lines.source, undefined)).toEqual([
    {
      range: { start: { line: 3, character: 6 }, end: { line: 3, character: 8 } },
      target: "file:///project/locales/de.yaml",
    },
  ]);
});

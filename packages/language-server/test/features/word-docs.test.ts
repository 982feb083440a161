import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SECTIONS, WORD_DOCS } from "../../src/docs/words.ts";
import { complete } from "../../src/features/completion/complete.ts";
import { projectView } from "../support/projects.ts";

const PAGE = readFileSync(new URL("../../../../grammar/LANGUAGE.md", import.meta.url), "utf8");

test("every section that is linked to is one of the language's page", () => {
  const anchors = [...PAGE.matchAll(/^## (.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, "")
      .replaceAll(" ", "-"),
  );
  expect(anchors).toEqual(expect.arrayContaining(Object.values(SECTIONS)));
});

/** Words that say all by themselves. */
const PLAIN = new Set("true false all off in at of out twice late delivery country name body".split(" "));

test("every keyword that is proposed somewhere has its sentence", () => {
  const view = projectView("LANGUAGE.md");
  const lacking = new Set<string>();
  for (const file of view.compilation.files) {
    for (const { index } of file.source.text.matchAll(/\b[A-Za-z_]/g)) {
      if (index % 3 > 0) continue;
      for (const { data } of complete(view, file, index)) {
        if (data?.kind === "word" && !Object.hasOwn(WORD_DOCS, data.word) && !PLAIN.has(data.word))
          lacking.add(data.word);
      }
    }
  }
  expect([...lacking]).toEqual([]);
});

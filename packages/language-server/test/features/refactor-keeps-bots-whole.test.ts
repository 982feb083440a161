/** Whatever is offered, wherever in the bots of this repository: nothing new is found in what it makes. */
import { format, type Syntax } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { nodesIn } from "../../src/features/refactor/edits.ts";
import { refactorings } from "../../src/features/refactor/refactor.ts";
import { applied, newFindings } from "../support/applied.ts";
import { PROJECTS, projectView } from "../support/projects.ts";

/** Each one is applied and compiled with `PARLEY_REFACTORINGS=all`. */
const EVERY = process.env["PARLEY_REFACTORINGS"] === "all" ? 1 : 5;

const KINDS = new Set<string>();

function places(file: Syntax.File): readonly number[] {
  const found = new Set<number>();
  for (const node of nodesIn(file)) {
    if (/^(Say|Ask|Let|If|Match|Set|Do|Send|Arrow|Name|TextExpr)$/.test(node.kind)) found.add(node.start);
  }
  return [...found];
}

describe.each(PROJECTS)("%s", (name) => {
  test("stays whole", () => {
    const view = projectView(name);
    const wrong: string[] = [];
    const seen = new Set<string>();
    for (const file of view.compilation.files) {
      for (const offset of places(file)) {
        for (const one of refactorings(view, file, offset, offset)) {
          const key = JSON.stringify(one.edit);
          if (seen.has(key)) continue;
          seen.add(key);
          KINDS.add(one.kind ?? "");
          if (seen.size % EVERY > 0) continue;
          const after = applied(view, one);
          for (const found of newFindings(view, after)) {
            // A heading is a new text.
            if (one.kind === "refactor.rewrite.section" && found.endsWith("P7001 Options")) continue;
            wrong.push(`${file.source.path}:${offset} ${one.title}: ${found}`);
          }
          const made = after.compilation.files.find(({ source }) => source.path === file.source.path)?.source;
          if (made && format(made).kind !== "formatted") wrong.push(`${one.title}: cannot be formatted`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});

test("all kinds of refactorings are offered somewhere", () => {
  expect([...KINDS].sort()).toEqual([
    "quickfix",
    "refactor.extract.state",
    "refactor.extract.translation",
    "refactor.inline.state",
    "refactor.rewrite.layout",
    "refactor.rewrite.section",
  ]);
});

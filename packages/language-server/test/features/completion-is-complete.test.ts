/** Whatever is written in the bots of this repository was proposed where it stands. */
import type { Syntax } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { complete } from "../../src/features/completion/complete.ts";
import { writingAt } from "../../src/features/completion/writing.ts";
import { PROJECTS, projectView } from "../support/projects.ts";

/** Rules in which a name is a new one, or stands for itself. */
const NEW_NAMES =
  /^(was|label|param|field|enumCase|typeDecl|actionDecl|templateDecl|templateOption|flow|state|forRows|letStatement|list|triggerKind|varDecl)$/;

function missing(view: ReturnType<typeof projectView>, file: Syntax.File): string[] {
  const found: string[] = [];
  const { text } = file.source;
  for (const { 0: word, index } of text.matchAll(/[A-Za-z_]\w*/g)) {
    if (/[\w/]/.test(text.charAt(index - 1))) continue;
    const { place } = writingAt(view, file, index);
    if (place.kind !== "code") continue;
    const labels = complete(view, file, index).map(({ label }) => label.split(" ")[0]);
    const rules = place.expected.filter(({ kind }) => kind === "name").map(({ rule }) => rule);
    if (labels.includes(word) || rules.some((rule) => NEW_NAMES.test(rule))) continue;
    // Ids that actions give and languages that the bot has not are nobody's to propose.
    if (rules.includes("optionId") && !text.includes(`option ${word} `)) continue;
    if (rules.includes("templateClause") && !view.compilation.settings.locales.others.includes(word)) continue;
    // A case as a value is proposed with its enum, an option's id and a path of an action are the writer's own.
    if (labels.some((label) => label?.startsWith(`${word}.`)) || rules.includes("optionClause")) continue;
    if (rules.includes("path") || rules.includes("record") || place.before.at(-1)?.image === "+") continue;
    const line = text.slice(text.lastIndexOf("\n", index) + 1, text.indexOf("\n", index));
    found.push(`${file.source.path}: ${word} in ${line.trim()} (${rules.join(" ")})`);
  }
  return found;
}

describe.each(PROJECTS)("%s", (name) => {
  test("was proposed word by word", () => {
    const view = projectView(name);
    expect(view.compilation.files.flatMap((file) => missing(view, file))).toEqual([]);
  });
});

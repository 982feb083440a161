/** Whatever has been typed so far, no feature throws. `PARLEY_FUZZ_EDITS` sets how many broken files of each bot are tried. */
import { expect, test } from "vitest";
import { complete } from "../../src/features/completion/complete.ts";
import { completeLocale, hoverLocale } from "../../src/features/data/locale-file.ts";
import { completeProject, hoverProject } from "../../src/features/data/project-file.ts";
import { hover } from "../../src/features/hover/hover.ts";
import { HINTS, inlayHints } from "../../src/features/inlay-hints.ts";
import { pasted } from "../../src/features/refactor/paste.ts";
import { refactorings } from "../../src/features/refactor/refactor.ts";
import { signatureHelp } from "../../src/features/signature-help.ts";
import { filesOf } from "../support/applied.ts";
import { PROJECTS, projectView, viewOf } from "../support/projects.ts";

const EDITS = Number(process.env["PARLEY_FUZZ_EDITS"] ?? 6);
const PLACES = 25;

/** Numbers that look like chance and are the same every time. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

const PIECES = [
  '"',
  "{",
  "}",
  "(",
  ".",
  "->",
  "ask ",
  "say",
  "é",
  "😀",
  "\r\n",
  "/*",
  "//",
  "//// parley-ignore ",
  "[",
  ":",
  "as ",
  "match ",
];

/** Cut off, with a hole, or with something put in. */
function broken(text: string, next: (below: number) => number): string {
  const at = next(text.length + 1);
  switch (next(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(Math.min(text.length, at + next(40)));
    case 2:
      return text.slice(0, at) + (PIECES[next(PIECES.length)] ?? "") + text.slice(at);
    default:
      return text.slice(0, at) + text.slice(next(text.length), next(text.length) + 30) + text.slice(at);
  }
}

test.each(PROJECTS)("%s, broken in every way, breaks nothing", (name) => {
  const next = chance(name.length * 7919 + 17);
  const whole = filesOf(projectView(name));
  for (let i = 0; i < EDITS; i++) {
    const which = next(whole.length);
    const files = whole.map((source, at) =>
      at === which ? { path: source.path, text: broken(source.text, next) } : source,
    );
    const view = viewOf(files);
    for (const file of view.compilation.files) {
      if (file.source.path !== whole[which]?.path && next(3) > 0) continue;
      const { length } = file.source.text;
      inlayHints(view, file, 0, length, { ...HINTS, counts: "all", window: true });
      for (let j = 0; j < PLACES; j++) {
        const offset = next(length + 1);
        const end = Math.min(length, offset + next(200));
        const labels = complete(view, file, offset).map(({ label }) => label);
        expect(labels.every((label) => label !== "")).toBe(true);
        hover(view, file, offset, { html: true, docs: "https://docs.example" });
        signatureHelp(view, file, offset);
        refactorings(view, file, offset, j % 2 === 0 ? offset : end);
        pasted(view, file, offset, end, '[{"type": "text", "text": {"body": "x"}}]');
      }
    }
    for (const source of filesOf(view)) {
      if (source.path.endsWith(".flow")) continue;
      for (let j = 0; j < PLACES; j++) {
        const offset = next(source.text.length + 1);
        completeProject(source, offset);
        hoverProject(source, offset);
        completeLocale(view, source, offset);
        hoverLocale(view, source, offset);
      }
    }
  }
});

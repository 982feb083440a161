import { expect, test } from "vitest";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "../../src/features/call-hierarchy.ts";
import { codeLenses } from "../../src/features/code-lens.ts";
import { definition, documentHighlight, references, typeDefinition } from "../../src/features/definition.ts";
import { linkedEditing } from "../../src/features/linked-editing.ts";
import { documentLinks } from "../../src/features/links.ts";
import { documentSymbols, workspaceSymbols } from "../../src/features/outline.ts";
import { foldingRanges, selectionRange } from "../../src/features/ranges.ts";
import { prepareRename, rename } from "../../src/features/rename.ts";
import { semanticTokens } from "../../src/features/semantic-tokens.ts";
import { Refusal } from "../../src/refusal.ts";
import type { View } from "../../src/view.ts";
import { filesOf } from "../support/applied.ts";
import { PROJECTS, projectView, viewOf } from "../support/projects.ts";

const RUNS = Number(process.env["PARLEY_FUZZ"] ?? 40);

/** A generator of pseudo-random numbers below 1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function allowRefusal(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

function runAll(view: View, path: string, offset: number): void {
  const file = view.compilation.files.find(({ source }) => source.path === path);
  if (!file) throw new Error(`${path} is not there`);
  definition(view, file, offset);
  typeDefinition(view, file, offset);
  references(view, file, offset, true);
  documentHighlight(view, file, offset);
  linkedEditing(view, file, offset);
  allowRefusal(() => prepareRename(view, file, offset));
  allowRefusal(() => rename(view, file, offset, "fresh_name"));
  selectionRange(file, offset);
  for (const item of prepareCallHierarchy(view, file, offset)) {
    incomingCalls(view, item);
    outgoingCalls(view, item);
  }
  foldingRanges(file);
  documentSymbols(file);
  workspaceSymbols(view, "a");
  codeLenses(view, file);
  documentLinks(file.source, "https://docs.example");
  const { data } = semanticTokens(view, file);
  expect(data.length % 5).toBe(0);
  expect(Math.min(0, ...data)).toBe(0);
}

test("no feature fails on a file that is half-typed", () => {
  const next = random(7);
  const below = (n: number): number => Math.floor(next() * n);
  for (let run = 0; run < RUNS; run++) {
    const files = filesOf(projectView(PROJECTS[below(PROJECTS.length)] ?? ""));
    const flows = files.filter(({ path }) => path.endsWith(".flow"));
    const chosen = flows[below(flows.length)];
    if (!chosen) continue;
    const start = below(chosen.text.length);
    const end = Math.min(chosen.text.length, start + below(60));
    const typed = ["", "{", "}", '"', "->", ".", "was ", "ask "][below(8)] ?? "";
    const text = chosen.text.slice(0, start) + typed + chosen.text.slice(end);
    const view = viewOf(files.map((source) => (source === chosen ? { ...source, text } : source)));
    for (const offset of [start, start + typed.length, below(text.length + 1), below(text.length + 1)]) {
      expect(() => runAll(view, chosen.path, offset), `${chosen.path}:${offset}`).not.toThrow();
    }
  }
});

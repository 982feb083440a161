/** All that can be written in another way at a place or in a selection. */
import type { Syntax } from "@parley/compiler";
import type { CodeAction } from "vscode-languageserver";
import type { View } from "../../view.ts";
import { askLayout } from "./ask-layout.ts";
import { createMissing } from "./create-missing.ts";
import { extractState } from "./extract-state.ts";
import { inlineState } from "./inline-state.ts";
import { pasteAction } from "./paste.ts";
import { askSections } from "./sections.ts";
import { toLocales } from "./to-locales.ts";

/** `only`: kinds that the client wants; it may name a kind that those here belong to. */
export function refactorings(
  view: View,
  file: Syntax.File,
  start: number,
  end: number,
  only?: readonly string[],
): readonly CodeAction[] {
  if (file.source.library) return [];
  if (only && !only.some((kind) => kind === "" || kind.startsWith("refactor") || kind === "quickfix")) return [];
  const found = [
    ...createMissing(view, file, start),
    ...(end > start ? pasteAction(view, file, start, end) : []),
    ...askLayout(view, file, start),
    ...askSections(view, file, start),
    ...extractState(view, file, start, end),
    ...inlineState(view, file, start),
    ...toLocales(view, file, start),
  ];
  return only
    ? found.filter(({ kind = "" }) => only.some((one) => kind === one || one === "" || kind.startsWith(`${one}.`)))
    : found;
}

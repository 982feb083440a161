/** What a code action makes of a project. */
import { type Source, describe as say } from "@parley/compiler";
import type { CodeAction, TextEdit } from "vscode-languageserver";
import { offsetAt } from "../../src/positions.ts";
import { pathOf, type View } from "../../src/view.ts";
import { viewOf } from "./projects.ts";

export function filesOf({ project, input }: View): readonly Source[] {
  return [...(project ? [project] : []), ...(input.locales ?? []).map(({ source }) => source), ...input.files];
}

export function applied(view: View, { edit }: CodeAction): View {
  const edits = new Map<string, readonly TextEdit[]>(Object.entries(edit?.changes ?? {}));
  const created: string[] = [];
  for (const change of edit?.documentChanges ?? []) {
    if ("edits" in change) edits.set(change.textDocument.uri, change.edits as TextEdit[]);
    else if (change.kind === "create") created.push(pathOf(view, change.uri));
  }
  const before = [...filesOf(view), ...created.map((path) => ({ path, text: "" }))];
  const byPath = new Map([...edits].map(([uri, list]) => [pathOf(view, uri), list]));
  for (const path of byPath.keys()) {
    if (!before.some((source) => source.path === path)) throw new Error(`${path} is not there`);
  }
  return viewOf(before.map((source) => ({ path: source.path, text: edited(source, byPath.get(source.path) ?? []) })));
}

export function edited(source: Source, edits: readonly TextEdit[]): string {
  const spans = edits.map(({ range, newText }, i) => {
    return { start: offsetAt(source, range.start), end: offsetAt(source, range.end), newText, i };
  });
  spans.sort((a, b) => a.start - b.start || a.end - b.end || a.i - b.i);
  let text = "";
  let at = 0;
  for (const { start, end, newText } of spans) {
    if (start < at) throw new Error("two edits overlap");
    text += source.text.slice(at, start) + newText;
    at = end;
  }
  return text + source.text.slice(at);
}

/** What is found now and was not before, whatever the lines; of a text that has no translation, whatever its key. */
export function newFindings(before: View, after: View): readonly string[] {
  const known = new Map<string, number>();
  const key = (d: View["compilation"]["diagnostics"][number]): string =>
    d.code === "P7001" ? `${d.code} ${String(d.args["text"])}` : `${d.code} ${say(d)}`;
  for (const d of before.compilation.diagnostics) known.set(key(d), (known.get(key(d)) ?? 0) + 1);
  return after.compilation.diagnostics.flatMap((d) => {
    const left = known.get(key(d)) ?? 0;
    if (d.code !== "P7001") known.set(key(d), left - 1);
    return left > 0 ? [] : [`${d.span.source.path} ${key(d)}`];
  });
}

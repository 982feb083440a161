/** Outline, folding and selection of the project file, of locale files and of templates. */
import { lineStarts, positionAt, type Source } from "@parley/compiler";
import type { DocumentSymbol, FoldingRange, SelectionRange } from "vscode-languageserver";
import { toRange } from "../../positions.ts";
import { commentFolds } from "../ranges.ts";
import { entriesAt, type YamlEntry, type YamlPart, yamlTree } from "./yaml-tree.ts";

const PROPERTY = 7;

export function dataSymbols(source: Source): readonly DocumentSymbol[] {
  return yamlTree(source.text).map((entry) => symbolOf(source, entry));
}

function symbolOf(source: Source, { key, value, start, end, entries }: YamlEntry): DocumentSymbol {
  return {
    name: key.text === "" ? "…" : key.text,
    ...(value.text === "" || entries.length > 0 ? {} : { detail: value.text.replace(/,$/, "") }),
    kind: PROPERTY,
    range: toRange({ source, start, end }),
    selectionRange: toRange({ source, start: key.start, end: key.end }),
    children: entries.map((entry) => symbolOf(source, entry)),
  };
}

/** Every key with more than its line, and comments over several lines. */
export function dataFolds(source: Source): readonly FoldingRange[] {
  const found = [...commentFolds(source, "#")];
  const visit = ({ start, end, entries }: YamlEntry): void => {
    const [startLine, endLine] = [positionAt(source, start).line - 1, positionAt(source, end).line - 1];
    if (endLine > startLine) found.push({ startLine, endLine });
    for (const entry of entries) visit(entry);
  };
  for (const entry of yamlTree(source.text)) visit(entry);
  return found.sort((a, b) => a.startLine - b.startLine);
}

/** A word of a value or a key, its entry, the entries around it, all. */
export function dataSelection(source: Source, offset: number): SelectionRange {
  const path = entriesAt(yamlTree(source.text), offset);
  const last = path.at(-1);
  const parts = last ? [last.key, last.value, ...last.items] : [];
  const word = parts.filter(({ start, end }) => start < end && start <= offset && offset <= end);
  const smallest = word.sort((a, b) => b.end - b.start - (a.end - a.start));
  const all: readonly Pick<YamlPart, "start" | "end">[] = [
    { start: 0, end: source.text.length },
    ...path,
    ...smallest,
    ...lineAt(source, offset, last),
  ];
  let found: SelectionRange | undefined;
  let [from, to] = [-1, -1];
  for (const { start, end } of all) {
    if (start === from && end === to) continue;
    [from, to] = [start, end];
    const range = toRange({ source, start, end });
    found = found ? { range, parent: found } : { range };
  }
  return found ?? { range: toRange({ source, start: 0, end: source.text.length }) };
}

/** Of a text over several lines the one line. */
function lineAt(
  source: Source,
  offset: number,
  entry: YamlEntry | undefined,
): readonly { start: number; end: number }[] {
  const starts = lineStarts(source);
  const { line } = positionAt(source, offset);
  const start = starts[line - 1] ?? 0;
  if (!entry || start <= entry.start) return [];
  const text = source.text.slice(start, starts[line] ?? source.text.length);
  const from = start + text.length - text.trimStart().length;
  const end = start + text.trimEnd().length;
  return end > from && from <= offset && offset <= end && end <= entry.end && entry.items.length === 0
    ? [{ start: from, end }]
    : [];
}

/** What follows statements that go to another state: their translations, and the places that tests name. */
import type { Syntax } from "@parley/compiler";
import type { View } from "../../view.ts";
import type { Change } from "./edits.ts";

export interface Move {
  /** `flow.state` before and after. */
  readonly from: string;
  readonly to: string;
  readonly holds: (text: Syntax.TextExpr) => boolean;
  readonly asks: readonly Syntax.Ask[];
}

/** Undefined where a locale file is written in a form that this cannot follow. */
export function movedElsewhere(view: View, move: Move): readonly Change[] | undefined {
  const changes = [...inTests(view, move)];
  for (const file of view.compilation.translations.files) {
    const own = inLocale(view, file, move);
    if (!own) return undefined;
    changes.push(...own);
  }
  return changes;
}

function renamed(id: string, { from, to }: Move): string {
  return to + id.slice(from.length);
}

function inTests({ compilation }: View, move: Move): readonly Change[] {
  const { names } = compilation;
  const ids = new Set(move.asks.flatMap((ask) => names.ids.get(ask) ?? []));
  if (ids.size === 0) return [];
  return [...names.places].flatMap(([{ source, start, end }, id]) =>
    ids.has(id) ? [{ source, start, end, text: renamed(id, move) }] : [],
  );
}

type LocaleFile = View["compilation"]["translations"]["files"][number];
type Written = LocaleFile["entries"][number]["items"][number];

interface Found {
  readonly item: Written;
  /** All places that say it go with it. */
  readonly leaves: boolean;
}

function inLocale({ compilation }: View, file: LocaleFile, move: Move): readonly Change[] | undefined {
  const { source } = file;
  const changes: Change[] = [];
  const moved = new Map<string, Written[]>();
  for (const entry of file.entries) {
    if (entry.name !== move.from && !entry.name.startsWith(`${move.from}.`)) continue;
    const found = entry.items.flatMap((item) => foundIn(compilation, entry.name, item, move));
    if (found.length === 0) continue;
    if (entry.map.style !== "block") return undefined;
    moved.set(
      renamed(entry.name, move),
      found.map(({ item }) => item),
    );
    const leaving = found.filter(({ leaves }) => leaves).map(({ item }) => item);
    if (leaving.length === entry.items.length) changes.push({ ...spanOf(entry.whole), text: "" });
    else for (const item of leaving) changes.push({ ...spanOf(item.whole), text: "" });
  }
  for (const [name, items] of moved) {
    const entry = file.entries.find((one) => one.name === name);
    if (entry && entry.map.style !== "block") return undefined;
    const own = items.filter((item) => !item.inTexts);
    // A text that the state says already has its translation there.
    const below = items.filter(
      (item) => item.inTexts && !entry?.items.some((one) => one.inTexts && one.name === item.name),
    );
    const indent = entry?.map.indent ?? "  ";
    const lines = own.map((item) => lineOf(item, indent)).join("");
    const rest = below.map((item) => lineOf(item, `${indent}  `)).join("");
    if (!entry) changes.push(atEnd(source, `${name}:\n${lines}${rest === "" ? "" : `${indent}texts:\n${rest}`}`));
    else if (entry.texts && rest !== "") {
      if (entry.texts.style !== "block") return undefined;
      const inner = below.map((item) => lineOf(item, entry.texts?.indent ?? `${indent}  `)).join("");
      if (lines !== "") changes.push(line(source, entry.map.end, lines));
      changes.push(line(source, entry.texts.end, inner));
    } else changes.push(line(source, entry.map.end, lines + (rest === "" ? "" : `${indent}texts:\n${rest}`)));
  }
  return changes;
}

function foundIn(
  { translations }: View["compilation"],
  entry: string,
  item: Written,
  { holds }: Move,
): readonly Found[] {
  const texts = [...translations.catalogue.values()].find(
    (t) => t.entry === entry && t.name === item.name && t.inTexts === item.inTexts,
  )?.texts;
  // A short title that stands in one language alone goes with its option.
  if (!texts?.some(holds)) return [];
  return [{ item, leaves: texts.every(holds) }];
}

function spanOf({ source, start, end }: Written["whole"]): Omit<Change, "text"> {
  return { source, start, end };
}

function lineOf({ name, value, from, now }: Written, indent: string): string {
  const notes = [from && `#= ${quoted(from.text)}`, now && `#! ${quoted(now.text)}`];
  const above = notes.flatMap((note) => (note ? [`${indent}${note}\n`] : [])).join("");
  const key = /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : quoted(name);
  return `${above}${indent}${key}:${value === undefined ? "" : ` ${quoted(value)}`}\n`;
}

/** JSON is YAML. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function line(source: Change["source"], at: number, text: string): Change {
  const broken = at === 0 || source.text.charAt(at - 1) === "\n" ? "" : "\n";
  return { source, start: at, end: at, text: broken + text };
}

function atEnd(source: Change["source"], text: string): Change {
  return line(source, source.text.length, text);
}

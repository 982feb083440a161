/** New keys in a locale file, at the places where they belong, with everything else as it is. */
import type { Edit } from "../diagnostics/diagnostic.ts";
import type { LocaleEntry, LocaleFile, WrittenMap } from "../project/locale-file.ts";
import { spanOf } from "../text/source.ts";
import type { Translatable } from "./keys.ts";

const INDENT = "  ";

/** `value`: of the new keys; without one they wait for it. In the order of the texts, entry by entry. */
export function additions(file: LocaleFile, texts: readonly Translatable[], value?: string): readonly Edit[] {
  const byEntry = new Map<string, Translatable[]>();
  for (const text of texts) byEntry.set(text.entry, [...(byEntry.get(text.entry) ?? []), text]);
  const edits: Edit[] = [];
  let fresh = "";
  for (const [name, list] of byEntry) {
    const entry = file.entries.find((e) => e.name === name);
    if (entry) edits.push(...inEntry(file, entry, list, value));
    else fresh += `${fresh === "" && file.source.text.trim() === "" ? "" : "\n"}${newEntry(name, list, value)}`;
  }
  if (fresh !== "") edits.push(atEnd(file, fresh));
  return edits;
}

function atEnd({ source }: LocaleFile, text: string): Edit {
  const end = source.text.length;
  const before = source.text === "" || source.text.endsWith("\n") ? "" : "\n";
  return { span: spanOf(source, end, end), text: before + text };
}

function newEntry(name: string, texts: readonly Translatable[], value: string | undefined): string {
  const own = texts.filter((t) => !t.inTexts);
  const below = texts.filter((t) => t.inTexts);
  const lines = own.map((t) => line(t, INDENT, value)).join("");
  const rest = below.map((t) => line(t, INDENT + INDENT, value)).join("");
  return `${keyOf(name)}:\n${lines}${rest === "" ? "" : `${INDENT}texts:\n${rest}`}`;
}

function inEntry(
  file: LocaleFile,
  entry: LocaleEntry,
  texts: readonly Translatable[],
  value: string | undefined,
): readonly Edit[] {
  const own = texts.filter((t) => !t.inTexts);
  const below = texts.filter((t) => t.inTexts);
  const edits: Edit[] = [];
  const outer = entry.map.indent ?? INDENT;
  let more = own.map((t) => t);
  if (below.length > 0 && entry.texts) edits.push(...inMap(file, entry.texts, below, `${outer}${INDENT}`, value));
  else if (below.length > 0 && entry.map.style !== "flow") {
    const lines = `${outer}texts:\n${below.map((t) => line(t, outer + INDENT, value)).join("")}`;
    const keys = more.map((t) => line(t, outer, value)).join("");
    more = [];
    edits.push({
      span: spanOf(file.source, entry.map.end, entry.map.end),
      text: broken(file, entry.map.end) + keys + lines,
    });
  } else if (below.length > 0) {
    const pairs = below.map((t) => pair(t, value)).join(", ");
    edits.push(inFlow(file, entry.map, `texts: { ${pairs} }`));
  }
  if (more.length > 0) edits.push(...inMap(file, entry.map, more, outer, value));
  return edits;
}

function inMap(
  file: LocaleFile,
  map: WrittenMap,
  texts: readonly Translatable[],
  indent: string,
  value: string | undefined,
): readonly Edit[] {
  if (map.style === "flow") return [inFlow(file, map, texts.map((t) => pair(t, value)).join(", "))];
  const text = texts.map((t) => line(t, map.indent ?? indent, value)).join("");
  return [{ span: spanOf(file.source, map.end, map.end), text: broken(file, map.end) + text }];
}

function inFlow({ source }: LocaleFile, map: WrittenMap, pairs: string): Edit {
  return { span: spanOf(source, map.end, map.end), text: map.size === 0 ? ` ${pairs} ` : `, ${pairs}` };
}

/** The last line may lack its end. */
function broken({ source }: LocaleFile, at: number): string {
  return at === 0 || source.text.charAt(at - 1) === "\n" ? "" : "\n";
}

function line(text: Translatable, indent: string, value: string | undefined): string {
  const note = text.inTexts ? "" : `${indent}${noteOf(text.source)}\n`;
  return `${note}${indent}${keyOf(text.name)}:${value === undefined ? "" : ` ${quoted(value)}`}\n`;
}

function pair(text: Translatable, value: string | undefined): string {
  return `${quoted(text.name)}: ${value === undefined ? "null" : quoted(value)}`;
}

/** The text that a translation is made from. */
export function noteOf(source: string): string {
  return `#= ${quoted(source)}`;
}

/** JSON is YAML; the line ends that only YAML knows are escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Names stand for themselves. */
function keyOf(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : quoted(name);
}

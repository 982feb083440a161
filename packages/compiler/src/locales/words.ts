/** What one locale file says, found out against what there is to translate: P7003, P7004. */
import type { Diagnostic, Fix, Phase } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { LocaleEntry, LocaleFile, WrittenText } from "../project/locale-file.ts";
import type { EnumCase, Option, TextExpr } from "../syntax/ast.ts";
import { type Span, spanOf, spanText } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { type Catalogue, placeKey, type Translatable } from "./keys.ts";
import { splitTranslation } from "./source-text.ts";

/** The translations of one locale, without those that it falls back to. */
export interface OwnWords {
  readonly locale: string;
  /** By the text of the program. */
  readonly texts: ReadonlyMap<TextExpr, TextExpr>;
  /** By `placeKey`. */
  readonly places: ReadonlyMap<string, TextExpr>;
  readonly labels: ReadonlyMap<EnumCase, TextExpr>;
  readonly shorts: ReadonlyMap<Option, TextExpr>;
}

interface Reading extends OwnWords {
  readonly texts: Map<TextExpr, TextExpr>;
  readonly places: Map<string, TextExpr>;
  readonly labels: Map<EnumCase, TextExpr>;
  readonly shorts: Map<Option, TextExpr>;
  readonly catalogue: Catalogue;
  readonly entries: ReadonlySet<string>;
  readonly diagnostics: Diagnostic[];
}

export function wordsOf(file: LocaleFile, catalogue: Catalogue): Phase<OwnWords> {
  const reading: Reading = {
    locale: file.locale,
    texts: new Map(),
    places: new Map(),
    labels: new Map(),
    shorts: new Map(),
    catalogue,
    entries: new Set([...catalogue.values()].map((t) => t.entry)),
    diagnostics: [],
  };
  for (const entry of file.entries) readEntry(reading, entry);
  return { value: reading, diagnostics: reading.diagnostics };
}

function readEntry(reading: Reading, entry: LocaleEntry): void {
  if (!reading.entries.has(entry.name)) return unused(reading, entry.name, entry.key, entry.whole, reading.entries);
  for (const item of entry.items) {
    const place = { entry: entry.name, name: item.name, inTexts: item.inTexts };
    const key = placeKey(place);
    const of = reading.catalogue.get(key);
    if (!of) {
      const others = [...reading.catalogue.values()].filter(
        (t) => t.entry === entry.name && t.inTexts === item.inTexts,
      );
      unused(reading, item.name, item.key, item.whole, new Set(others.map((t) => t.name)));
    } else if (item.value !== undefined) {
      outOfDate(reading, of, item);
      const text = translationOf(reading, of, item, item.value);
      if (text) put(reading, key, of, text);
    }
  }
}

function put(reading: Reading, key: string, of: Translatable, text: TextExpr): void {
  reading.places.set(key, text);
  for (const original of of.texts) reading.texts.set(original, text);
  if (of.of.kind === "case") reading.labels.set(of.of.enumCase, text);
  else if (of.of.kind === "short") reading.shorts.set(of.of.option, text);
}

// ---------------------------------------------------------------- P7004

function unused(reading: Reading, name: string, key: Span, whole: Span, known: ReadonlySet<string>): void {
  const { similar } = suggest(name, known);
  const fixes = [{ title: "Delete it", safe: false, edits: [{ span: whole, text: "" }] }];
  const args = { problem: "unused", name, similar, from: "", now: "" } as const;
  reading.diagnostics.push(diagnostic("P7004", key, args, { fixes }));
}

function outOfDate(reading: Reading, of: Translatable, item: WrittenText): void {
  const from = item.from ?? item.now;
  if (!from || from.text === of.source) return;
  const args = { problem: "out of date", name: item.name, similar: [], from: from.text, now: of.source } as const;
  const related = of.span ? [{ span: of.span, message: "it reads like this now" }] : [];
  reading.diagnostics.push(diagnostic("P7004", item.place, args, { related, fixes: [upToDate(of, item)] }));
}

/** The note in the place of those that are there. */
function upToDate(of: Translatable, item: WrittenText): Fix {
  const { source, start } = item.key;
  const first = Math.min(...[item.from, item.now].flatMap((note) => (note ? [note.line.start] : [])));
  const line = start - sure(item.indent).length;
  const text = `${sure(item.indent)}#= ${JSON.stringify(of.source)}\n`;
  return { title: "Keep the translation as it is", safe: false, edits: [{ span: spanOf(source, first, line), text }] };
}

// ---------------------------------------------------------------- P7003

function translationOf(reading: Reading, of: Translatable, item: WrittenText, value: string): TextExpr | undefined {
  const { place, block } = item;
  const split = splitTranslation(value, of.holes);
  if (split.unknown.length > 0 || split.missing.length > 0 || split.unbalanced) {
    const [unknown] = split.unknown;
    const span = unknown === undefined ? place : within(place, `{${unknown}}`);
    const args = {
      name: item.name,
      unknown: split.unknown.map((hole) => `{${hole}}`),
      missing: split.missing.map((hole) => `{${hole}}`),
    };
    const related = of.span ? [{ span: of.span, message: "the text that it translates" }] : [];
    reading.diagnostics.push(diagnostic("P7003", span, args, { related, fixes: otherHole(span, split) }));
    return undefined;
  }
  return { kind: "TextExpr", source: place.source, start: place.start, end: place.end, parts: split.parts, block };
}

/** Where one hole is wrong and one is missing, that is the one. */
function otherHole(span: Span, { unknown, missing }: ReturnType<typeof splitTranslation>): readonly Fix[] {
  const [wrong, right] = [unknown[0], missing[0]];
  if (wrong === undefined || right === undefined || unknown.length + missing.length > 2) return [];
  if (spanText(span) !== `{${wrong}}`) return [];
  return [{ title: `Write \`{${right}}\``, safe: false, edits: [{ span, text: `{${right}}` }] }];
}

/** A part of a text where it stands as it is, else the text. */
function within(place: Span, part: string): Span {
  const at = spanText(place).indexOf(part);
  return at < 0 ? place : spanOf(place.source, place.start + at, place.start + at + part.length);
}

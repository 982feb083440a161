/** `parley i18n extract`: a locale file with a place for every text; translations, comments and order stay as they are. */
import type { Edit } from "../diagnostics/diagnostic.ts";
import { type LocaleFile, parseLocale, type WrittenText } from "../project/locale-file.ts";
import { spanOf } from "../text/source.ts";
import { additions, noteOf } from "./additions.ts";
import { type Catalogue, placeKey, type Translatable } from "./keys.ts";
import { isNeeded } from "./missing.ts";
import { parentOf, type Translations } from "./translations.ts";

export interface Extracted {
  readonly text: string;
  /** Places that were added. */
  readonly added: number;
  /** Of the texts that need one: those with a translation. */
  readonly translated: number;
  readonly needed: number;
  /** Translations whose text has changed since. */
  readonly outOfDate: number;
  /** The file is no YAML, or no place can be added to it, and it stays as it is. */
  readonly broken: boolean;
}

const HEAD = (locale: string): string =>
  `# Translations (${locale}). \`#=\` is the text that a translation was made from, \`#!\` what it has become since.\n\n`;

/** `current`: the file, where there is one. */
export function extractLocale({ catalogue, files }: Translations, locale: string, current?: LocaleFile): Extracted {
  const file = current ?? newFile(locale);
  const parent = files.find((f) => f.locale === parentOf(locale) && f.locale !== locale);
  const inherited = parent ? translatedIn(parent) : new Set<string>();
  const written = writtenIn(file);
  const needed = [...catalogue].filter(([key, t]) => isNeeded(t, locale) && !inherited.has(key));
  const absent = needed.filter(([key]) => !written.has(key)).map(([, t]) => t);
  const own = translatedIn(file);
  const known = [...catalogue].filter(([key]) => written.has(key));
  const outOfDate = known.filter(([key, t]) => isOld(t, written.get(key))).length;
  const translated = needed.filter(([key]) => own.has(key)).length;
  const counts = { translated, needed: needed.length, outOfDate };
  if (file.broken) return { text: file.source.text, added: 0, ...counts, broken: true };
  const edits = [...notes(catalogue, written), ...additions(file, absent)];
  const text = applied(file.source.text, edits);
  // An entry of another form than ours would stand there a second time.
  if (parseLocale({ path: file.source.path, text }, locale).broken)
    return { text: file.source.text, added: 0, ...counts, broken: true };
  return { text, added: absent.length, ...counts, broken: false };
}

function newFile(locale: string): LocaleFile {
  return {
    locale,
    source: { path: `${locale}.yaml`, text: HEAD(locale) },
    entries: [],
    diagnostics: [],
    broken: false,
  };
}

function writtenIn({ entries }: LocaleFile): ReadonlyMap<string, WrittenText> {
  const written = new Map<string, WrittenText>();
  for (const { name: entry, items } of entries) {
    for (const item of items) written.set(placeKey({ entry, name: item.name, inTexts: item.inTexts }), item);
  }
  return written;
}

function translatedIn(file: LocaleFile): ReadonlySet<string> {
  return new Set([...writtenIn(file)].flatMap(([key, item]) => (item.value === undefined ? [] : [key])));
}

function isOld(of: Translatable, item: WrittenText | undefined): boolean {
  const from = item?.from ?? item?.now;
  return item?.value !== undefined && from !== undefined && from.text !== of.source;
}

// ---------------------------------------------------------------- notes

function notes(catalogue: Catalogue, written: ReadonlyMap<string, WrittenText>): readonly Edit[] {
  const edits: Edit[] = [];
  for (const [key, item] of written) {
    const of = catalogue.get(key);
    if (!of || item.inTexts || item.indent === undefined || of.of.kind === "builtin") continue;
    const wanted = notesFor(of, item);
    const start = Math.min(
      item.key.start - item.indent.length,
      ...[item.from, item.now].flatMap((n) => (n ? [n.line.start] : [])),
    );
    const end = item.key.start - item.indent.length;
    const text = wanted.map((note) => `${item.indent}${note}\n`).join("");
    if (text !== item.key.source.text.slice(start, end)) {
      edits.push({ span: spanOf(item.key.source, start, end), text });
    }
  }
  return edits;
}

/** A translation without a note counts as made from today's text; one whose old note was deleted from the newer one. */
function notesFor(of: Translatable, item: WrittenText): readonly string[] {
  const from = item.value === undefined ? of.source : (item.from ?? item.now)?.text;
  if (from === undefined || from === of.source) return [noteOf(of.source)];
  return [noteOf(from), noteOf(of.source).replace("#=", "#!")];
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  const ordered = edits.map((edit, i) => ({ edit, i }));
  ordered.sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.i - b.i);
  for (const { edit } of ordered) {
    result += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  const whole = result + text.slice(at);
  return text.includes("\r\n") ? whole.replace(/\r?\n/g, "\r\n") : whole;
}

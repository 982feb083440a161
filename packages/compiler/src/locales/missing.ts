/** P7001: texts that a language has no translation of. */
import type { Diagnostic, Edit, Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { LocaleFile, WrittenText } from "../project/locale-file.ts";
import { type Span, spanOf } from "../text/source.ts";
import { additions } from "./additions.ts";
import { ownWord, type Word } from "./builtin-words.ts";
import { BUILTIN, type Catalogue, placeKey, type Translatable } from "./keys.ts";
import type { OwnWords } from "./words.ts";

/** `parent`: the language that the locale falls back to, `pt` of `pt_BR`. */
export function findMissing(
  file: LocaleFile,
  catalogue: Catalogue,
  own: OwnWords | undefined,
  parent: OwnWords | undefined,
): readonly Diagnostic[] {
  const written = new Map<string, WrittenText>();
  for (const { name: entry, items } of file.entries) {
    for (const item of items) written.set(placeKey({ entry, name: item.name, inTexts: item.inTexts }), item);
  }
  const missing: Diagnostic[] = [];
  for (const [key, text] of catalogue) {
    const item = written.get(key);
    // One with a mistake is there, too.
    if (own?.places.has(key) || parent?.places.has(key) || item?.value !== undefined) continue;
    if (!isNeeded(text, file.locale)) continue;
    const args = { locale: file.locale, name: text.name, entry: text.entry, text: text.source };
    const related = text.span ? [{ span: text.span, message: "the text stands here" }] : [];
    const place = item?.key ?? placeOf(file, text);
    missing.push(diagnostic("P7001", place, args, { related, fixes: item ? [] : addKey(file, text) }));
  }
  return missing;
}

/** Whether there is something to translate: a template exists in the languages that it names. */
export function isNeeded({ optional, of, entry, name }: Translatable, locale: string): boolean {
  if (entry === BUILTIN) return ownWord(locale, name as Word) === undefined;
  if (optional) return false;
  if (of.kind !== "template") return true;
  const locales = of.decl.clauses.flatMap((c) => (c.kind === "TemplateLocales" ? c.names.map((n) => n.text) : []));
  return locales.includes(locale);
}

/** The entry that it belongs to, else the beginning of the file. */
function placeOf(file: LocaleFile, text: Translatable): Span {
  const entry = file.entries.find((e) => e.name === text.entry);
  return entry?.key ?? spanOf(file.source, 0, 0);
}

/** A place for the translation, with the text as a note: still missing, but easy to fill in. */
function addKey(file: LocaleFile, text: Translatable): readonly Fix[] {
  const edits: readonly Edit[] = additions(file, [text], text.source);
  return [{ title: "Write the text of the default language, to be translated", safe: false, edits }];
}

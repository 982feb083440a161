/** The languages of a project, and what a phase after this one asks them. */
import type { Names } from "../bind/names.ts";
import type { Diagnostic, Phase } from "../diagnostics/diagnostic.ts";
import type { LocaleFile } from "../project/locale-file.ts";
import type { Settings } from "../project/settings.ts";
import type { TextExpr } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import type { Wording } from "../types/wording.ts";
import { builtinWord, type Word } from "./builtin-words.ts";
import { BUILTIN, type Catalogue, placeKey, TYPES, translatables } from "./keys.ts";
import { findMissing } from "./missing.ts";
import { type OwnWords, wordsOf } from "./words.ts";

export interface Translations {
  readonly catalogue: Catalogue;
  /** Of each other locale that has a file. */
  readonly files: readonly LocaleFile[];
  /** In the order of the settings; also of locales without a file, which speak the languages that they fall back to. */
  readonly languages: readonly Language[];
}

export interface Language extends OwnWords {
  /** With what this language falls back to. */
  readonly wording: Wording;
}

const NONE: Phase<Translations> = {
  value: { catalogue: new Map(), files: [], languages: [] },
  diagnostics: [],
};

/** P7001, P7003, P7004 and P8001 of the locale files. Costs nothing where there is one language. */
export function translate(names: Names, settings: Settings, given: readonly LocaleFile[]): Phase<Translations> {
  const { others } = settings.locales;
  if (others.length === 0) return NONE;
  const catalogue = translatables(names);
  const diagnostics: Diagnostic[] = [];
  const files: LocaleFile[] = [];
  const own = new Map<string, OwnWords>();
  for (const locale of new Set(others)) {
    const file = given.find((f) => f.locale === locale);
    if (!file) continue;
    files.push(file);
    diagnostics.push(...file.diagnostics);
    const words = wordsOf(file, catalogue);
    diagnostics.push(...words.diagnostics);
    own.set(locale, words.value);
  }
  const languages = [...new Set(others)].map((locale) => languageOf(locale, own));
  for (const file of files) {
    const parent = own.get(parentOf(file.locale));
    if (!file.broken) diagnostics.push(...findMissing(file, catalogue, own.get(file.locale), parent));
  }
  return { value: { catalogue, files, languages }, diagnostics };
}

/** A word of ours in a language, as its file changes it. */
export function builtinText({ languages }: Translations, locale: string, word: Word): string {
  const key = placeKey({ entry: BUILTIN, name: word, inTexts: false });
  const [own] = languages.find((language) => language.locale === locale)?.places.get(key)?.parts ?? [];
  return typeof own === "string" ? own : builtinWord(locale, word);
}

/** `pt` of `pt_BR`; itself where it is a language alone. */
export function parentOf(locale: string): string {
  return sure(locale.split(/[_-]/)[0]);
}

function languageOf(locale: string, own: ReadonlyMap<string, OwnWords>): Language {
  const words = own.get(locale) ?? {
    locale,
    texts: new Map(),
    places: new Map(),
    labels: new Map(),
    shorts: new Map(),
  };
  const parent = parentOf(locale) === locale ? undefined : own.get(parentOf(locale));
  const chain = parent ? [words, parent] : [words];
  const first = <K>(of: (own: OwnWords) => ReadonlyMap<K, TextExpr>, key: K): TextExpr | undefined => {
    for (const one of chain) {
      const text = of(one).get(key);
      if (text) return text;
    }
    return undefined;
  };
  const wording: Wording = {
    locale,
    text: (text) => first((w) => w.texts, text) ?? text,
    label: (enumCase) => first((w) => w.labels, enumCase) ?? enumCase.label,
    builtinLabel: (type, name) =>
      first((w) => w.places, placeKey({ entry: TYPES, name: `${type}.${name}`, inTexts: false })),
    short: (option) => first((w) => w.shorts, option) ?? option.short,
  };
  return { ...words, wording };
}

/** Words of ours in messages: those of the locale files, else those that we have in each language, else the English ones. */
import type { Machine } from "@parley/machine";
import { builtinWord, type Word } from "../locales/builtin-words.ts";
import { BUILTIN, placeKey } from "../locales/keys.ts";
import { type Language, parentOf } from "../locales/translations.ts";
import { plainText } from "../types/length.ts";

/** In the project's locales. */
export function builtinWords(locales: readonly string[], languages: readonly Language[] = []): Machine["builtin"] {
  const words = (word: Word): Readonly<Record<string, string>> =>
    Object.fromEntries(
      locales.map((locale) => [locale, changed(languages, locale, word) ?? builtinWord(locale, word)]),
    );
  return { open: words("open"), more: words("more"), numbered: words("numbered"), error: words("error") };
}

function changed(languages: readonly Language[], locale: string, name: Word): string | undefined {
  const key = placeKey({ entry: BUILTIN, name, inTexts: false });
  const find = (wanted: string) => languages.find((language) => language.locale === wanted)?.places.get(key);
  const text = find(locale) ?? find(parentOf(locale));
  return text && plainText(text);
}

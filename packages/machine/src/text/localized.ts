/** Which words a contact gets: by locale, falling back from `pt_BR` to `pt` to the default. */
import { MachineError } from "../errors.ts";
import type { Localized, Machine, Template, TextKey } from "../format.ts";
import { own } from "../own.ts";

/** The locales in which something is looked for, best first. */
export function localeChain(machine: Machine, locale: string): readonly string[] {
  const language = languageOf(locale);
  const { default: last } = machine.locales;
  return language === locale ? [locale, last] : [locale, language, last];
}

function languageOf(locale: string): string {
  const end = locale.search(/[_-]/);
  return end < 0 ? locale : locale.slice(0, end);
}

/** The language of the bot that a contact of this locale gets: of dates and numbers, so that these are not in another. */
export function spoken(machine: Machine, locale: string): string {
  const { default: last, others } = machine.locales;
  return localeChain(machine, locale).find((one) => one === last || others.includes(one)) ?? last;
}

/** The entry of `byLocale` for a contact of this locale. */
export function pick<T>(machine: Machine, byLocale: Readonly<Record<string, T>>, locale: string): T | undefined {
  return own(byLocale, locale) ?? own(byLocale, languageOf(locale)) ?? own(byLocale, machine.locales.default);
}

export function textOf(machine: Machine, key: TextKey, locale: string): Template {
  return wordsOf(machine, key, machine.texts[key], locale);
}

/** The same, where the text has been found. */
export function wordsOf(machine: Machine, key: TextKey, text: Localized | undefined, locale: string): Template {
  const template = text && pick(machine, text, locale);
  if (!template) throw new MachineError(`/texts/${key}`, "there is no such text");
  return template;
}

export function builtinOf(machine: Machine, word: keyof Machine["builtin"], locale: string): string {
  return pick(machine, machine.builtin[word], locale) ?? "";
}

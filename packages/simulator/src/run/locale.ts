import type { Machine } from "@parley/machine";

type ByLocale<T> = Readonly<Record<string, T>>;

/** Each entry with words for `locale`: its own, or those that it falls back to. */
function filled<T>(
  table: Readonly<Record<string, ByLocale<T>>>,
  locale: string,
  fallBacks: readonly string[],
): Record<string, ByLocale<T>> {
  return Object.fromEntries(
    Object.entries(table).map(([key, byLocale]) => {
      const from = fallBacks.find((one) => byLocale[one] !== undefined);
      const words = from === undefined ? undefined : byLocale[from];
      return [key, words === undefined ? byLocale : { ...byLocale, [locale]: words }];
    }),
  );
}

/** The same bot for contacts whose language is `locale`: what it lacks in that language falls back as at run time. */
export function inLocale(machine: Machine, locale: string): Machine {
  const known = [machine.locales.default, ...machine.locales.others];
  const fallBacks = [locale, locale.split(/[_-]/)[0] ?? locale, machine.locales.default];
  return {
    ...machine,
    texts: filled(machine.texts, locale, fallBacks),
    builtin: { ...machine.builtin, ...filled(machine.builtin, locale, fallBacks) },
    locales: { default: locale, others: known.filter((one) => one !== locale) },
  };
}

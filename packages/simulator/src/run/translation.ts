/** A test speaks the default language; for a contact of another one, what it names is looked up there. */
import type { Machine } from "@parley/machine";

/** What a text that the bot says word for word is in the contact's language; none where it says no such text. */
export type Translation = (text: string) => readonly string[];

/** @param spoken - The same bot for contacts of another language. */
export function translationOf(machine: Machine, spoken: Machine): Translation {
  const words = new Map<string, string[]>();
  for (const [key, byLocale] of Object.entries(machine.texts)) {
    const [from] = constantOf(byLocale[machine.locales.default]);
    const [to] = constantOf(spoken.texts[key]?.[spoken.locales.default]);
    if (from === undefined || to === undefined || from === to) continue;
    const known = words.get(from) ?? [];
    if (!known.includes(to)) words.set(from, [...known, to]);
  }
  return (text) => words.get(text) ?? [];
}

/** Its one piece, where it has no holes. */
function constantOf(template: readonly unknown[] | undefined): readonly string[] {
  const [only] = template ?? [];
  return template?.length === 1 && typeof only === "string" ? [only] : [];
}

/** Names for the options of an ask, for reports: also of those whose ids are not known before they are sent. */
import type { AskDef, ForSectionsDef, OptionDef, RowDef, SectionsDef } from "./format.ts";

export type ListedOption = OptionDef | RowDef | ForSectionsDef;

/** `ask:option`; of the rows of a `for` `ask:{slot}`; of an option with a computed id `ask:{}`. In written order. */
export function optionIds(ask: AskDef): ReadonlyMap<string, ListedOption> {
  const ids = new Map<string, ListedOption>();
  for (const [name, one] of namedOptions(ask)) ids.set(`${ask.id}:${name}`, one);
  return ids;
}

/** By what stands behind the colon. Of several with one name the first. */
export function namedOptions({ prompt }: AskDef): ReadonlyMap<string, ListedOption> {
  const named = new Map<string, ListedOption>();
  if (prompt.kind === "template") addAll(named, prompt.options);
  else if (prompt.kind === "options") for (const one of prompt.sections) addAll(named, inSection(one));
  return named;
}

function addAll(named: Map<string, ListedOption>, listed: readonly ListedOption[]): void {
  for (const one of listed) {
    const name = nameOf(one);
    if (!named.has(name)) named.set(name, one);
  }
}

function inSection(one: SectionsDef): readonly ListedOption[] {
  return "sections" in one ? [one] : one.rows;
}

function nameOf(one: ListedOption): string {
  if (one.kind === "for") return `{${one.slot}}`;
  return typeof one.id === "string" ? one.id : "{}";
}

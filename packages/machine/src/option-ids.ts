/** Names for the options of an ask, for reports: also of those whose ids are not known before they are sent. */
import type { AskDef, ForSectionsDef, OptionDef, RowDef, SectionsDef } from "./format.ts";

type Listed = OptionDef | RowDef | ForSectionsDef;

/** `ask:option`; of the rows of a `for` `ask:{slot}`; of an option with a computed id `ask:{}`. In written order. */
export function optionIds(ask: AskDef): ReadonlyMap<string, Listed> {
  const { prompt } = ask;
  const listed =
    prompt.kind === "options" ? prompt.sections.flatMap(inSection) : prompt.kind === "template" ? prompt.options : [];
  const ids = new Map<string, Listed>();
  for (const one of listed) {
    const id = `${ask.id}:${nameOf(one)}`;
    if (!ids.has(id)) ids.set(id, one);
  }
  return ids;
}

function inSection(one: SectionsDef): readonly Listed[] {
  return "sections" in one ? [one] : one.rows;
}

function nameOf(one: Listed): string {
  if (one.kind === "for") return `{${one.slot}}`;
  return typeof one.id === "string" ? one.id : "{}";
}

/** The scope of `build`: no values, only what was written. */
import type { Expr, Localized, Machine, TextKey } from "../format.ts";
import { wordsOf } from "../text/localized.ts";
import type { Scope } from "./scope.ts";
import { braced, sourceOf, templateSource } from "./source.ts";

/**
 * Holes as `{source}`, every `when` true, a `for` as one row, ids as the options' own, `more` rows as `+2`. `texts`: the
 * machine's, where they are at hand as a map.
 */
export function symbolicScope(
  machine: Machine,
  locale: string,
  texts: ReadonlyMap<TextKey, Localized> = new Map(Object.entries(machine.texts)),
): Scope {
  return {
    machine,
    locale,
    symbolic: true,
    text: (key) => wordsOf(machine, key, texts.get(key), locale),
    print: (hole) => braced(hole.source),
    holds: () => true,
    each: (_, visit) => visit(null),
    optionId: (id) => (typeof id === "string" ? id : symbol(id.e)),
    wireId: (option) => option,
    token: (ask) => ask,
    pageId: (page) => `+${page}`,
    media: (value) => ({ ref: { link: symbol(value) } }),
    degrees: (value) => (typeof value === "number" ? value : symbol(value)),
    card: (value) => ({ name: { formatted_name: symbol(value) } }),
    value: symbol,
    argument: symbol,
  };
}

/** A constant as it is, anything else as its source in braces. */
function symbol(e: Expr): string {
  if (typeof e === "string" || typeof e === "number") return String(e);
  if (Array.isArray(e) && e[0] === "concat") return templateSource(e[1]);
  return braced(sourceOf(e));
}

/** The options of an ask as they stand at this moment. */
import { codePoints, LIMITS } from "@parley/whatsapp";
import type { AskDef, ForDef, Layout, OptionDef, PromptDef, SectionDef, Value } from "../format.ts";
import { printText } from "./parts.ts";
import type { Scope } from "./scope.ts";

export interface ShownOption {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly def: OptionDef;
  /** Where it is a row of a `for`. */
  readonly loop?: ForDef;
  readonly row?: Value;
}

export interface ShownSection {
  readonly title?: string;
  readonly options: readonly ShownOption[];
}

export interface Shown {
  readonly layout: Layout;
  /** Without those that have no option. */
  readonly sections: readonly ShownSection[];
  readonly count: number;
  /** Ids of options that repeat an earlier one and are left out. */
  readonly dropped: readonly string[];
}

type OptionsPrompt = Extract<PromptDef, { kind: "options" }>;

interface Collecting {
  readonly scope: Scope;
  readonly layout: Layout;
  readonly ids: Set<string>;
  readonly titles: Set<string>;
  readonly dropped: string[];
}

function layoutOf(scope: Scope, prompt: OptionsPrompt): Layout {
  const { layout } = prompt;
  return layout[scope.locale] ?? layout[scope.machine.locales.default] ?? "list";
}

/** Undefined for prompts that show no options of ours. */
export function shownOptions(scope: Scope, ask: AskDef): Shown | undefined {
  const { prompt } = ask;
  if (prompt.kind !== "options") return undefined;
  const layout = layoutOf(scope, prompt);
  const collecting: Collecting = { scope, layout, ids: new Set(), titles: new Set(), dropped: [] };
  const sections: ShownSection[] = [];
  let count = 0;
  for (const def of prompt.sections) {
    const section = collectSection(collecting, def);
    if (!section) continue;
    sections.push(section);
    count += section.options.length;
  }
  return { layout, sections, count, dropped: collecting.dropped };
}

function collectSection(collecting: Collecting, def: SectionDef): ShownSection | undefined {
  const { scope } = collecting;
  if (def.when !== undefined && !scope.holds(def.when)) return undefined;
  const options: ShownOption[] = [];
  for (const row of def.rows) {
    if (row.kind === "option") collectOption(collecting, options, row);
    else
      scope.each(row, (value) => {
        for (const option of row.rows) collectOption(collecting, options, option, row, value);
      });
  }
  if (options.length === 0) return undefined;
  return def.title === undefined ? { options } : { title: printText(scope, def.title, "line"), options };
}

function collectOption(
  collecting: Collecting,
  options: ShownOption[],
  def: OptionDef,
  loop?: ForDef,
  row?: Value,
): void {
  const { scope, layout, ids, titles, dropped } = collecting;
  if (def.when !== undefined && !scope.holds(def.when)) return;
  const id = scope.optionId(def.id);
  const words = wordsOf(scope, layout, def);
  if (ids.has(id) || (layout === "buttons" && titles.has(words.title))) {
    dropped.push(id);
    return;
  }
  ids.add(id);
  titles.add(words.title);
  const { title, description } = words;
  const shown = description === undefined ? { id, title, def } : { id, title, description, def };
  options.push(loop === undefined ? shown : { ...shown, loop, row: row ?? null });
}

/** The title that fits the layout; in a list, the long one moves into the description if nothing else stands there. */
function wordsOf(
  scope: Scope,
  layout: Layout,
  def: OptionDef,
): { readonly title: string; readonly description?: string } {
  const label = printText(scope, def.title, "line");
  const limit = layout === "buttons" ? LIMITS.replyButtonTitle.max : LIMITS.rowTitle.max;
  const short = def.short !== undefined && codePoints(label) > limit ? printText(scope, def.short, "line") : undefined;
  const title = short ?? label;
  if (layout === "buttons") return { title };
  const written = def.description === undefined ? undefined : printText(scope, def.description, "line");
  const description = written ?? (short === undefined ? undefined : label);
  return description === undefined || description === "" ? { title } : { title, description };
}

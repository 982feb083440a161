/** The options of an ask as they stand at this moment. */
import { codePoints, LIMITS } from "@parley/whatsapp";
import type {
  AskDef,
  ForDef,
  ForSectionsDef,
  Layout,
  OptionDef,
  PromptDef,
  RowDef,
  SectionDef,
  SectionsDef,
  Value,
} from "../format.ts";
import { printText } from "./parts.ts";
import type { Scope } from "./scope.ts";

export interface ShownOption {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly def: OptionDef;
  /** The `for`s that it stands in, the outermost first. */
  readonly loops?: Loops;
}

/** One item of a `for`'s list; the same object for all options that it gives. */
export interface Looped {
  readonly loop: ForDef | ForSectionsDef;
  readonly row: Value;
}

export type Loops = readonly Looped[];

const NO_LOOPS: Loops = [];

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
  collectSections(collecting, sections, prompt.sections, NO_LOOPS);
  let count = 0;
  for (const { options } of sections) count += options.length;
  return { layout, sections, count, dropped: collecting.dropped };
}

function collectSections(
  collecting: Collecting,
  sections: ShownSection[],
  defs: readonly SectionsDef[],
  loops: Loops,
): void {
  for (const def of defs) {
    if ("sections" in def) {
      collecting.scope.each(def, (row) =>
        collectSections(collecting, sections, def.sections, [...loops, { loop: def, row }]),
      );
    } else {
      const section = collectSection(collecting, def, loops);
      if (section) sections.push(section);
    }
  }
}

function collectSection(collecting: Collecting, def: SectionDef, loops: Loops): ShownSection | undefined {
  const { scope } = collecting;
  if (def.when !== undefined && !scope.holds(def.when)) return undefined;
  const options: ShownOption[] = [];
  collectRows(collecting, options, def.rows, loops);
  if (options.length === 0) return undefined;
  return def.title === undefined ? { options } : { title: printText(scope, def.title, "line"), options };
}

function collectRows(collecting: Collecting, options: ShownOption[], rows: readonly RowDef[], loops: Loops): void {
  for (const def of rows) {
    if (def.kind === "option") collectOption(collecting, options, def, loops);
    else
      collecting.scope.each(def, (row) => collectRows(collecting, options, def.rows, [...loops, { loop: def, row }]));
  }
}

function collectOption(collecting: Collecting, options: ShownOption[], def: OptionDef, loops: Loops): void {
  const { scope, layout, ids, titles, dropped } = collecting;
  if (def.when !== undefined && !scope.holds(def.when)) return;
  const id = scope.optionId(def.id);
  const words = wordsOf(scope, layout, def);
  if (ids.has(id) || (layout === "buttons" && titles.has(words.title))) {
    dropped.push(id);
    return;
  }
  ids.add(id);
  if (layout === "buttons") titles.add(words.title);
  const { title, description } = words;
  const shown = description === undefined ? { id, title, def } : { id, title, description, def };
  options.push(loops.length === 0 ? shown : { ...shown, loops });
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

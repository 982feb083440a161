/** Which option an answer means. */
import { evaluate } from "../expr/evaluate.ts";
import { printPlain } from "../expr/print.ts";
import type { AskDef, ForDef, ForSectionsDef, OptionDef, RowDef, SectionsDef, Value } from "../format.ts";
import { own } from "../own.ts";
import { hasNumbers, numberedOptions } from "../render/numbered.ts";
import { type Looped, type Loops, type Shown, shownOptions } from "../render/options.ts";
import { printText } from "../render/parts.ts";
import type { Scope } from "../render/scope.ts";
import type { SentRow } from "../snapshot.ts";
import { foldText } from "../text/fold.ts";
import { asciiDigits } from "../typed/digits.ts";
import type { AskWait } from "./asks.ts";
import { inLocale, liveScope, type Rows } from "./live-scope.ts";
import type { Turn } from "./turn.ts";

export interface Choice {
  readonly id: string;
  readonly def: OptionDef;
  /** The rows that it stands in, the outermost first. */
  readonly loops?: Loops;
}

/** The option of this id, with its row as it was sent. */
export function choiceById(turn: Turn, ask: AskDef, wait: AskWait, option: string): Choice | undefined {
  if (wait.hidden?.includes(option)) return undefined;
  const id = renamed(turn, ask, option);
  const { prompt } = ask;
  if (prompt.kind === "template") {
    const def = prompt.options.find((candidate) => candidate.id === id);
    return def && { id, def };
  }
  if (prompt.kind !== "options") return undefined;
  return inSections(turn, prompt.sections, { id: option, renamed: id, rows: wait.rows });
}

function renamed(turn: Turn, ask: AskDef, option: string): string {
  const name = own(turn.machine.was.option, `${ask.id}:${option}`);
  return name === undefined ? option : name.slice(name.lastIndexOf(":") + 1);
}

function constantById(def: OptionDef, id: string): Choice | undefined {
  return def.id === id ? { id, def } : undefined;
}

function inSections(turn: Turn, sections: readonly SectionsDef[], sought: Sought): Choice | undefined {
  for (const section of sections) {
    const choice = "sections" in section ? inLoop(turn, section, sought, []) : inRows(turn, section.rows, sought, []);
    if (choice) return choice;
  }
  return undefined;
}

/** What a tap names. */
interface Sought {
  readonly id: string;
  /** The id that a constant has today. */
  readonly renamed: string;
  readonly rows: Rows | undefined;
}

function inRows(turn: Turn, rows: readonly RowDef[], sought: Sought, around: readonly Loop[]): Choice | undefined {
  for (const row of rows) {
    const choice = row.kind === "for" ? inLoop(turn, row, sought, around) : constantById(row, sought.renamed);
    if (choice) return choice;
  }
  return undefined;
}

type Loop = ForDef | ForSectionsDef;

/** The options that stand in the `for` itself, and what repeats inside of it. */
interface Parts {
  readonly options: readonly OptionDef[];
  readonly loops: readonly Loop[];
}

function partsOf(loop: Loop): Parts {
  const options: OptionDef[] = [];
  const loops: Loop[] = [];
  const addRows = (rows: readonly RowDef[]): void => {
    for (const row of rows) {
      if (row.kind === "option") options.push(row);
      else loops.push(row);
    }
  };
  if (!("sections" in loop)) addRows(loop.rows);
  else
    for (const section of loop.sections) {
      if ("sections" in section) loops.push(section);
      else addRows(section.rows);
    }
  return { options, loops };
}

/** `around`: the `for`s that this one stands in, the outermost first. */
function inLoop(turn: Turn, loop: Loop, sought: Sought, around: readonly Loop[]): Choice | undefined {
  const sent = sought.rows && own(sought.rows, loop.slot);
  return sent ? amongSent(turn, loop, sought, [...around, loop]) : inList(turn, loop, sought.id, []);
}

/** Of rows that were kept: the row under the id that it was sent with. */
function amongSent(turn: Turn, loop: Loop, sought: Sought, loops: readonly Loop[]): Choice | undefined {
  const { options, loops: inner } = partsOf(loop);
  const entry = sought.rows?.[loop.slot]?.find(([id]) => id !== "" && id === sought.id);
  if (entry) {
    const looped = pathTo(entry, loops, sought.rows ?? {});
    const [only] = options;
    const def =
      options.length === 1 && only ? only : options.find((option) => idOf(turn, looped, option) === sought.id);
    if (def) return { id: sought.id, def, loops: looped };
  }
  for (const one of inner) {
    const choice = amongSent(turn, one, sought, [...loops, one]);
    if (choice) return choice;
  }
  return undefined;
}

/** A row with those around it. */
function pathTo(entry: SentRow, loops: readonly Loop[], rows: Rows): Loops {
  const path: Looped[] = [];
  let at: SentRow | undefined = entry;
  for (const loop of loops.toReversed()) {
    if (!at) break;
    const [, row, outer]: readonly [string, Value, number?] = at;
    path.unshift({ loop, row });
    const around = loops[loops.indexOf(loop) - 1];
    at = around && outer !== undefined ? rows[around.slot]?.[outer] : undefined;
  }
  return path;
}

function inList(turn: Turn, loop: Loop, id: string, around: Loops): Choice | undefined {
  const list = bound(turn, around, () => evaluate(turn, loop.list));
  if (!Array.isArray(list)) return undefined;
  const { options, loops } = partsOf(loop);
  for (const row of list as readonly Value[]) {
    const looped = [...around, { loop, row }];
    const def = options.find((option) => idOf(turn, looped, option) === id);
    if (def) return { id, def, loops: looped };
    for (const inner of loops) {
      const choice = inList(turn, inner, id, looped);
      if (choice) return choice;
    }
  }
  return undefined;
}

function idOf(turn: Turn, loops: Loops, { id }: OptionDef): string {
  return typeof id === "string" ? id : bound(turn, loops, () => printPlain(evaluate(turn, id.e)));
}

/** With the rows in their slots. */
function bound<T>(turn: Turn, loops: Loops, use: () => T): T {
  const outer = turn.bound;
  for (const { loop, row } of loops) turn.bound = { slot: loop.slot, value: row, outer: turn.bound };
  const result = use();
  turn.bound = outer;
  return result;
}

/**
 * The option whose title or id was typed: in the language in which the ask went out, then in the others. Where it went out
 * as numbered text, also the option of that number.
 */
export function choiceByText(turn: Turn, ask: AskDef, wait: AskWait, text: string): Choice | undefined {
  const typed = foldText(text);
  if (typed === "") return undefined;
  const { default: first, others } = turn.machine.locales;
  for (const locale of new Set([wait.locale, first, ...others])) {
    const choice = inLocale(turn, locale, () => inWordsOf(turn, ask, wait, locale, typed));
    if (choice) return choice;
  }
  return undefined;
}

function inWordsOf(turn: Turn, ask: AskDef, wait: AskWait, locale: string, typed: string): Choice | undefined {
  const { prompt } = ask;
  const rows = wait.rows ? { rows: wait.rows } : {};
  const scope = liveScope(turn, locale, { ask: ask.id, conversation: "", turn: wait.turn, ...rows });
  if (prompt.kind === "template") return quickReplyByText(scope, prompt.options, typed);
  const shown = shownOptions(scope, ask);
  if (!shown) return undefined;
  const options = numberedOptions(shown);
  return (
    options.find(({ title }) => foldText(title) === typed) ??
    options.find(({ id }) => foldText(id) === typed) ??
    (wait.numbered && hasNumbers(ask) ? byNumber(shown, typed) : undefined)
  );
}

function quickReplyByText(scope: Scope, options: readonly OptionDef[], typed: string): Choice | undefined {
  for (const def of options) {
    const { id, title } = def;
    if (typeof id === "string" && (foldText(id) === typed || foldText(printText(scope, title)) === typed))
      return { id, def };
  }
  return undefined;
}

function byNumber(shown: Shown, typed: string): Choice | undefined {
  const number = /^(\d{1,3})[.)]?$/.exec(asciiDigits(typed))?.[1];
  return number === undefined ? undefined : numberedOptions(shown)[Number(number) - 1];
}

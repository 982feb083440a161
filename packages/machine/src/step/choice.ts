/** Which option an answer means. */
import { evaluate } from "../expr/evaluate.ts";
import { printPlain } from "../expr/print.ts";
import type { AskDef, ForDef, OptionDef, Value } from "../format.ts";
import { own } from "../own.ts";
import { numberedOptions } from "../render/numbered.ts";
import { type Shown, shownOptions } from "../render/options.ts";
import { printText } from "../render/parts.ts";
import type { Scope } from "../render/scope.ts";
import { foldText } from "../text/fold.ts";
import { asciiDigits } from "../typed/digits.ts";
import type { AskWait } from "./asks.ts";
import { inLocale, liveScope, type Rows } from "./live-scope.ts";
import type { Turn } from "./turn.ts";

export interface Choice {
  readonly id: string;
  readonly def: OptionDef;
  readonly loop?: ForDef;
  readonly row?: Value;
}

/** The option of this id, with its row as it was sent. */
export function choiceById(turn: Turn, ask: AskDef, wait: AskWait, option: string): Choice | undefined {
  const id = renamed(turn, ask, option);
  const { prompt } = ask;
  if (prompt.kind === "template") {
    const def = prompt.options.find((candidate) => candidate.id === id);
    return def && { id, def };
  }
  if (prompt.kind !== "options") return undefined;
  for (const section of prompt.sections) {
    for (const row of section.rows) {
      const choice = row.kind === "for" ? rowById(turn, row, wait.rows, option) : constantById(row, id);
      if (choice) return choice;
    }
  }
  return undefined;
}

function renamed(turn: Turn, ask: AskDef, option: string): string {
  const name = own(turn.machine.was.option, `${ask.id}:${option}`);
  return name === undefined ? option : name.slice(name.lastIndexOf(":") + 1);
}

function constantById(def: OptionDef, id: string): Choice | undefined {
  return def.id === id ? { id, def } : undefined;
}

function rowById(turn: Turn, loop: ForDef, rows: Rows | undefined, id: string): Choice | undefined {
  const sent = rows && own(rows, loop.slot);
  if (!sent) return rowInList(turn, loop, evaluate(turn, loop.list), id);
  const row = sent.find(([sentId]) => sentId === id)?.[1];
  if (row === undefined) return undefined;
  const [only] = loop.rows;
  const def = loop.rows.length === 1 && only ? only : loop.rows.find((option) => idOf(turn, loop, option, row) === id);
  return def && { id, def, loop, row };
}

function rowInList(turn: Turn, loop: ForDef, list: Value, id: string): Choice | undefined {
  if (!Array.isArray(list)) return undefined;
  for (const row of list as readonly Value[]) {
    const def = loop.rows.find((option) => idOf(turn, loop, option, row) === id);
    if (def) return { id, def, loop, row };
  }
  return undefined;
}

function idOf(turn: Turn, loop: ForDef, option: OptionDef, row: Value): string {
  if (typeof option.id === "string") return option.id;
  const outer = turn.bound;
  turn.bound = { slot: loop.slot, value: row, outer };
  const id = printPlain(evaluate(turn, option.id.e));
  turn.bound = outer;
  return id;
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
    (wait.numbered ? byNumber(shown, typed) : undefined)
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

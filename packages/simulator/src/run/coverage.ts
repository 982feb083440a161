/** What tests went through, counted from the bot's traces. */
import { type AskDef, type Machine, optionIds, type Trace } from "@parley/machine";

export type CoverageKind = "state" | "ask" | "option" | "else" | "after" | "failure";

export interface CoverageItem {
  readonly kind: CoverageKind;
  /** `flow.state`; ask id; `ask:option`, of the rows of a `for` `ask:{slot}`; `ask after 2`; id of the action's call. */
  readonly id: string;
  readonly count: number;
  /** Of a failure: how often the action was called, whatever came of it. */
  readonly calls?: number;
}

export interface Coverage {
  readonly items: readonly CoverageItem[];
  readonly covered: number;
  readonly total: number;
}

/** What several runs went through, together. All are of the same machine. */
export function mergeCoverage(first: Coverage, ...others: readonly Coverage[]): Coverage {
  const items = first.items.map((item, at): CoverageItem => {
    const all = [item, ...others.flatMap(({ items: more }) => more[at] ?? [])];
    const sum = (of: (one: CoverageItem) => number): number => all.reduce((total, one) => total + of(one), 0);
    const calls = item.calls === undefined ? {} : { calls: sum((one) => one.calls ?? 0) };
    return { ...item, count: sum(({ count }) => count), ...calls };
  });
  return summed(items);
}

function summed(items: readonly CoverageItem[]): Coverage {
  return { items, covered: items.filter((item) => item.count > 0).length, total: items.length };
}

/** By `kind id`; calls of actions are counted beside their failures. */
export type Counter = Map<string, number>;

function key(kind: CoverageKind | "call", id: string): string {
  return `${kind} ${id}`;
}

function askKeys(ask: AskDef): readonly string[] {
  return [
    key("ask", ask.id),
    ...Array.from(optionIds(ask).keys(), (id) => key("option", id)),
    ...(ask.orElse ? [key("else", ask.id)] : []),
    ...ask.after.map((_, index) => key("after", `${ask.id} after ${index + 1}`)),
  ];
}

/** A counter with everything there is, at 0. */
export function createCounter(machine: Machine): Counter {
  const flows = Object.entries(machine.flows).flatMap(([flow, { states, code }]) => [
    ...Object.keys(states).map((state) => key("state", `${flow}.${state}`)),
    ...code.flatMap((instr) =>
      instr.op === "action" && instr.fail !== undefined ? [key("failure", instr.id), key("call", instr.id)] : [],
    ),
  ]);
  return new Map([...flows, ...Object.values(machine.asks).flatMap(askKeys)].map((one) => [one, 0]));
}

/** Ids of the rows of a `for`, and computed ones, are not known before they are sent. */
function optionKey(counter: Counter, { ask, option, row }: Extract<Trace, { readonly kind: "answer" }>): string {
  const named = key("option", `${ask}:${row === undefined ? option : `{${row}}`}`);
  return counter.has(named) ? named : key("option", `${ask}:{}`);
}

function keysOf(counter: Counter, trace: Trace): readonly string[] {
  switch (trace.kind) {
    case "enter":
      return [key("state", `${trace.flow}.${trace.state}`)];
    case "ask":
      return [key("ask", trace.ask)];
    case "answer":
      if (trace.by === "else") return [key("else", trace.ask)];
      return trace.option === undefined || trace.by === "duplicate" ? [] : [optionKey(counter, trace)];
    case "after":
      return [key("after", `${trace.ask} after ${trace.index + 1}`)];
    case "action":
      if (trace.outcome === undefined) return [];
      return [key("call", trace.call), ...(trace.outcome === "ok" ? [] : [key("failure", trace.call)])];
    default:
      return [];
  }
}

/** Counts a turn; what the machine does not have is not counted. Gives the keys that it counted, as `kind id`. */
export function countTrace(counter: Counter, trace: readonly Trace[]): readonly string[] {
  const keys = trace.flatMap((entry) => keysOf(counter, entry)).filter((one) => counter.has(one));
  for (const one of keys) counter.set(one, (counter.get(one) ?? 0) + 1);
  return keys.filter((one) => !isCall(one));
}

function isCall(name: string): boolean {
  return name.startsWith("call ");
}

export function coverageOf(counter: Counter): Coverage {
  const items = Array.from(counter).flatMap(([name, count]): readonly CoverageItem[] => {
    if (isCall(name)) return [];
    const cut = name.indexOf(" ");
    const [kind, id] = [name.slice(0, cut) as CoverageKind, name.slice(cut + 1)];
    return [{ kind, id, count, ...(kind === "failure" ? { calls: counter.get(key("call", id)) ?? 0 } : {}) }];
  });
  return summed(items);
}

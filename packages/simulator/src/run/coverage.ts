/** What tests went through, counted from the bot's traces. */
import { type AskDef, type Machine, optionIds, type Trace } from "@parley/machine";

export type CoverageKind = "state" | "ask" | "option" | "else" | "after" | "failure";

export interface CoverageItem {
  readonly kind: CoverageKind;
  /** `flow.state`; ask id; `ask:option`, of the rows of a `for` `ask:{slot}`; `ask after 2`; id of the action's call. */
  readonly id: string;
  readonly count: number;
}

export interface Coverage {
  readonly items: readonly CoverageItem[];
  readonly covered: number;
  readonly total: number;
}

/** What several runs went through, together. All are of the same machine. */
export function mergeCoverage(first: Coverage, ...others: readonly Coverage[]): Coverage {
  const items = first.items.map((item, at) => ({
    ...item,
    count: others.reduce((sum, { items: more }) => sum + (more[at]?.count ?? 0), item.count),
  }));
  return summed(items);
}

function summed(items: readonly CoverageItem[]): Coverage {
  return { items, covered: items.filter((item) => item.count > 0).length, total: items.length };
}

export type Counter = Map<string, number>;

function key(kind: CoverageKind, id: string): string {
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
    ...code.flatMap((instr) => (instr.op === "action" && instr.fail !== undefined ? [key("failure", instr.id)] : [])),
  ]);
  return new Map([...flows, ...Object.values(machine.asks).flatMap(askKeys)].map((one) => [one, 0]));
}

function optionKey(counter: Counter, ask: string, option: string): string {
  const constant = key("option", `${ask}:${option}`);
  if (counter.has(constant)) return constant;
  // A row of a `for`: its ids are not known before it is sent.
  return [...counter.keys()].find((one) => one.startsWith(key("option", `${ask}:{`))) ?? constant;
}

function keysOf(counter: Counter, trace: Trace): readonly string[] {
  switch (trace.kind) {
    case "enter":
      return [key("state", `${trace.flow}.${trace.state}`)];
    case "ask":
      return [key("ask", trace.ask)];
    case "answer":
      if (trace.by === "else") return [key("else", trace.ask)];
      return trace.option === undefined || trace.by === "duplicate"
        ? []
        : [optionKey(counter, trace.ask, trace.option)];
    case "after":
      return [key("after", `${trace.ask} after ${trace.index + 1}`)];
    case "action":
      return trace.outcome === undefined || trace.outcome === "ok" ? [] : [key("failure", trace.call)];
    default:
      return [];
  }
}

/** Counts a turn; what the machine does not have is not counted. Gives the keys that it counted, as `kind id`. */
export function countTrace(counter: Counter, trace: readonly Trace[]): readonly string[] {
  const keys = trace.flatMap((entry) => keysOf(counter, entry)).filter((one) => counter.has(one));
  for (const one of keys) counter.set(one, (counter.get(one) ?? 0) + 1);
  return keys;
}

export function coverageOf(counter: Counter): Coverage {
  const items = Array.from(counter, ([name, count]): CoverageItem => {
    const cut = name.indexOf(" ");
    return { kind: name.slice(0, cut) as CoverageKind, id: name.slice(cut + 1), count };
  });
  return summed(items);
}

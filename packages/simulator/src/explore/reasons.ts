/** Why something was not reached, as far as the machine itself tells. */
import type { FlowDef, Machine } from "@parley/machine";
import type { CoverageItem } from "../run/coverage.ts";

/** @param reached - `kind id` of all that was. */
export function whyNot(machine: Machine, { kind, id }: CoverageItem, reached: (item: string) => boolean): string {
  if (kind === "state") return whyNoState(machine, id, reached);
  if (kind === "failure") return "the action was not called, or nothing made it fail there";
  const ask = id.replace(/(?::| after ).*$/, "");
  const def = machine.asks[ask];
  if (def && !reached(`state ${def.flow}.${def.state}`)) return `${def.flow}.${def.state} was not reached`;
  if (kind !== "ask" && !reached(`ask ${ask}`)) return `${ask} was not asked`;
  if (kind === "option") return "it was never shown: its condition never held, or its list was empty";
  if (kind === "after") return "something else always came before";
  if (kind === "else") return "no answer that was tried is a wrong one";
  return "the conditions before it never held";
}

function whyNoState(machine: Machine, id: string, reached: (item: string) => boolean): string {
  const [flow = "", state = ""] = id.split(".");
  const def = machine.flows[flow];
  if (!def) return "there is no such flow";
  const from = statesBefore(def, state).filter((one) => one !== state);
  const triggers = def.triggers.filter((trigger) => trigger.state === state).map(({ on }) => on.kind);
  const reachedFrom = from.filter((one) => reached(`state ${flow}.${one}`));
  if (reachedFrom.length > 0) return `nothing that was tried leads there from ${reachedFrom.join(", ")}`;
  if (triggers.length > 0)
    return `only \`on ${[...new Set(triggers)].join("`, `on ")}\` leads there, and nothing brought it about`;
  return from.length > 0 ? `only ${from.join(", ")} leads there, which was not reached` : "nothing leads there";
}

/** States whose code goes over to this one. */
function statesBefore({ states, code }: FlowDef, target: string): readonly string[] {
  const begins = Object.entries(states).sort(([, a], [, b]) => a - b);
  const stateAt = (pc: number): string => begins.findLast(([, begin]) => begin <= pc)?.[0] ?? "";
  const from = code.flatMap((instr, pc) => (instr.op === "go" && instr.state === target ? [stateAt(pc)] : []));
  return [...new Set(from)];
}

/** P5008: a flow that is called calls, over whatever other flows, itself. */
import { diagnostic } from "../diagnostics/report.ts";
import { components } from "../flow/scc.ts";
import type { Call, FlowDecl } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

interface Way {
  readonly to: number;
  /** `undefined` for an arrow to another flow, which keeps no caller's variables. */
  readonly call: Call | undefined;
}

export function calls({ names, graph }: FlowProgram, report: Report): void {
  const flows = [...names.flows.values()];
  const numbers = new Map(flows.map((flow, i) => [flow, i]));
  const ways: Way[][] = flows.map(() => []);
  for (const { flow, what, out } of graph.nodes) {
    const from = sure(ways[sure(numbers.get(flow))]);
    for (const { to, cause } of out) {
      if (cause.kind !== "call" && cause.kind !== "leave") continue;
      const target = graph.nodes[to]?.flow;
      const number = target && numbers.get(target);
      if (number !== undefined) from.push({ to: number, call: what.kind === "call" ? what.syntax : undefined });
    }
  }
  for (const component of components(flows.length, (i) => sure(ways[i]).map((way) => way.to))) {
    reportCycle(flows, ways, component, report);
  }
}

function reportCycle(
  flows: readonly FlowDecl[],
  ways: readonly (readonly Way[])[],
  component: readonly number[],
  report: Report,
): void {
  const inside = new Set(component);
  for (const from of [...component].sort((a, b) => a - b)) {
    const way = ways[from]?.find(({ to, call }) => call !== undefined && inside.has(to));
    if (!way?.call) continue;
    const cycle = [from, ...path(ways, inside, way.to, from)].map((i) => sure(flows[i]?.name.text));
    report(diagnostic("P5008", place(way.call.name), { cycle: cycle.join(" -> ") }));
    return;
  }
}

/** The shortest way from one flow to another, both ends included. */
function path(
  ways: readonly (readonly Way[])[],
  inside: ReadonlySet<number>,
  start: number,
  end: number,
): readonly number[] {
  const before = new Map<number, number>([[start, start]]);
  const queue = [start];
  for (let at = 0; at < queue.length && !before.has(end); at++) {
    for (const { to } of sure(ways[sure(queue[at])])) {
      if (!inside.has(to) || before.has(to)) continue;
      before.set(to, sure(queue[at]));
      queue.push(to);
    }
  }
  const found = [end];
  for (let at = end; at !== start; ) {
    at = sure(before.get(at));
    found.push(at);
  }
  return found.reverse();
}

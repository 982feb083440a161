/** P5008: a flow that is called calls, over whatever other flows, itself. */
import { diagnostic } from "../diagnostics/report.ts";
import { ARC, arcsOf, nodeAt } from "../flow/graph.ts";
import { components } from "../flow/scc.ts";
import { shortestWay } from "../flow/shortest-way.ts";
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
  const { first, to, is } = arcsOf(graph);
  for (const { id, flow, what } of graph.nodes) {
    for (let arc = sure(first[id]); arc < sure(first[id + 1]); arc++) {
      if ((sure(is[arc]) & (ARC.call | ARC.leave)) === 0) continue;
      const target = sure(numbers.get(nodeAt(graph, sure(to[arc])).flow));
      sure(ways[sure(numbers.get(flow))]).push({ to: target, call: what.kind === "call" ? what.syntax : undefined });
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
    const way = sure(ways[from]).find(({ to, call }) => call !== undefined && inside.has(to));
    if (!way?.call) continue;
    const next = (i: number): readonly number[] => sure(ways[i]).map(({ to }) => to);
    const back = way.to === from ? [from] : shortestWay(next, way.to, from);
    const cycle = [from, ...back].map((i) => sure(flows[i]).name.text);
    report(diagnostic("P5008", place(way.call.name), { cycle: cycle.join(" -> ") }));
    return;
  }
}

/** P5001 and P5009: what no conversation comes to. */
import { diagnostic } from "../diagnostics/report.ts";
import { reachableFrom, rootsOf } from "../flow/graph.ts";
import type { FlowProgram, Report } from "./flow-program.ts";

export function reach({ names, graph }: FlowProgram, report: Report): void {
  const reached = reachableFrom(graph, rootsOf(graph));
  for (const [state, id] of graph.states) {
    const flow = graph.nodes[id]?.flow;
    if (reached(id) || !flow || graph.broken.has(flow)) continue;
    // A second state of one name is reported as that.
    const name = state.name.text;
    if (names.inFlow.get(flow)?.states.get(name) === state) report(diagnostic("P5001", state.name, { state: name }));
  }
  for (const { statement, within } of graph.unreachable) {
    report(diagnostic("P5009", statement, { state: within }));
  }
}

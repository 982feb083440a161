/** P5001 and P5009: what no conversation comes to. */
import { diagnostic } from "../diagnostics/report.ts";
import { reachableFrom, rootsOf } from "../flow/graph.ts";
import type { FlowProgram, Report } from "./flow-program.ts";

export function reach({ graph }: FlowProgram, report: Report): void {
  const reached = reachableFrom(graph, rootsOf(graph));
  for (const [state, id] of graph.states) {
    if (state.name.text !== "" && !reached.has(id)) report(diagnostic("P5001", state.name, { state: state.name.text }));
  }
  for (const { statement, within } of graph.unreachable) {
    report(diagnostic("P5009", statement, { state: within }));
  }
}

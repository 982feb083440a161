/** P4004: a time-out that can never come, because an earlier one of its ask always leaves. */
import { diagnostic } from "../diagnostics/report.ts";
import { neverAfters } from "../flow/afters.ts";
import { type Edge, type FlowGraph, nodeAt } from "../flow/graph.ts";
import { showTime } from "../flow/time.ts";
import { withSpaceBefore } from "../text/removal.ts";
import type { Span } from "../text/source.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function timeoutsCome({ graph }: FlowProgram, report: Report): void {
  const never = neverAfters(graph);
  const told = new Set<Span>();
  for (const [edge, before] of never) {
    // One that a flow gives to all its asks comes in none of them: those that leave sooner by themselves do not get it.
    if (told.has(edge.span) || isOutOfOrder(graph, edge, before)) continue;
    told.add(edge.span);
    reportNever(graph, edge, before, report);
  }
}

/** The clauses of one list that do not rise are reported as that (P4003). */
function isOutOfOrder(graph: FlowGraph, { span, from }: Edge, before: Edge): boolean {
  const { afters } = nodeAt(graph, from).flow;
  const isShared = (one: Span): boolean => afters.some((after) => after === one);
  return span.start < before.span.start && isShared(span) === isShared(before.span);
}

function reportNever(graph: FlowGraph, { span, ms, from }: Edge, before: Edge, report: Report): void {
  const { flow } = nodeAt(graph, from);
  const shared = flow.afters.some((after) => after === before.span);
  const related = [
    { span: place(before.span), message: shared ? "the flow's own time-out leaves before" : "this one leaves before" },
  ];
  const args = { time: showTime(ms), before: showTime(before.ms) };
  const fixes = [{ title: "Delete it", safe: true, edits: [{ span: withSpaceBefore(span), text: "" }] }];
  report(diagnostic("P4004", place(span), args, { related, fixes }));
}

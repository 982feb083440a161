/** Time-outs that can never come, because an earlier one of the same ask always leaves it. */
import { type Edge, type FlowGraph, type NodeId, nodeAt } from "./graph.ts";

/** Each with the one that leaves before it. */
export function neverAfters(graph: FlowGraph): ReadonlyMap<Edge, Edge> {
  const never = new Map<Edge, Edge>();
  for (const id of graph.asks) {
    const afters = nodeAt(graph, id).out.filter(({ cause }) => cause.kind === "after");
    if (afters.length < 2) continue;
    // Of two at one time the one that is written first comes first.
    const inTime = afters.toSorted((a, b) => a.ms - b.ms);
    const at = inTime.findIndex(({ to }) => alwaysLeaves(graph, to));
    const leaving = inTime[at];
    if (leaving) for (const after of inTime.slice(at + 1)) if (after.ms > leaving.ms) never.set(after, leaving);
  }
  return never;
}

/** Whether no way from the beginning of an arm comes back to its ask. */
function alwaysLeaves(graph: FlowGraph, arm: NodeId): boolean {
  const seen = new Set<NodeId>([arm]);
  for (const id of seen) {
    const { what, out } = nodeAt(graph, id);
    if (what.kind === "exit" && what.how === "keep") return false;
    // Beyond these the ask has been left.
    if (what.kind === "state" || what.kind === "ask" || what.kind === "wait") continue;
    for (const { to } of out) seen.add(to);
  }
  return true;
}

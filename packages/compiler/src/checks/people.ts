/** Ways to a person, as far as the graph tells: what texts say is the rule's. */
import { type FlowGraph, type Node, reachableFrom, rootsOf } from "../flow/graph.ts";

const TELLS: ReadonlySet<string> = new Set(["SendContact", "SendLocation"]);

/** Whether a node brings people in, or tells where they are. */
export function tellsOfPeople({ what }: Node): boolean {
  if (what.kind === "handoff") return true;
  return what.kind === "message" && what.syntax.kind === "Send" && TELLS.has(what.syntax.what.kind);
}

/** Whether a conversation comes to such a node. */
export function leadsToPeople(graph: FlowGraph): boolean {
  const telling = graph.nodes.filter(tellsOfPeople);
  if (telling.length === 0) return false;
  const reached = reachableFrom(graph, rootsOf(graph));
  return telling.some(({ id }) => reached(id));
}

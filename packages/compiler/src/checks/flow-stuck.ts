/** P5004: asks and waits after which a conversation comes to nothing new. */
import { diagnostic } from "../diagnostics/report.ts";
import { ARC, arcsOf, type FlowGraph, type Node, type NodeId, nodeAt, reachableFrom, rootsOf } from "../flow/graph.ts";
import { components } from "../flow/scc.ts";
import { sure } from "../text/sure.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function stuck({ graph, names }: FlowProgram, report: Report): void {
  const reached = reachableFrom(graph, rootsOf(graph));
  // Whoever can interrupt an ask is not held by it.
  const interrupted = [...names.flows.values()].some((flow) =>
    flow.triggers.some((t) => t.anytime && (t.on.kind === "OnText" || t.on.kind === "OnMessage")),
  );
  for (const held of closedComponents(graph)) {
    const nodes = held.map((id) => nodeAt(graph, id));
    if (nodes.some((node) => graph.broken.has(node.flow) || !reached(node.id))) continue;
    const found = heldBy(nodes, interrupted);
    if (found?.what.kind === "ask")
      report(diagnostic("P5004", place(found.what.syntax.body ?? found.what.syntax), { what: "ask" }));
    else if (found?.what.kind === "wait") report(diagnostic("P5004", place(found.what.syntax), { what: "wait" }));
  }
}

/** Strongly connected parts of the graph that no way leaves. A schedule is not a way: what it starts is another conversation. */
function closedComponents(graph: FlowGraph): readonly (readonly NodeId[])[] {
  const { first, to, is } = arcsOf(graph);
  const back = leadingBack(graph);
  const next = (id: NodeId): NodeId[] => {
    const found: NodeId[] = [];
    for (let arc = sure(first[id]); arc < sure(first[id + 1]); arc++) {
      const end = sure(to[arc]);
      if ((sure(is[arc]) & ARC.scheduled) === 0 && !back.has(end)) found.push(end);
    }
    return found;
  };
  const all = components(graph.nodes.length, next);
  const of = new Int32Array(graph.nodes.length);
  all.forEach((component, i) => {
    for (const id of component) of[id] = i;
  });
  const closed = (component: readonly NodeId[], i: number): boolean =>
    // What is done beside a waiting ask holds nobody.
    !back.has(sure(component[0])) && component.every((id) => next(id).every((end) => of[end] === i));
  return all.filter(closed);
}

/** What an ask does while it waits: from there every way leads back to it. */
export function leadingBack(graph: FlowGraph): ReadonlySet<NodeId> {
  const back = new Set<NodeId>();
  const queue = graph.nodes.filter(({ what }) => what.kind === "exit" && !isEnd(what.how)).map((node) => node.id);
  if (queue.length === 0) return back;
  const open = graph.nodes.map((node) => node.out.length);
  const { first, from: before } = arcsBack(graph);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (nodeAt(graph, id).out.length > 0 && sure(open[id]) > 0) continue;
    back.add(id);
    for (let arc = sure(first[id]); arc < sure(first[id + 1]); arc++) {
      const from = sure(before[arc]);
      open[from] = sure(open[from]) - 1;
      if (open[from] === 0 && nodeAt(graph, from).what.kind !== "ask") queue.push(from);
    }
  }
  return back;
}

/** Where the arcs to each node come from: to node `n` those from `first[n]` up to, without, `first[n + 1]`. */
function arcsBack(graph: FlowGraph): { readonly first: Int32Array; readonly from: Int32Array } {
  const { first: out, to } = arcsOf(graph);
  const size = graph.nodes.length;
  const first = new Int32Array(size + 1);
  for (const node of to) first[node + 1] = sure(first[node + 1]) + 1;
  for (let node = 0; node < size; node++) first[node + 1] = sure(first[node + 1]) + sure(first[node]);
  const next = first.slice();
  const from = new Int32Array(to.length);
  for (let node = 0; node < size; node++) {
    for (let arc = sure(out[node]); arc < sure(out[node + 1]); arc++) {
      const end = sure(to[arc]);
      const at = sure(next[end]);
      from[at] = node;
      next[end] = at + 1;
    }
  }
  return { first, from };
}

/** What holds the conversation in a part of the graph that it cannot leave. */
function heldBy(nodes: readonly Node[], interrupted: boolean): Node | undefined {
  const asks = nodes.filter((node) => node.what.kind === "ask");
  // Where nothing leads on there is an end, a hand-off, or a mistake that is reported as that.
  const ends = nodes.some((node) => node.what.kind === "exit" && isEnd(node.what.how));
  if (ends || nodes.some((node) => node.what.kind === "handoff")) return undefined;
  const [ask] = asks;
  if (!ask) return nodes.find((node) => node.what.kind === "wait");
  const idle = nodes.every(({ what }) => what.kind !== "message" && what.kind !== "action" && what.kind !== "schedule");
  return asks.length === 1 && idle && !interrupted && hasAnswers(ask) ? ask : undefined;
}

/** `keep` and `again` lead back to the ask, `off` is P5002. */
export function isEnd(how: string): boolean {
  return how !== "keep" && how !== "again" && how !== "go";
}

/** An ask whose answers are all unknown by a mistake is not held against the program. */
function hasAnswers({ what, out }: Node): boolean {
  return what.kind === "ask" && (out.length > 0 || what.syntax.ask === "template");
}

/** P5003: a loop without an ask or a `wait`. */
import { diagnostic } from "../diagnostics/report.ts";
import { type FlowGraph, type Node, type NodeId, nodeAt, waits } from "../flow/graph.ts";
import { components } from "../flow/scc.ts";
import { sure } from "../text/sure.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function loops({ graph }: FlowProgram, report: Report): void {
  const passing = flowsThatPass(graph);
  const next = (id: NodeId): NodeId[] => quick(graph, id, passing);
  for (const component of components(graph.nodes.length, next)) {
    const first = sure(component[0]);
    if (component.length === 1 && !next(first).includes(first)) continue;
    const cycle = shortestCycle(component, next);
    const states = cycle.map((id) => nodeAt(graph, id)).filter((node) => node.what.kind === "state");
    const start = states[0] ?? nodeAt(graph, first);
    report(
      diagnostic(
        "P5003",
        nameOf(start),
        { cycle: [...states, start].map((node) => stateName(node, start)).join(" -> ") },
        { related: states.slice(1).map((node) => ({ span: nameOf(node), message: "the loop goes on here" })) },
      ),
    );
  }
}

/** Where the conversation goes on within the same moment, or after nothing but actions. */
export function quick(graph: FlowGraph, id: NodeId, passing: ReadonlySet<NodeId>): NodeId[] {
  const to: NodeId[] = [];
  const node = nodeAt(graph, id);
  for (const edge of node.out) {
    if (waits(graph, edge) || edge.cause.kind === "trigger") continue;
    if (edge.cause.kind === "call") continue;
    if (edge.cause.kind === "returned" && !passing.has(id)) continue;
    to.push(edge.to);
  }
  return to;
}

/** Calls whose flow can return without waiting. */
export function flowsThatPass(graph: FlowGraph): ReadonlySet<NodeId> {
  const calls = graph.nodes.filter((node) => node.what.kind === "call");
  const passing = new Set<NodeId>();
  if (calls.length === 0) return passing;
  for (let before = -1; before < passing.size; ) {
    before = passing.size;
    const returning = returnsAtOnce(graph, passing);
    for (const { id, what } of calls) {
      const entry = what.kind === "call" && what.flow ? graph.entries.get(what.flow) : undefined;
      if (entry !== undefined && returning.has(entry)) passing.add(id);
    }
  }
  return passing;
}

/** Nodes from which a `return` is reached without waiting. */
export function returnsAtOnce(graph: FlowGraph, passing: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
  const before: NodeId[][] = graph.nodes.map(() => []);
  const found = new Set<NodeId>();
  for (const { id, what } of graph.nodes) {
    if (what.kind === "exit" && what.how === "return") found.add(id);
    for (const to of quick(graph, id, passing)) sure(before[to]).push(id);
  }
  const queue = [...found];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const from of sure(before[id])) {
      if (found.has(from)) continue;
      found.add(from);
      queue.push(from);
    }
  }
  return found;
}

/** From the component's earliest node once round. */
function shortestCycle(component: readonly NodeId[], next: (id: NodeId) => readonly NodeId[]): readonly NodeId[] {
  const inside = new Set(component);
  const start = Math.min(...component.slice(0, MAX_SHOWN));
  const from = new Map<NodeId, NodeId>();
  const queue = [start];
  for (let at = 0; at < queue.length; at++) {
    const id = sure(queue[at]);
    for (const to of next(id)) {
      if (!inside.has(to)) continue;
      if (to === start) return wayTo(id, start, from);
      if (from.has(to)) continue;
      from.set(to, id);
      queue.push(to);
    }
  }
  return [start];
}

/** An argument list has a limit; which node of a great loop is shown first does not matter. */
const MAX_SHOWN = 1000;

function wayTo(end: NodeId, start: NodeId, from: ReadonlyMap<NodeId, NodeId>): readonly NodeId[] {
  const way = [end];
  for (let id = end; id !== start; ) {
    id = sure(from.get(id));
    way.push(id);
  }
  return way.reverse();
}

function stateName(node: Node, start: Node): string {
  const name = node.state?.name.text ?? node.flow.name.text;
  return node.flow === start.flow ? name : `${node.flow.name.text}.${name}`;
}

function nameOf(node: Node): ReturnType<typeof place> {
  return place(node.state?.name ?? node.flow.name);
}

/** P5003: a loop without an ask or a `wait`. */
import { diagnostic } from "../diagnostics/report.ts";
import { ARC, arcsOf, calledAt, type FlowGraph, type NodeId, nodeAt } from "../flow/graph.ts";
import { components } from "../flow/scc.ts";
import { shortestWay } from "../flow/shortest-way.ts";
import type { StateDecl } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function loops({ graph }: FlowProgram, report: Report): void {
  const passing = flowsThatPass(graph);
  const next = (id: NodeId): NodeId[] => quick(graph, id, passing);
  for (const component of components(graph.nodes.length, next)) {
    const first = sure(component[0]);
    if (component.length === 1 && !next(first).includes(first)) continue;
    reportLoop(graph, component, next, report);
  }
}

function reportLoop(
  graph: FlowGraph,
  component: readonly NodeId[],
  next: (id: NodeId) => readonly NodeId[],
  report: Report,
): void {
  const states = new Map<NodeId, StateDecl>();
  // Only an arrow or a call leads back, and both lead to states.
  for (const id of component.toSorted((a, b) => a - b)) {
    const { what } = nodeAt(graph, id);
    if (what.kind === "state") states.set(id, what.syntax);
  }
  const [start] = states.keys();
  const names = shortestWay(next, sure(start), sure(start)).flatMap((id) => {
    const state = states.get(id);
    return state ? [{ flow: nodeAt(graph, id).flow, name: state.name }] : [];
  });
  const home = sure(names[0]);
  const shown = names.map(({ flow, name }) => (flow === home.flow ? name.text : `${flow.name.text}.${name.text}`));
  const related = names.slice(1, -1).map(({ name }) => ({ span: place(name), message: "the loop goes on here" }));
  report(diagnostic("P5003", place(home.name), { cycle: shown.join(" -> ") }, { related }));
}

/** Where the conversation goes on within the same moment, or after nothing but actions. */
export function quick(graph: FlowGraph, id: NodeId, passing: ReadonlySet<NodeId>): NodeId[] {
  const { first, to, is } = arcsOf(graph);
  const without = passing.has(id) ? ARC.waits | ARC.call : ARC.waits | ARC.call | ARC.returned;
  const found: NodeId[] = [];
  for (let arc = sure(first[id]); arc < sure(first[id + 1]); arc++) {
    if ((sure(is[arc]) & without) === 0) found.push(sure(to[arc]));
  }
  return found;
}

/** Calls whose flow can return without waiting. */
export function flowsThatPass(graph: FlowGraph): ReadonlySet<NodeId> {
  const calls: { readonly id: NodeId; readonly entry: NodeId }[] = [];
  for (const node of graph.nodes) {
    const entry = calledAt(graph, node);
    if (entry !== undefined) calls.push({ id: node.id, entry });
  }
  const passing = new Set<NodeId>();
  if (calls.length === 0) return passing;
  for (let before = -1; before < passing.size; ) {
    before = passing.size;
    const returning = returnsAtOnce(graph, passing);
    for (const { id, entry } of calls) if (returning.has(entry)) passing.add(id);
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

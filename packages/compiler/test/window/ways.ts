/** From the path that P4001 prints to the places that a run comes by. */
import type { Names } from "../../src/bind/names.ts";
import { type FlowGraph, type NodeId, nodeAt, rootsOf } from "../../src/flow/graph.ts";
import type { Late } from "../../src/flow/overdue.ts";

/** Places of the machine, in order, from the beginning of a conversation to the message. */
export function wayOf(names: Names, graph: FlowGraph, { path, node }: Late): readonly string[] {
  const ids: NodeId[] = [];
  const [first] = path;
  if (first) ids.push(...pathTo(graph, first.step.from));
  for (const [i, { step, to }] of path.entries()) {
    // What is taken up again was waited at before the interruption, whose beginning is the beginning of the path.
    if (to >= graph.nodes.length) {
      const taken = path[i + 1]?.to;
      if (taken !== undefined) ids.unshift(...pathTo(graph, taken));
    } else if (step.from >= graph.nodes.length) ids.push(to);
    else ids.push(step.from, to);
  }
  ids.push(node.id);
  const places = ids.flatMap((id) => placeOf(names, graph, id));
  return places.filter((place, i) => place !== places[i - 1]);
}

function placeOf(names: Names, graph: FlowGraph, id: NodeId): readonly string[] {
  if (id >= graph.nodes.length) return [];
  const { what, flow } = nodeAt(graph, id);
  if (what.kind === "state") return [`${flow.name.text}.${what.syntax.name.text}`];
  if (what.kind !== "ask" && what.kind !== "wait" && what.kind !== "action" && what.kind !== "handoff") return [];
  const place = names.ids.get(what.syntax);
  return place === undefined ? [] : [place];
}

/** The shortest way from where conversations begin, over every kind of edge. */
function pathTo(graph: FlowGraph, end: NodeId): readonly NodeId[] {
  const before = new Map<NodeId, NodeId | undefined>(rootsOf(graph).map((root) => [root, undefined]));
  for (const id of before.keys()) {
    if (id === end) break;
    for (const { to } of nodeAt(graph, id).out) if (!before.has(to)) before.set(to, id);
  }
  const path: NodeId[] = [];
  for (let id: NodeId | undefined = before.has(end) ? end : undefined; id !== undefined; id = before.get(id))
    path.push(id);
  return path.reverse();
}

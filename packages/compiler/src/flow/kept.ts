/** How long what has come can lie before the machine takes it: messages while actions run, events while they may not start. */

import { sure } from "../text/sure.ts";
import { type FlowGraph, type NodeId, nodeAt, waits } from "./graph.ts";
import { components } from "./scc.ts";

/**
 * The longest time, in ms, for which a message of the user waits because actions run one after the other: those of one way,
 * and those of each event that was kept before it. A circle of actions has no bound and is reported as that (P5003); it
 * counts as nothing here.
 */
export function longestHold(graph: FlowGraph): number {
  if (!graph.nodes.some(({ what }) => what.kind === "action")) return 0;
  const longest = holds(graph).reduce((a, b) => Math.max(a, b), 0);
  return longest * (1 + eventNames(graph).size);
}

/** By node: the longest time that actions take from there on. `given`: of flows that the graph only names. */
export function holds(graph: FlowGraph, given: ReadonlyMap<NodeId, number> = new Map()): Float64Array {
  const from = new Float64Array(graph.nodes.length);
  const next = (id: NodeId): NodeId[] => quickEdges(graph, id).map(({ to }) => to);
  for (const component of components(graph.nodes.length, next)) {
    const [id = 0] = component;
    if (component.length > 1 || next(id).includes(id)) continue;
    from[id] = given.get(id) ?? holdFrom(graph, id, from);
  }
  return from;
}

export function eventNames(graph: FlowGraph): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { on } of graph.triggers.keys()) {
    if (on.kind === "OnEvent" || on.kind === "OnScheduled") names.add(on.name.text);
  }
  return names;
}

function quickEdges(graph: FlowGraph, id: NodeId): FlowGraph["nodes"][number]["out"] {
  return nodeAt(graph, id).out.filter((edge) => !waits(graph, edge) && edge.cause.kind !== "trigger");
}

/** What follows a call comes on top of what its flow does. */
function holdFrom(graph: FlowGraph, id: NodeId, from: Float64Array): number {
  let longest = 0;
  let called = 0;
  for (const { to, ms, cause } of quickEdges(graph, id)) {
    const rest = ms + sure(from[to]);
    if (cause.kind === "call") called = rest;
    else longest = Math.max(longest, rest);
  }
  return called + longest;
}

/**
 * The longest time for which a scheduled event is kept after it fell due although the user is silent: for ever while people
 * have the chat; else for one `quiet` behind actions, and for one behind each other event, which go first.
 */
export function keptTime(graph: FlowGraph, quietMs: number, hold: number): number {
  if (graph.nodes.some(({ what }) => what.kind === "handoff")) return Number.POSITIVE_INFINITY;
  return Math.max(0, eventNames(graph).size - 1) * quietMs + (hold > 0 ? hold + quietMs : 0);
}

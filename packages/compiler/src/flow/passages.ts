/**
 * How long the way from a node to a `return` or a `resume` can be. A caller needs only this of the flow that it calls, so
 * that two callers of one flow do not see each other's times.
 */

import { sure } from "../text/sure.ts";
import { type Edge, type FlowGraph, type NodeId, nodeAt } from "./graph.ts";
import { components } from "./scc.ts";

/** `-Infinity` where there is no such way, `Infinity` where it has no bound. */
export interface Passage {
  /** The longest way on which the user does not write, in ms. */
  readonly elapsed: number;
  /** The longest time since the user's last message, of ways on which the user writes. */
  readonly sinceAnswer: number;
}

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

export const NO_DELAY: Passage = { elapsed: NEVER, sinceAnswer: NEVER };

/** What interrupts the ways. */
export interface Interrupted {
  /** Of events: how much later time-outs and waits can come, and the age that is then left. */
  readonly delay: Passage;
  /** Of messages: the greatest age at which an ask or a `wait` is taken up again; -Infinity for none. */
  readonly resumed: number;
}

const UNDISTURBED: Interrupted = { delay: NO_DELAY, resumed: NEVER };

/** What is known already, of flows that the graph only names. */
export type Given = ReadonlyMap<NodeId, Passage>;

interface Search extends Interrupted {
  readonly graph: FlowGraph;
  readonly given: Given;
  readonly how: "return" | "resume";
  readonly elapsed: number[];
  readonly sinceAnswer: number[];
}

/** By node. Follows arrows to other flows; steps over calls with the passage of the flow that is called. */
export function passages(
  graph: FlowGraph,
  how: "return" | "resume",
  interrupted: Interrupted = UNDISTURBED,
  given: Given = new Map(),
): readonly Passage[] {
  const search: Search = {
    ...interrupted,
    graph,
    given,
    how,
    elapsed: graph.nodes.map(() => NEVER),
    sinceAnswer: graph.nodes.map(() => NEVER),
  };
  measure(search, search.elapsed, elapsedAt, (edge) => !edge.resets && edge.cause.kind !== "scheduled");
  measure(search, search.sinceAnswer, sinceAnswerAt, (edge) => edge.cause.kind !== "scheduled");
  return graph.nodes.map(({ id }) => ({ elapsed: at(search.elapsed, id), sinceAnswer: at(search.sinceAnswer, id) }));
}

function at(values: readonly number[], id: NodeId): number {
  return sure(values[id]);
}

function measure(
  search: Search,
  values: number[],
  valueAt: (search: Search, id: NodeId) => number,
  follows: (edge: Edge) => boolean,
): void {
  const successors = (id: NodeId): number[] => {
    const to: NodeId[] = [];
    for (const edge of nodeAt(search.graph, id).out) if (follows(edge)) to.push(edge.to);
    return to;
  };
  for (const component of components(search.graph.nodes.length, successors)) {
    const first = sure(component[0]);
    if (component.length === 1 && !successors(first).includes(first)) values[first] = valueAt(search, first);
    else settle(search, values, valueAt, component, successors);
  }
}

/** A cycle: a value that goes on rising with each round has no bound. */
function settle(
  search: Search,
  values: number[],
  valueAt: (search: Search, id: NodeId) => number,
  component: readonly NodeId[],
  successors: (id: NodeId) => readonly NodeId[],
): void {
  const inside = new Set(component);
  const before = new Map<NodeId, NodeId[]>();
  for (const id of component) {
    for (const to of successors(id)) {
      if (!inside.has(to)) continue;
      const known = before.get(to);
      if (known) known.push(id);
      else before.set(to, [id]);
    }
  }
  const rises = new Map<NodeId, number>();
  const queue = [...component];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const found = valueAt(search, id);
    if (found <= at(values, id)) continue;
    const risen = (rises.get(id) ?? 0) + 1;
    rises.set(id, risen);
    values[id] = risen > MAX_RISES ? ALWAYS : found;
    queue.push(...(before.get(id) ?? []));
  }
}

/** Values differ by time-outs along one cycle; more rises than this come from going round. */
const MAX_RISES = 8;

function isTarget({ graph, how }: Search, id: NodeId): boolean {
  const { what } = nodeAt(graph, id);
  return what.kind === "exit" && what.how === how;
}

function elapsedAt(search: Search, id: NodeId): number {
  const given = search.given.get(id);
  if (given) return given.elapsed;
  if (isTarget(search, id)) return 0;
  let longest = NEVER;
  for (const edge of nodeAt(search.graph, id).out) {
    if (!edge.resets) longest = Math.max(longest, elapsedOver(search, edge));
  }
  return longest;
}

function elapsedOver(search: Search, edge: Edge): number {
  const rest = at(search.elapsed, edge.to);
  switch (edge.cause.kind) {
    case "scheduled":
      return NEVER;
    case "call":
      // In a flow that is called a `resume` may stand; its `return` comes back here and is no way out.
      return search.how === "resume" ? rest : NEVER;
    case "returned":
      return plus(rest, search.how === "return" ? called(search, search.elapsed, edge.from, 0) : 0);
    case "after":
    case "wait":
      return plus(rest, edge.ms + Math.max(search.delay.elapsed, 0));
    default:
      return plus(rest, edge.ms);
  }
}

function sinceAnswerAt(search: Search, id: NodeId): number {
  const given = search.given.get(id);
  if (given) return given.sinceAnswer;
  const { kind } = nodeAt(search.graph, id).what;
  // An ask that is taken up again is sent again.
  let longest = kind === "ask" ? plus(search.resumed, at(search.elapsed, id)) : NEVER;
  for (const edge of nodeAt(search.graph, id).out) longest = Math.max(longest, sinceAnswerOver(search, edge));
  return longest;
}

function sinceAnswerOver(search: Search, edge: Edge): number {
  const rest = at(search.sinceAnswer, edge.to);
  const elapsed = at(search.elapsed, edge.to);
  if (edge.resets) {
    if (edge.ms === 0) return Math.max(rest, elapsed);
    // An answer that is gathered can be complete while an event interrupts.
    const { delay } = search;
    const late = plus(elapsed, edge.ms + Math.max(delay.elapsed, 0));
    return Math.max(rest, late, plus(delay.sinceAnswer, elapsed));
  }
  switch (edge.cause.kind) {
    case "scheduled":
      return NEVER;
    case "call":
      return search.how === "resume" ? rest : NEVER;
    case "returned": {
      if (search.how === "resume") return rest;
      const inCall = called(search, search.sinceAnswer, edge.from, NEVER);
      const passes = inCall !== NEVER || called(search, search.elapsed, edge.from, 0) !== NEVER;
      return Math.max(plus(inCall, elapsed), passes ? rest : NEVER);
    }
    case "wait":
      return Math.max(rest, plus(Math.max(search.delay.sinceAnswer, search.resumed), elapsed));
    case "after":
      return Math.max(rest, plus(search.delay.sinceAnswer, elapsed));
    default:
      return rest;
  }
}

/** The value at the beginning of the flow that a call calls; `unknown` where that flow is not known. */
function called(search: Search, values: readonly number[], call: NodeId, unknown: number): number {
  const { what } = nodeAt(search.graph, call);
  const entry = what.kind === "call" && what.flow ? search.graph.entries.get(what.flow) : undefined;
  return entry === undefined ? unknown : at(values, entry);
}

function plus(a: number, b: number): number {
  return a === NEVER || b === NEVER ? NEVER : a + b;
}

/** Which flows interrupt others, and what that does to the times of what they interrupt. */
import type { FlowDecl } from "../syntax/ast.ts";
import { type FlowGraph, type NodeId, nodeAt } from "./graph.ts";
import { NO_DELAY, type Passage, passages } from "./passages.ts";

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

export interface Interruptions {
  /** Where an interruption by a message begins, with the age there. */
  readonly starts: ReadonlyMap<NodeId, number>;
  /** Places of `-> resume` after a message. */
  readonly byMessage: ReadonlySet<NodeId>;
}

export function interruptions(graph: FlowGraph): Interruptions {
  const starts = new Map<NodeId, number>();
  if (!graph.nodes.some(({ what }) => what.kind === "exit" && what.how === "resume")) {
    return { starts, byMessage: new Set() };
  }
  for (const [trigger, id] of graph.triggers) {
    if (trigger.anytime && !isBusiness(trigger.on.kind)) starts.set(id, 0);
  }
  if (starts.size > 0) addWindowClosed(graph, starts);
  const byMessage = new Set<NodeId>();
  for (const id of withinTurns(graph, starts.keys())) {
    const { what } = nodeAt(graph, id);
    if (what.kind === "exit" && what.how === "resume") byMessage.add(id);
  }
  return { starts, byMessage };
}

/** `on window_closed` of a flow that interrupts goes on in it. */
function addWindowClosed(graph: FlowGraph, starts: Map<NodeId, number>): void {
  const flows = new Set<FlowDecl>();
  for (const id of withinTurns(graph, starts.keys())) flows.add(nodeAt(graph, id).flow);
  for (const [trigger, id] of graph.triggers) {
    if (trigger.on.kind === "OnWindowClosed" && flows.has(nodeAt(graph, id).flow)) starts.set(id, ALWAYS);
  }
}

export function isBusiness(kind: string): boolean {
  return kind === "OnEvent" || kind === "OnScheduled";
}

/** What comes from these without a schedule, which begins something of its own. */
export function withinTurns(graph: FlowGraph, roots: Iterable<NodeId>): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>(roots);
  for (const id of seen) {
    for (const { to, cause } of nodeAt(graph, id).out) if (cause.kind !== "scheduled") seen.add(to);
  }
  return seen;
}

/**
 * How much later a time-out or `wait` can come because events interrupt what waits for it, and the age that these can
 * leave. While an event's flow waits the next event takes its place, so that there is no bound as soon as one can wait and
 * one can come to its `resume` without the user.
 */
export function eventDelay(graph: FlowGraph): Passage {
  if (![...graph.triggers.keys()].some(({ on }) => isBusiness(on.kind))) return NO_DELAY;
  const toResume = passages(graph, "resume");
  const roots: NodeId[] = [];
  let elapsed = NEVER;
  let sinceAnswer = NEVER;
  for (const [trigger, id] of graph.triggers) {
    if (!isBusiness(trigger.on.kind)) continue;
    roots.push(id);
    for (const { to } of nodeAt(graph, id).out) {
      elapsed = Math.max(elapsed, toResume[to]?.elapsed ?? NEVER);
      sinceAnswer = Math.max(sinceAnswer, toResume[to]?.sinceAnswer ?? NEVER);
    }
  }
  if (elapsed > NEVER && pauses(graph, roots)) elapsed = ALWAYS;
  return elapsed > 0 || sinceAnswer > 0 ? { elapsed, sinceAnswer } : NO_DELAY;
}

function pauses(graph: FlowGraph, roots: readonly NodeId[]): boolean {
  for (const id of withinTurns(graph, roots)) {
    const { kind } = nodeAt(graph, id).what;
    if (kind === "ask" || kind === "wait") return true;
  }
  return false;
}

/** Free-form messages that can be sent too long after the user's last message, with the ways on which that comes about. */

import { sure } from "../text/sure.ts";
import type { Ages, Step } from "./ages.ts";
import { calledAt, type FlowGraph, type Node, type NodeId, nodeAt } from "./graph.ts";

/** One place where the age gets too great, and the messages that this reaches first. */
export interface Overdue {
  readonly step: Step;
  readonly messages: readonly Late[];
}

export interface Late {
  readonly node: Node;
  /** From where the user last wrote, or nobody ever did, to the message. */
  readonly path: readonly Visit[];
  /** Index in `path` of the step on which the age gets too great. */
  readonly crossing: number;
  /** A template was sent before it since the age became too great. */
  readonly afterTemplate: boolean;
}

export interface Visit {
  readonly step: Step;
  readonly to: NodeId;
}

/** `limit`: up to which age a free-form message may be sent, in ms. */
export function overdue(graph: FlowGraph, ages: Ages, limit: number): readonly Overdue[] {
  const causes = new Map<string, { readonly step: Step; readonly messages: Late[] }>();
  for (const node of graph.nodes) {
    // Without an age: what nothing leads to.
    if (!isFreeForm(node) || (ages.at[node.id] ?? 0) <= limit) continue;
    const late = lateAt(graph, ages, limit, node);
    const step = late?.path[late.crossing]?.step;
    if (!late || !step) continue;
    const key = `${step.span.source.path} ${step.span.start} ${step.from}`;
    const known = causes.get(key);
    if (known) known.messages.push(late);
    else causes.set(key, { step, messages: [late] });
  }
  return [...causes.values()];
}

/** What can only be sent while the window is open. */
export function isFreeForm({ what }: Node): boolean {
  return (what.kind === "message" || what.kind === "ask") && !what.template;
}

/** Undefined where another message comes first: that one has the same cause. */
function lateAt(graph: FlowGraph, ages: Ages, limit: number, node: Node): Late | undefined {
  const path = pathTo(ages, node.id);
  // A branch of `window.open` bounds what was before it: what counts is where the age gets too great for the last time.
  const crossing = path.findLastIndex(({ to }) => sure(ages.at[to]) <= limit) + 1;
  const between = path.slice(crossing, -1).flatMap(({ to }) => (to < graph.nodes.length ? [nodeAt(graph, to)] : []));
  if (between.some(isFreeForm)) return undefined;
  const called = path.slice(crossing + 1).flatMap(({ step }) => calledOn(graph, step) ?? []);
  if (called.some((entry) => alwaysSends(graph, entry))) return undefined;
  const afterTemplate = between.some(({ what }) => (what.kind === "message" || what.kind === "ask") && what.template);
  return { node, path, crossing, afterTemplate };
}

/** Where the flow begins that a step goes over. */
function calledOn(graph: FlowGraph, { edge }: Step): NodeId | undefined {
  return edge?.cause.kind === "returned" ? calledAt(graph, nodeAt(graph, edge.from)) : undefined;
}

/** Whether a flow never returns without a free-form message of its own. */
function alwaysSends(graph: FlowGraph, entry: NodeId): boolean {
  const seen = new Set([entry]);
  for (const id of seen) {
    const node = nodeAt(graph, id);
    if (isFreeForm(node)) continue;
    if (node.what.kind === "exit" && node.what.how === "return") return false;
    for (const { cause, to } of node.out) if (cause.kind !== "call" && cause.kind !== "scheduled") seen.add(to);
  }
  return true;
}

function pathTo(ages: Ages, end: NodeId): readonly Visit[] {
  const path: Visit[] = [];
  const seen = new Set<NodeId>();
  for (let to = end; ; ) {
    if (seen.has(to)) {
      // An interruption can take up its own flow: the way begins where it began, not where it was taken up.
      path.pop();
      break;
    }
    seen.add(to);
    const step = ages.from[to];
    if (!step) break;
    path.push({ step, to });
    if (step.fresh || step.repeats) break;
    to = step.from;
  }
  return path.reverse();
}

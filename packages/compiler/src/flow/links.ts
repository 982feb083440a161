/** The flow graph as the analysis of ages sees it: how each edge changes the age of the user's last message. */
import type { Span } from "../text/source.ts";
import { type Edge, type FlowGraph, type NodeId, nodeAt } from "./graph.ts";
import { type Passage, passages } from "./passages.ts";

/** `age' = max(floor, min(age, cap) + add)`, where -Infinity stands for nothing. */
export interface Link {
  readonly to: NodeId;
  /** Time that passes since the age before; -Infinity where the user always writes on the way. */
  readonly add: number;
  /** The age that this way brings by itself; -Infinity where the user writes nowhere on it. */
  readonly floor: number;
  /** The way is taken only up to this age. */
  readonly cap: number;
  readonly span: Span;
  /** `undefined` for what no edge shows: an interrupted ask that is taken up again. */
  readonly edge: Edge | undefined;
}

/** By node; the last entry, behind all nodes, is where `-> resume` meets what it takes up. */
export type Links = readonly (readonly Link[])[];

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

/** The greatest age at each node, from age 0 at `roots`. */
export type Solve = (links: Links, roots: readonly NodeId[]) => readonly (number | undefined)[];

/** `openMs`: up to which age `window.open` is true. */
export function linksOf(graph: FlowGraph, openMs: number, solve: Solve): Links {
  const calls = graph.nodes.some((node) => node.what.kind === "call");
  const returns = calls ? passages(graph, "return") : undefined;
  const links: Link[][] = graph.nodes.map(({ out }) => out.map((edge) => linkOf(graph, edge, openMs, returns)));
  const { starts, byMessage, byEvent } = interruptions(graph);
  if (byEvent.size > 0) delayTimers(graph, links, eventDelay(graph));
  if (byMessage.size === 0) return [...links, []];
  meet(graph, links, byMessage, solve(links.map(unscheduled), starts));
  return [...links, takenUp(graph)];
}

function linkOf(graph: FlowGraph, edge: Edge, openMs: number, returns: readonly Passage[] | undefined): Link {
  const cap = edge.whileOpen ? openMs : ALWAYS;
  const { to, span } = edge;
  if (edge.resets) return { to, add: NEVER, floor: edge.ms, cap, edge, span };
  if (edge.cause.kind !== "returned") return { to, add: edge.ms, floor: NEVER, cap, edge, span };
  const call = nodeAt(graph, edge.from).what;
  const entry = call.kind === "call" && call.flow ? graph.entries.get(call.flow) : undefined;
  const passage = entry === undefined ? undefined : returns?.[entry];
  return { to, add: passage?.elapsed ?? 0, floor: passage?.sinceAnswer ?? NEVER, cap, edge, span };
}

// ---------------------------------------------------------------- interruptions

interface Interruptions {
  /** Triggers of messages that interrupt. */
  readonly starts: readonly NodeId[];
  /** Places of `-> resume` in flows that a message interrupts with, and in those that an event does. */
  readonly byMessage: ReadonlySet<NodeId>;
  readonly byEvent: ReadonlySet<NodeId>;
}

function interruptions(graph: FlowGraph): Interruptions {
  const message: NodeId[] = [];
  const event: NodeId[] = [];
  const resumes = graph.nodes.some(({ what }) => what.kind === "exit" && what.how === "resume");
  if (!resumes) return { starts: [], byMessage: new Set(), byEvent: new Set() };
  for (const [trigger, id] of graph.triggers) {
    if (isBusiness(trigger.on.kind)) event.push(id);
    else if (trigger.anytime) message.push(id);
  }
  return { starts: message, byMessage: resumesFrom(graph, message), byEvent: resumesFrom(graph, event) };
}

function isBusiness(kind: string): boolean {
  return kind === "OnEvent" || kind === "OnScheduled";
}

function resumesFrom(graph: FlowGraph, triggers: readonly NodeId[]): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const seen = new Set<NodeId>(triggers);
  const queue = [...seen];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const { what, out } = nodeAt(graph, id);
    if (what.kind === "exit" && what.how === "resume") found.add(id);
    for (const { to, cause } of out) {
      if (cause.kind === "scheduled" || seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return found;
}

/** How much later a time-out can come because an event interrupts what waits for it, and the age that it can leave. */
function eventDelay(graph: FlowGraph): Passage {
  const toResume = passages(graph, "resume");
  let elapsed = NEVER;
  let sinceAnswer = NEVER;
  for (const [trigger, id] of graph.triggers) {
    if (!isBusiness(trigger.on.kind)) continue;
    for (const { to } of nodeAt(graph, id).out) {
      elapsed = Math.max(elapsed, toResume[to]?.elapsed ?? NEVER);
      sinceAnswer = Math.max(sinceAnswer, toResume[to]?.sinceAnswer ?? NEVER);
    }
  }
  return { elapsed, sinceAnswer };
}

function delayTimers(graph: FlowGraph, links: Link[][], { elapsed, sinceAnswer }: Passage): void {
  for (const node of graph.nodes) {
    if (node.what.kind !== "ask" && node.what.kind !== "wait") continue;
    links[node.id] = (links[node.id] ?? []).map((link) => {
      const cause = link.edge?.cause.kind;
      if (cause !== "after" && cause !== "wait") return link;
      return { ...link, add: link.add + Math.max(elapsed, 0), floor: Math.max(link.floor, sinceAnswer) };
    });
  }
}

/** What is scheduled begins by itself and is no part of the interruption. */
function unscheduled(out: readonly Link[]): readonly Link[] {
  return out.filter(({ edge }) => edge?.cause.kind !== "scheduled");
}

/**
 * From each `resume` to where it meets what it takes up. An interruption begins with a message and ends at its `resume`:
 * its ages come from its own beginning, never from what an earlier one took up, which is nothing that interrupts.
 */
function meet(
  graph: FlowGraph,
  links: Link[][],
  exits: ReadonlySet<NodeId>,
  ages: readonly (number | undefined)[],
): void {
  for (const exit of exits) {
    const { what } = nodeAt(graph, exit);
    const floor = ages[exit];
    if (what.kind !== "exit" || floor === undefined) continue;
    links[exit]?.push({ ...plain(graph.nodes.length, what.syntax), add: NEVER, floor });
  }
}

/** After a message the interrupted ask is sent again at the age of the `resume`, and a `wait` that fell due goes on. */
function takenUp(graph: FlowGraph): readonly Link[] {
  const waits = graph.nodes.filter(({ what }) => what.kind === "wait").flatMap(({ out }) => out);
  return [
    ...graph.asks.map((ask) => {
      const { what, flow } = nodeAt(graph, ask);
      return plain(ask, what.kind === "ask" ? what.syntax : flow);
    }),
    ...waits.map((edge) => plain(edge.to, edge.span)),
  ];
}

function plain(to: NodeId, span: Span): Link {
  return { to, add: 0, floor: NEVER, cap: ALWAYS, edge: undefined, span };
}

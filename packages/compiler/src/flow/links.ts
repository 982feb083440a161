/** The flow graph as the analysis of ages sees it: how each edge changes the age of the user's last message. */
import type { Span } from "../text/source.ts";
import { neverAfters } from "./afters.ts";
import { type Edge, type FlowGraph, type NodeId, nodeAt, reachableFrom, rootsOf } from "./graph.ts";
import { eventDelay, interruptions } from "./interruptions.ts";
import { keptTime, longestHold } from "./kept.ts";
import { type Given, NO_DELAY, type Passage, passages } from "./passages.ts";
import type { Times } from "./window.ts";

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
  /** Why it takes longer than its edge says. */
  readonly longer?: Longer;
}

/**
 * `events`: events that interrupt put off a time-out. `kept`: a scheduled event is kept while people have the chat or others
 * go first. `held`: the message had to wait while actions ran.
 */
export type Longer = "events" | "kept" | "held";

/** By node; the last entry, behind all nodes, is where `-> resume` meets what it takes up. */
export type Links = readonly (readonly Link[])[];

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

/** The greatest age at each node, from the ages of `roots`. */
export type Solve = (links: Links, roots: ReadonlyMap<NodeId, number>) => readonly (number | undefined)[];

/** What every link of a graph depends on. */
export interface Context {
  readonly graph: FlowGraph;
  readonly times: Times;
  /** Time-outs that can never come. */
  readonly never: ReadonlyMap<Edge, Edge>;
  /** How much later time-outs and waits can come by events that interrupt. */
  readonly delay: Passage;
  /** How long a scheduled event can be kept after it fell due. */
  readonly kept: number;
  /** The age that an answer can have when it is handled, as far as the margin does not pay for it. */
  readonly held: number;
}

export function linksOf(graph: FlowGraph, times: Times, solve: Solve): Links {
  const context = contextOf(graph, times);
  const floors = floorsOf(context, solve);
  if (!floors) return [...plainLinks(context, NEVER), []];
  const links = plainLinks(context, greatest(floors));
  for (const [exit, floor] of floors) {
    const { what } = nodeAt(graph, exit);
    if (what.kind !== "exit") continue;
    links[exit]?.push({ ...plain(graph.nodes.length, what.syntax), add: NEVER, floor });
  }
  const reached = reachableFrom(graph, rootsOf(graph));
  return [...links, takenUp(graph, reached)];
}

export function contextOf(graph: FlowGraph, times: Times): Context {
  const hold = longestHold(graph);
  return {
    graph,
    times,
    never: neverAfters(graph),
    delay: eventDelay(graph),
    kept: keptTime(graph, times.quietMs, hold),
    held: Math.max(0, hold - times.marginMs),
  };
}

/** By place of a `-> resume` after a message: the greatest age there. Undefined where there is none. */
export function floorsOf(context: Context, solve: Solve): ReadonlyMap<NodeId, number> | undefined {
  const { starts, byMessage } = interruptions(context.graph);
  if (byMessage.size === 0) return undefined;
  const ages = solve(plainLinks(context, NEVER).map(unscheduled), starts);
  return new Map([...byMessage].flatMap((exit) => (ages[exit] === undefined ? [] : [[exit, ages[exit]]])));
}

/** The age at which an interrupted ask can be taken up; -Infinity for never. */
export function greatest(floors: ReadonlyMap<NodeId, number> | undefined): number {
  return Math.max(NEVER, ...(floors?.values() ?? []));
}

/** Without interruptions by messages; `resumed`: the greatest age at which these take up an ask. */
export function plainLinks(context: Context, resumed: number, given?: Given): Link[][] {
  const { graph, delay } = context;
  const calls = graph.nodes.some((node) => node.what.kind === "call");
  const returns = calls ? passages(graph, "return", { delay, resumed }, given) : undefined;
  const { never } = context;
  return graph.nodes.map(({ out }) => {
    const links: Link[] = [];
    for (const edge of out) if (!never.has(edge)) links.push(linkOf(context, edge, returns));
    return links;
  });
}

function linkOf(context: Context, edge: Edge, returns?: readonly Passage[]): Link {
  const { graph, times, delay, kept } = context;
  const { to, span } = edge;
  const cap = edge.whileOpen ? times.openMs : ALWAYS;
  if (edge.resets) return answeredLink(context, edge, cap);
  const link: Link = { to, add: edge.ms, floor: NEVER, cap, edge, span };
  switch (edge.cause.kind) {
    case "returned": {
      const call = nodeAt(graph, edge.from).what;
      const entry = call.kind === "call" && call.flow ? graph.entries.get(call.flow) : undefined;
      const passage = entry === undefined ? undefined : returns?.[entry];
      return { ...link, add: passage?.elapsed ?? 0, floor: passage?.sinceAnswer ?? NEVER };
    }
    case "after":
    case "wait": {
      if (delay === NO_DELAY) return link;
      const { elapsed, sinceAnswer } = delay;
      return { ...link, add: edge.ms + Math.max(elapsed, 0), floor: sinceAnswer, longer: "events" };
    }
    case "scheduled":
      return kept === 0 ? link : { ...link, add: edge.ms + kept, floor: times.quietMs, longer: "kept" };
    default:
      return link;
  }
}

function answeredLink({ graph, delay, held }: Context, edge: Edge, cap: number): Link {
  const { to, span } = edge;
  const answered: Link = { to, add: NEVER, floor: edge.ms + held, cap, edge, span };
  // An answer that is gathered can be complete while an event interrupts.
  if (edge.ms > 0 && delay !== NO_DELAY && nodeAt(graph, edge.from).what.kind === "ask") {
    const floor = Math.max(answered.floor + Math.max(delay.elapsed, 0), delay.sinceAnswer);
    return { ...answered, floor, longer: "events" };
  }
  return held > 0 ? { ...answered, longer: "held" } : answered;
}

/** What is scheduled begins by itself and is no part of the interruption. */
function unscheduled(out: readonly Link[]): readonly Link[] {
  return out.filter(({ edge }) => edge?.cause.kind !== "scheduled");
}

/** After a message the interrupted ask is sent again at the age of the `resume`, and a `wait` that fell due goes on. */
export function takenUp(graph: FlowGraph, reached: (node: NodeId) => boolean): readonly Link[] {
  const waits = graph.nodes.filter(({ id, what }) => what.kind === "wait" && reached(id)).flatMap(({ out }) => out);
  return [
    ...graph.asks.filter(reached).map((ask) => {
      const { what, flow } = nodeAt(graph, ask);
      return plain(ask, what.kind === "ask" ? what.syntax : flow);
    }),
    ...waits.map((edge) => plain(edge.to, edge.span)),
  ];
}

function plain(to: NodeId, span: Span): Link {
  return { to, add: 0, floor: NEVER, cap: ALWAYS, edge: undefined, span };
}

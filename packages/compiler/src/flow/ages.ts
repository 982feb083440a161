/**
 * How old the user's last message can be at each node of a flow graph (language, section 6), as an abstract
 * interpretation: an age is the longest time in ms, `Infinity` where there is no bound.
 *
 * Loops need no iteration: where nobody writes on a cycle, one edge that takes time makes the age of the whole cycle
 * unlimited, and without one the ages of its nodes are equal. So the work is linear in the size of the graph.
 */
import type { Span } from "../text/source.ts";
import { type Edge, type FlowGraph, type NodeId, rootsOf } from "./graph.ts";
import { type Link, type Links, linksOf } from "./links.ts";
import { components } from "./scc.ts";

export interface Ages {
  /** By node; `undefined` where no conversation comes. */
  readonly at: readonly (number | undefined)[];
  /** The way on which that age comes in; absent where a conversation begins with it. */
  readonly from: readonly (Step | undefined)[];
}

/** How an age came to a node. */
export interface Step {
  readonly from: NodeId;
  readonly span: Span;
  /** `undefined` where an interrupted conversation is taken up again. */
  readonly edge: Edge | undefined;
  /** The user wrote on the way: what was before does not count. */
  readonly fresh: boolean;
  /** The step belongs to a loop that can be gone round for ever. */
  readonly repeats: boolean;
}

interface Analysis {
  readonly links: Links;
  readonly at: (number | undefined)[];
  readonly from: (Step | undefined)[];
}

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

const known = new WeakMap<FlowGraph, { readonly openMs: number; readonly ages: Ages }>();

/** `openMs`: up to which age `window.open` is true. Worked out once for a graph, which never changes. */
export function agesOf(graph: FlowGraph, openMs: number): Ages {
  const before = known.get(graph);
  if (before?.openMs === openMs) return before.ages;
  const ages = analyse(graph, openMs);
  known.set(graph, { openMs, ages });
  return ages;
}

function analyse(graph: FlowGraph, openMs: number): Ages {
  return solve(
    linksOf(graph, openMs, (links, roots) => solve(links, roots).at),
    rootsOf(graph),
  );
}

/** The greatest ages from age 0 at `roots`. */
function solve(links: Links, roots: readonly NodeId[]): Analysis {
  const analysis: Analysis = { links, at: links.map(() => undefined), from: links.map(() => undefined) };
  for (const root of roots) analysis.at[root] = 0;
  for (const node of reach(links, roots)) {
    for (const link of links[node] ?? []) {
      // Of what is taken up again, the way to the `resume` tells where its age comes from.
      if (link.floor !== NEVER) raise(analysis, node, link, link.floor, link.edge !== undefined);
    }
  }
  const order = components(links.length, (node) => passing(links[node]));
  for (let i = order.length - 1; i >= 0; i--) {
    const component = order[i] ?? [];
    const [first = 0] = component;
    if (component.length > 1 || leadsToItself(links, first)) settle(analysis, component);
    for (const node of component) passOn(analysis, node);
  }
  return analysis;
}

/** What can be reached at all, each once. */
function reach(links: Links, roots: readonly NodeId[]): readonly NodeId[] {
  const seen = new Uint8Array(links.length);
  const found = [...roots];
  for (const root of roots) seen[root] = 1;
  for (let i = 0; i < found.length; i++) {
    for (const link of links[found[i] ?? 0] ?? []) {
      if ((link.add === NEVER && link.floor === NEVER) || seen[link.to] === 1) continue;
      seen[link.to] = 1;
      found.push(link.to);
    }
  }
  return found;
}

/** Where the age of a node goes on to. */
function passing(links: readonly Link[] | undefined): readonly NodeId[] {
  const to: NodeId[] = [];
  for (const link of links ?? []) if (link.add !== NEVER) to.push(link.to);
  return to;
}

function leadsToItself(links: Links, node: NodeId): boolean {
  return links[node]?.some((link) => link.to === node && link.add !== NEVER) ?? false;
}

function passOn(analysis: Analysis, node: NodeId): void {
  const age = analysis.at[node];
  if (age === undefined) return;
  for (const link of analysis.links[node] ?? []) {
    if (link.add !== NEVER) raise(analysis, node, link, Math.min(age, link.cap) + link.add, false);
  }
}

/** Says whether the age at the end of the link rose. */
function raise(analysis: Analysis, from: NodeId, link: Link, age: number, fresh: boolean): boolean {
  const before = analysis.at[link.to];
  if (before !== undefined && before >= age) return false;
  analysis.at[link.to] = age;
  analysis.from[link.to] = { from, span: link.span, edge: link.edge, fresh, repeats: false };
  return true;
}

// ---------------------------------------------------------------- cycles

/** Ages of nodes that lead to each other without a word of the user. */
function settle(analysis: Analysis, component: readonly NodeId[]): void {
  if (!component.some((node) => analysis.at[node] !== undefined)) return;
  const inside = new Set(component);
  const within = (node: NodeId): readonly Link[] =>
    (analysis.links[node] ?? []).filter((link) => link.add !== NEVER && inside.has(link.to));
  if (!component.some((node) => within(node).some((link) => link.add > 0))) {
    flood(analysis, component, within);
    return;
  }
  // Somewhere on the cycle time passes. A branch of `window.open` on it brings its bound, since the age can rise to that.
  const open = (node: NodeId): readonly Link[] => within(node).filter((link) => link.cap === ALWAYS);
  for (const node of component) {
    for (const link of within(node)) if (link.cap !== ALWAYS) raise(analysis, node, link, link.cap + link.add, false);
  }
  const index = new Map(component.map((node, i) => [node, i]));
  const inner = components(component.length, (i) => open(component[i] ?? 0).map((link) => index.get(link.to) ?? 0));
  for (let i = inner.length - 1; i >= 0; i--) {
    const cycle = (inner[i] ?? []).map((at) => component[at] ?? 0);
    settleCycle(analysis, cycle, open);
    for (const node of cycle) passOn(analysis, node);
  }
}

function settleCycle(analysis: Analysis, cycle: readonly NodeId[], open: (node: NodeId) => readonly Link[]): void {
  if (!cycle.some((node) => analysis.at[node] !== undefined)) return;
  const inside = new Set(cycle);
  const within = (node: NodeId): readonly Link[] => open(node).filter((link) => inside.has(link.to));
  const grows = longest(cycle, within);
  if (!grows) flood(analysis, cycle, within);
  else for (const node of cycle) riseForEver(analysis, node, grows);
}

function riseForEver(analysis: Analysis, node: NodeId, grows: Step): void {
  if (analysis.at[node] === ALWAYS) return;
  analysis.at[node] = ALWAYS;
  analysis.from[node] = grows;
}

function longest(cycle: readonly NodeId[], within: (node: NodeId) => readonly Link[]): Step | undefined {
  let most = 0;
  let step: Step | undefined;
  for (const from of cycle) {
    for (const { add, span, edge } of within(from)) {
      if (add <= most) continue;
      most = add;
      step = { from, span, edge, fresh: false, repeats: true };
    }
  }
  return step;
}

/** No time passes on the cycle: the greatest age goes first, so that each node rises about once. */
function flood(analysis: Analysis, cycle: readonly NodeId[], within: (node: NodeId) => readonly Link[]): void {
  const queue = cycle.filter((node) => analysis.at[node] !== undefined);
  queue.sort((a, b) => (analysis.at[a] ?? 0) - (analysis.at[b] ?? 0));
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const age = analysis.at[node] ?? 0;
    for (const link of within(node)) {
      if (raise(analysis, node, link, Math.min(age, link.cap), false)) queue.push(link.to);
    }
  }
}

/**
 * How old the user's last message can be at each node of a flow graph (language, section 6), as an abstract interpretation.
 *
 * Concrete: a state of the machine is (place, stack, what is interrupted, timers, schedules, what is kept) with
 * `age = now - time of the user's last message`. Abstract: for each node `n` one number `A(n)` in `{bottom} + [0, inf]`,
 * ordered by <=, join `max`; it stands for all states at `n` whose age is at most `A(n)`. At an ask the age is that at
 * which it was sent last, which is also when its time-outs begin.
 *
 * Edges. Each is `f(a) = max(floor, min(a, cap) + add)`, monotone and distributive over `max` (`links.ts`):
 * - an answer, wrong or late, and every trigger of the user: `floor 0` (with `gather`, its time). A tap on an earlier
 *   message is such an edge of that ask, whatever copy it restores; an ask that is sent again by it starts from 0 as well.
 * - `after D`, `wait D`: `add D + delay`; an action: `add` its time-out, on either outcome; all else `add 0`.
 * - a branch that runs only while `window.open`: `cap` is what that allows.
 * - `on event`, `schedule ... at`, `handoff ... back`, `on window_closed`, times that are not constant: `add inf`.
 * - `schedule ... in D` to its triggers: `add D + kept`, `floor quiet` (`kept.ts`).
 * - a call: into the flow with `add 0`; over it with the flow's own passage, the longest time to a `return` without and
 *   since a message of the user (`passages.ts`). Stacks are thus matched: callers do not see each other's ages.
 * - `-> resume` after a message: `floor` the greatest age at such a `resume`, counted from the interruption's beginning,
 *   to every ask (it is sent again) and behind every `wait` (it may have fallen due). After an event nothing is sent: the
 *   edges of time-outs carry `delay`, the longest way of an event to its `resume`, and `floor` for ways on which the user
 *   writes (`interruptions.ts`). An event stands above a message's interruption, so these are all that there are.
 *
 * The least fixed point of these from age 0 at the roots is sound by the usual argument: by induction over the turns of a
 * run, the age in the machine at a place is at most `A` of its node. Joins are exact, since every `f` distributes over
 * `max`. Loops need no iteration: without a cap, one edge with `add > 0` on a cycle makes all its ages `inf`, and with
 * `add = 0` throughout they are equal; a cap on a cycle is taken as reached, which is never less than the fixed point.
 * So the work is linear in the size of the graph; a test holds it against plain iteration.
 *
 * Claim: where `A` of every free-form message is at most 24 h less the margin, no run sends one at a greater age.
 * Assumptions: WhatsApp accepts and refuses at once; timers fire when they are due; the process is up; actions end within
 * their time-outs; a message is handled at its own timestamp, or behind the actions that run and the events that were kept
 * before it came, for which the margin pays first; nothing is known of data, so every branch and loop may be taken.
 * `test/window` looks for runs that break it, with the machine, and runs the ways that P4001 tells.
 */
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { type Edge, type FlowGraph, type NodeId, rootsOf } from "./graph.ts";
import { type Link, type Links, type Longer, linksOf } from "./links.ts";
import { components } from "./scc.ts";
import type { Times } from "./window.ts";

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
  /** Why it takes longer than its edge says. */
  readonly longer?: Longer | undefined;
}

interface Analysis {
  readonly links: Links;
  readonly at: (number | undefined)[];
  readonly from: (Step | undefined)[];
}

const NEVER = Number.NEGATIVE_INFINITY;
const ALWAYS = Number.POSITIVE_INFINITY;

const known = new WeakMap<FlowGraph, { readonly times: Times; readonly ages: Ages }>();

/** Worked out once for a graph, which never changes. */
export function agesOf(graph: FlowGraph, times: Times): Ages {
  const before = known.get(graph);
  if (before && isSame(before.times, times)) return before.ages;
  const ages = analyse(graph, times);
  known.set(graph, { times, ages });
  return ages;
}

function isSame(a: Times, b: Times): boolean {
  return a.openMs === b.openMs && a.marginMs === b.marginMs && a.quietMs === b.quietMs;
}

function analyse(graph: FlowGraph, times: Times): Ages {
  return solve(
    linksOf(graph, times, (links, roots) => solve(links, roots).at),
    new Map(rootsOf(graph).map((root) => [root, 0])),
  );
}

/** The greatest ages from those of the roots. */
export function solve(links: Links, ages: ReadonlyMap<NodeId, number>): Analysis {
  const analysis: Analysis = { links, at: links.map(() => undefined), from: links.map(() => undefined) };
  const roots = [...ages.keys()];
  for (const [root, age] of ages) analysis.at[root] = age;
  for (const node of reach(links, roots)) begin(analysis, node);
  const order = components(links.length, (node) => passing(sure(links[node])));
  for (let i = order.length - 1; i >= 0; i--) {
    const component = sure(order[i]);
    const first = sure(component[0]);
    if (component.length > 1 || leadsToItself(links, first)) settle(analysis, component);
    for (const node of component) passOn(analysis, node);
  }
  return analysis;
}

/** The ages that the links of a node bring by themselves. */
function begin(analysis: Analysis, node: NodeId): void {
  for (const link of sure(analysis.links[node])) {
    // Of what is taken up again, the way to the `resume` tells where its age comes from.
    if (link.floor !== NEVER) raise(analysis, node, link, link.floor, link.edge !== undefined);
  }
}

/** What can be reached at all, each once. */
function reach(links: Links, roots: readonly NodeId[]): readonly NodeId[] {
  const seen = new Uint8Array(links.length);
  const found = [...roots];
  for (const root of roots) seen[root] = 1;
  for (let i = 0; i < found.length; i++) see(sure(links[sure(found[i])]), seen, found);
  return found;
}

function see(links: readonly Link[], seen: Uint8Array, found: NodeId[]): void {
  for (const { add, floor, to } of links) {
    if ((add === NEVER && floor === NEVER) || seen[to] === 1) continue;
    seen[to] = 1;
    found.push(to);
  }
}

/** Where the age of a node goes on to. */
function passing(links: readonly Link[]): readonly NodeId[] {
  const to: NodeId[] = [];
  for (const link of links) if (link.add !== NEVER) to.push(link.to);
  return to;
}

function leadsToItself(links: Links, node: NodeId): boolean {
  return sure(links[node]).some((link) => link.to === node && link.add !== NEVER);
}

function passOn(analysis: Analysis, node: NodeId): void {
  const age = analysis.at[node];
  if (age === undefined) return;
  for (const link of sure(analysis.links[node])) {
    if (link.add !== NEVER) raise(analysis, node, link, Math.min(age, link.cap) + link.add, false);
  }
}

/** Says whether the age at the end of the link rose. */
function raise(analysis: Analysis, from: NodeId, link: Link, age: number, fresh: boolean): boolean {
  const before = analysis.at[link.to];
  if (before !== undefined && (before > age || (before === age && !isPlainer(analysis, link)))) return false;
  analysis.at[link.to] = age;
  const { span, edge, longer } = link;
  analysis.from[link.to] = { from, span, edge, fresh, repeats: false, longer };
  return true;
}

/** Of two ways to one age the one that the program shows is told, not that of what is taken up again. */
function isPlainer({ from }: Analysis, { to, edge }: Link): boolean {
  const known = from[to];
  return edge !== undefined && known !== undefined && known.edge === undefined;
}

// ---------------------------------------------------------------- cycles

/** Ages of nodes that lead to each other without a word of the user. */
function settle(analysis: Analysis, component: readonly NodeId[]): void {
  if (!component.some((node) => analysis.at[node] !== undefined)) return;
  const inside = new Set(component);
  const within = (node: NodeId): readonly Link[] =>
    sure(analysis.links[node]).filter((link) => link.add !== NEVER && inside.has(link.to));
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
  const inner = components(component.length, (i) => open(sure(component[i])).map((link) => sure(index.get(link.to))));
  for (let i = inner.length - 1; i >= 0; i--) {
    const cycle = sure(inner[i]).map((at) => sure(component[at]));
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
    for (const { add, span, edge, longer } of within(from)) {
      if (add <= most) continue;
      most = add;
      step = { from, span, edge, fresh: false, repeats: true, longer };
    }
  }
  return step;
}

/** No time passes on the cycle: the greatest age goes first, so that each node rises about once. */
function flood(analysis: Analysis, cycle: readonly NodeId[], within: (node: NodeId) => readonly Link[]): void {
  const queue = cycle.filter((node) => analysis.at[node] !== undefined);
  queue.sort((a, b) => sure(analysis.at[a]) - sure(analysis.at[b]));
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const age = sure(analysis.at[node]);
    for (const link of within(node)) {
      if (raise(analysis, node, link, Math.min(age, link.cap), false)) queue.push(link.to);
    }
  }
}

/**
 * How many messages a bot sends, at least and at most: for a conversation from its trigger to its end, and for a turn from
 * what the user does to where the bot waits (language, section 7). Where a loop can send for ever there is no bound, and
 * the loop is named.
 *
 * A conversation is over where nobody answers any more, so the least that it sends is what comes before the first wait that
 * nothing ends. Taps on earlier messages, interruptions and pages of a list begin turns of their own: the bounds of a turn
 * hold for them, those of a conversation count each ask as answered once.
 */
import type { FlowDecl } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { type Amounts, type Category, least, most, NOTHING, oneMessage, plus, same, times } from "./amounts.ts";
import { type Edge, type FlowGraph, type Node, type NodeId, nodeAt, waits } from "./graph.ts";
import { components } from "./scc.ts";
import { elseOf, wrongAnswers } from "./wrong-answers.ts";

export interface Prices {
  readonly low: Readonly<Record<Category, number>>;
  readonly high: Readonly<Record<Category, number>>;
}

export interface CostInput {
  readonly graph: FlowGraph;
  /** Of a template by its name. */
  readonly categoryOf: (template: string) => Category;
  readonly prices: Prices;
}

export interface Bounds {
  readonly least: Amounts;
  readonly most: Amounts;
}

export interface FlowCost {
  readonly flow: FlowDecl;
  /** Over all triggers of the flow. */
  readonly conversation: Bounds;
  /** Over everything that a user can do in this flow; absent where users do nothing in it. */
  readonly turn: Bounds | undefined;
  /** Why a number of the conversation has no bound. */
  readonly loops: readonly Loop[];
}

/** What can be repeated for ever. */
export interface Loop {
  readonly kind: "answers" | "wrong answers" | "time";
  /** States of the loop in the order of the text; of wrong answers the one with the ask. */
  readonly states: readonly string[];
  readonly node: Node;
}

/** Those of flows that something starts. */
export function costsOf(input: CostInput): readonly FlowCost[] {
  const whole = analyse(input, false);
  const turns = analyse(input, true);
  const found = new Map<FlowDecl, FlowCost>();
  for (const id of input.graph.triggers.values()) {
    const { flow } = nodeAt(input.graph, id);
    if (found.has(flow)) continue;
    const starts = flow.triggers.flatMap((t) => sure(input.graph.triggers.get(t)));
    const conversation = boundsOf(whole, starts);
    found.set(flow, {
      flow,
      conversation,
      turn: turnOf(input.graph, turns, flow),
      loops: loopsFrom(input.graph, whole, starts),
    });
  }
  return [...found.values()];
}

// ---------------------------------------------------------------- sums

/** What is sent from a node on: to where it stops, and to where the flow returns. */
interface Sum {
  readonly stop: Amounts | undefined;
  readonly back: Amounts | undefined;
}

interface Analysis {
  readonly input: CostInput;
  /** Pauses stop it. */
  readonly turn: boolean;
  readonly low: Sum[];
  readonly high: Sum[];
  /** From a node to where an ask waits on or is sent again; most only. */
  readonly beside: (Amounts | undefined)[];
  /** By node: loops that can be gone round. */
  readonly loopAt: Map<NodeId, Loop[]>;
}

const NO_SUM: Sum = { stop: undefined, back: undefined };

function analyse(input: CostInput, turn: boolean): Analysis {
  const { nodes } = input.graph;
  const a: Analysis = {
    input,
    turn,
    low: nodes.map(() => NO_SUM),
    high: nodes.map(() => NO_SUM),
    beside: nodes.map(() => undefined),
    loopAt: new Map(),
  };
  // What follows first, so that each is known when it is asked for; a call needs its flow, too.
  for (const component of components(nodes.length, (id) => dependencies(a, id))) settle(a, component);
  return a;
}

function dependencies({ input, turn }: Analysis, id: NodeId): NodeId[] {
  const { graph } = input;
  const to: NodeId[] = [];
  for (const edge of nodeAt(graph, id).out) {
    if (edge.cause.kind !== "scheduled" && !(turn && waits(graph, edge))) to.push(edge.to);
  }
  return to;
}

function settle(a: Analysis, component: readonly NodeId[]): void {
  const first = sure(component[0]);
  if (component.length > 1 || dependencies(a, first).includes(first)) {
    // The least never goes round: it falls until nothing changes.
    for (let changed = true; changed; ) {
      changed = false;
      for (const id of component) {
        const before = sure(a.low[id]);
        const low = sumOf(a, id, "low");
        a.low[id] = low;
        if (!same(low.stop, before.stop) || !same(low.back, before.back)) changed = true;
      }
    }
    settleLoop(a, component);
    return;
  }
  a.low[first] = sumOf(a, first, "low");
  a.beside[first] = besideOf(a, first);
  a.high[first] = sumOf(a, first, "high");
}

/** What is sent on a loop is sent without end, and it can be left at each of its exits. */
function settleLoop(a: Analysis, component: readonly NodeId[]): void {
  const inside = new Set(component);
  let round = NOTHING;
  let stop: Amounts | undefined;
  let back: Amounts | undefined;
  for (const id of component) {
    const node = nodeAt(a.input.graph, id);
    a.beside[id] = besideOf(a, id);
    round = plus(round, own(a, id, "high"));
    if (stopsHere(a, node)) stop = most(stop, NOTHING);
    for (const edge of node.out) {
      if (!continues(a, edge)) continue;
      const called = edge.cause.kind === "returned" ? calledSum(a, node, "high") : undefined;
      stop = most(stop, called?.stop);
      if (inside.has(edge.to)) round = plus(round, called?.back ?? NOTHING);
      else {
        const next = edge.cause.kind === "returned" ? afterCall(a, node, edge, "high") : sure(a.high[edge.to]);
        stop = most(stop, next.stop);
        back = most(back, next.back);
      }
    }
  }
  const endless = times(round, Number.POSITIVE_INFINITY);
  const sum = { stop: stop ? plus(stop, endless) : endless, back: back && plus(back, endless) };
  for (const id of component) a.high[id] = sum;
  if (endless.some((value) => value > 0)) addLoop(a, component);
}

/** Whether what is behind an edge belongs to what is before it. What a `schedule` starts is a conversation of its own. */
function continues({ input, turn }: Analysis, edge: Edge): boolean {
  const { kind } = edge.cause;
  return kind !== "scheduled" && kind !== "call" && !(turn && waits(input.graph, edge));
}

type Side = "low" | "high";

function sumOf(a: Analysis, id: NodeId, side: Side): Sum {
  const node = nodeAt(a.input.graph, id);
  const { what } = node;
  const here = own(a, id, side);
  const either = side === "low" ? least : most;
  if (what.kind === "exit" && what.how === "return") return { stop: undefined, back: here };
  let stop: Amounts | undefined = stopsHere(a, node) ? NOTHING : undefined;
  let back: Amounts | undefined;
  for (const edge of node.out) {
    if (!continues(a, edge)) continue;
    const next = edge.cause.kind === "returned" ? afterCall(a, node, edge, side) : sure(a[side][edge.to]);
    stop = either(stop, next.stop);
    back = either(back, next.back);
  }
  return { stop: stop && plus(here, stop), back: back && plus(here, back) };
}

/** Through the flow that is called, to its end or back and on. */
function afterCall(a: Analysis, node: Node, edge: Edge, side: Side): Sum {
  const either = side === "low" ? least : most;
  const called = calledSum(a, node, side);
  const rest = sure(a[side][edge.to]);
  const on = (to: Amounts | undefined): Amounts | undefined => called.back && to && plus(called.back, to);
  return { stop: either(called.stop, on(rest.stop)), back: on(rest.back) };
}

function calledSum(a: Analysis, { out }: Node, side: Side): Sum {
  const entry = out.find((edge) => edge.cause.kind === "call")?.to;
  return entry === undefined ? { stop: undefined, back: NOTHING } : sure(a[side][entry]);
}

/** Where it can end, or where nobody may do anything any more. */
function stopsHere({ input, turn }: Analysis, { what, out }: Node): boolean {
  switch (what.kind) {
    case "exit":
      return what.how === "again" ? turn : what.how !== "return" && what.how !== "keep" && out.length === 0;
    case "handoff":
      return turn || out.length === 0;
    case "wait":
      return turn;
    case "ask":
      return turn || !out.some((edge) => edge.cause.kind === "after" && leads(input.graph, edge.to));
    default:
      return false;
  }
}

/** Whether a block of `after` leaves the ask: it ends elsewhere than at the ask itself. */
function leads(graph: FlowGraph, from: NodeId): boolean {
  const { what, out } = nodeAt(graph, from);
  if (what.kind === "exit") return what.how !== "keep";
  if (what.kind === "state" || what.kind === "ask") return true;
  return out.some((edge) => edge.cause.kind !== "scheduled" && leads(graph, edge.to));
}

// ---------------------------------------------------------------- messages

/** What a node sends by itself. */
function own(a: Analysis, id: NodeId, side: Side): Amounts {
  const { what } = nodeAt(a.input.graph, id);
  if (what.kind === "message") {
    const { syntax } = what;
    return message(
      a,
      syntax.kind === "Send" && syntax.what.kind === "SendTemplate" ? syntax.what.name.text : undefined,
      side,
    );
  }
  if (what.kind !== "ask") return NOTHING;
  const once = message(a, what.syntax.template?.name.text, side);
  // A turn begins with one answer: what wrong ones bring is a turn of its own.
  return side === "low" || a.turn ? once : plus(once, repeated(a, id, once));
}

function message({ input }: Analysis, template: string | undefined, side: Side): Amounts {
  const category = template === undefined ? "service" : input.categoryOf(template);
  // In an open window WhatsApp charges nothing for a utility template.
  const low = category === "utility" ? 0 : input.prices.low[category];
  return oneMessage(category, side === "low" ? low : input.prices.high[category]);
}

/** Reminders, and everything again after wrong answers. */
function repeated(a: Analysis, id: NodeId, once: Amounts): Amounts {
  const reminders = besideOf(a, id) ?? NOTHING;
  const wrong = elseOf(nodeAt(a.input.graph, id));
  const count = wrongAnswers(wrong);
  const text = wrong?.text ? message(a, undefined, "high") : NOTHING;
  return plus(reminders, times(plus(plus(once, reminders), text), count));
}

/** The blocks of `after` that end at the ask; of other nodes what they send on the way there. */
function besideOf(a: Analysis, id: NodeId): Amounts | undefined {
  const node = nodeAt(a.input.graph, id);
  if (node.what.kind === "ask") {
    let all = NOTHING;
    for (const edge of node.out) if (edge.cause.kind === "after") all = plus(all, a.beside[edge.to] ?? NOTHING);
    return all;
  }
  if (node.what.kind === "exit") return node.what.how === "keep" ? NOTHING : undefined;
  if (node.what.kind === "state") return undefined;
  let rest: Amounts | undefined;
  for (const edge of node.out) if (edge.cause.kind !== "scheduled") rest = most(rest, a.beside[edge.to]);
  return rest && plus(own(a, id, "high"), rest);
}

// ---------------------------------------------------------------- results

function boundsOf(a: Analysis, starts: readonly NodeId[]): Bounds {
  let low: Amounts | undefined;
  let high: Amounts | undefined;
  for (const id of starts) {
    const [l, h] = [sure(a.low[id]), sure(a.high[id])];
    // A flow that a trigger started has nobody to return to: that is its end.
    low = least(low, least(l.stop, l.back));
    high = most(high, most(h.stop, h.back));
  }
  return { least: low ?? NOTHING, most: high ?? low ?? NOTHING };
}

/** From each thing that a user can do in a flow to where the bot waits. */
function turnOf(graph: FlowGraph, a: Analysis, flow: FlowDecl): Bounds | undefined {
  let low: Amounts | undefined;
  let high: Amounts | undefined;
  const add = (l: Amounts | undefined, h: Amounts | undefined): void => {
    low = least(low, l);
    high = most(high, h);
  };
  for (const node of graph.nodes) {
    if (node.flow !== flow) continue;
    for (const edge of node.out) {
      if (!edge.resets) continue;
      const low = sure(a.low[edge.to]);
      const high = sure(a.high[edge.to]);
      const callers = low.back || high.back ? callersOf(graph, a, flow, new Set()) : undefined;
      add(least(low.stop, low.back && plus(low.back, callers?.least ?? NOTHING)), undefined);
      // After the block of an `else` the ask is sent again; where it leaves instead, that is one message too many.
      const again = edge.cause.kind === "wrong" && endsAgain(graph, edge.to) ? own(a, node.id, "high") : NOTHING;
      const whole = most(high.stop, high.back && plus(high.back, callers?.most ?? NOTHING));
      add(undefined, whole && plus(whole, again));
    }
    const wrong = elseOf(node);
    if (node.what.kind !== "ask" || (wrong && !wrong.text)) continue;
    const sent = plus(own(a, node.id, "high"), wrong?.text ? message(a, undefined, "high") : NOTHING);
    add(wrong ? sent : NOTHING, sent);
  }
  return low && high ? { least: low, most: high } : undefined;
}

function endsAgain(graph: FlowGraph, id: NodeId): boolean {
  const { what, out } = nodeAt(graph, id);
  if (what.kind === "exit") return what.how === "again";
  return what.kind !== "state" && what.kind !== "ask" && out.some((edge) => endsAgain(graph, edge.to));
}

/** What follows where a flow returns in the middle of a turn. */
function callersOf(graph: FlowGraph, a: Analysis, flow: FlowDecl, seen: Set<FlowDecl>): Bounds | undefined {
  if (seen.has(flow)) return undefined;
  seen.add(flow);
  let low: Amounts | undefined;
  let high: Amounts | undefined;
  for (const node of graph.nodes) {
    for (const edge of node.out) {
      const { what } = node;
      // Over a flow that goes over into this one, too.
      const here =
        what.kind === "call" ? what.flow === flow : edge.cause.kind === "leave" && nodeAt(graph, edge.to).flow === flow;
      if (!here || edge.cause.kind === "call") continue;
      const over = what.kind !== "call";
      const outer = callersOf(graph, a, node.flow, seen);
      const [l, h] = over ? [NO_SUM, NO_SUM] : [sure(a.low[edge.to]), sure(a.high[edge.to])];
      low = least(low, over ? outer?.least : least(l.stop, l.back && plus(l.back, outer?.least ?? NOTHING)));
      high = most(high, over ? outer?.most : most(h.stop, h.back && plus(h.back, outer?.most ?? NOTHING)));
    }
  }
  seen.delete(flow);
  return low && high ? { least: low, most: high } : undefined;
}

// ---------------------------------------------------------------- loops

function addLoop(a: Analysis, component: readonly NodeId[]): void {
  const nodes = component.map((id) => nodeAt(a.input.graph, id)).sort((x, y) => x.id - y.id);
  const states = [...new Set(nodes.filter((n) => n.what.kind === "state").map(stateName))];
  const first = nodes.find((n) => n.what.kind === "state") ?? sure(nodes[0]);
  const kind = nodes.some((n) => n.what.kind === "ask") ? "answers" : "time";
  const loop: Loop = { kind, states: states.length > 0 ? states : [stateName(first)], node: first };
  for (const id of component) a.loopAt.set(id, [...(a.loopAt.get(id) ?? []), loop]);
}

/** Loops, and asks that take wrong answers for ever, on the ways from some nodes. */
function loopsFrom(graph: FlowGraph, a: Analysis, starts: readonly NodeId[]): readonly Loop[] {
  const found = new Set<Loop>();
  const wrong: Loop[] = [];
  const seen = new Set(starts);
  const queue = [...starts];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = nodeAt(graph, id);
    for (const loop of a.loopAt.get(id) ?? []) found.add(loop);
    if (node.what.kind === "ask" && wrongAnswers(elseOf(node)) === Number.POSITIVE_INFINITY) {
      wrong.push({ kind: "wrong answers", states: [stateName(node)], node });
    }
    for (const { to, cause } of node.out) {
      if (cause.kind === "scheduled" || seen.has(to)) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return [...found, ...wrong].sort((x, y) => x.node.id - y.node.id);
}

function stateName({ flow, state }: Node): string {
  return state ? `${flow.name.text}.${state.name.text}` : flow.name.text;
}

/**
 * The flow graph: what a conversation can do, as nodes (messages, asks, waits, calls, …) and edges with causes and times.
 * It knows nothing of the machine's format; checks, the compiler's report and the editor read it.
 */
import type {
  ActionDecl,
  Ask,
  Call,
  Do,
  FlowDecl,
  Handoff,
  If,
  Let,
  Match,
  React,
  Say,
  Schedule,
  Send,
  Set as SetStatement,
  StateDecl,
  Statement,
  Trigger,
  Wait,
} from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";

/** Index into `FlowGraph.nodes`. */
export type NodeId = number;

export interface FlowGraph {
  readonly nodes: readonly Node[];
  /** Where each state begins. */
  readonly states: ReadonlyMap<StateDecl, NodeId>;
  readonly triggers: ReadonlyMap<Trigger, NodeId>;
  /** Where a call of a flow begins: its first state; absent where it has none. */
  readonly entries: ReadonlyMap<FlowDecl, NodeId>;
  readonly asks: readonly NodeId[];
  /** Flows that a `call` or an arrow of another flow names. */
  readonly entered: ReadonlySet<FlowDecl>;
  /** Flows with a way whose end is not known, by a mistake that is reported: what they seem not to reach says nothing. */
  readonly broken: ReadonlySet<FlowDecl>;
  /** First statements that nothing leads to, one of each sequence. */
  readonly unreachable: readonly Unreachable[];
}

export interface Unreachable {
  readonly statement: Statement;
  /** Of the same sequence: nothing leads to what stands between, either. */
  readonly last: Statement;
  /** Of its state; of its flow where it stands in the clauses that the flow gives to its asks. */
  readonly within: string;
}

export interface Node {
  readonly id: NodeId;
  readonly flow: FlowDecl;
  /** `undefined` in the `else` and `after` that a flow gives to all its asks, and for its triggers. */
  readonly state: StateDecl | undefined;
  readonly what: NodeKind;
  readonly out: readonly Edge[];
}

export type NodeKind =
  | { readonly kind: "trigger"; readonly syntax: Trigger }
  | { readonly kind: "state"; readonly syntax: StateDecl }
  | { readonly kind: "message"; readonly syntax: Say | Send | React; readonly template: boolean }
  | { readonly kind: "ask"; readonly syntax: Ask; readonly template: boolean }
  | { readonly kind: "wait"; readonly syntax: Wait }
  | { readonly kind: "action"; readonly syntax: Let | SetStatement | Do; readonly action: ActionDecl }
  | { readonly kind: "call"; readonly syntax: Call; readonly flow: FlowDecl | undefined }
  | { readonly kind: "handoff"; readonly syntax: Handoff }
  | { readonly kind: "branch"; readonly syntax: If | Match }
  | { readonly kind: "schedule"; readonly syntax: Schedule }
  /**
   * `keep`: a block of `after` ends and the ask waits on. `again`: a block of `else` ends and the ask is sent again.
   * `go`: an arrow to a state that stands by itself, as the arm that all asks of a flow share. `off`: the end is missing.
   */
  | { readonly kind: "exit"; readonly how: Exit; readonly syntax: Span };

export type Exit = "end" | "resume" | "return" | "leave" | "go" | "forget" | "keep" | "again" | "off";

export interface Edge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly cause: Cause;
  /** The longest time that passes on the way, in ms; `Infinity` where it has no bound. */
  readonly ms: number;
  /** The user has written: the age of the last message is `ms` at the end of this edge. */
  readonly resets: boolean;
  /** Taken only while `window.open` is true. */
  readonly whileOpen: boolean;
  /** What to show for it. */
  readonly span: Span;
}

export type Cause =
  | { readonly kind: "next" | "go" | "typed" | "wrong" | "empty" | "ok" | "failed" | "then" | "otherwise" | "back" }
  | { readonly kind: "option" | "case"; readonly name: string }
  | { readonly kind: "after" | "wait"; readonly ms: number }
  /** Into a flow that returns, or into one for good. */
  | { readonly kind: "call" | "leave" }
  /** Over a call to what follows it; its time depends on the flow that is called. */
  | { readonly kind: "returned" }
  | { readonly kind: "trigger" }
  | { readonly kind: "scheduled"; readonly name: string };

/** Whether the conversation stops on this edge and waits for the user, for people or for the clock. */
export function waits(graph: FlowGraph, edge: Edge): boolean {
  return waitsFrom(nodeAt(graph, edge.from).what.kind, edge.cause.kind);
}

function waitsFrom(from: NodeKind["kind"], cause: Cause["kind"]): boolean {
  if (cause === "scheduled") return true;
  return from === "wait" || from === "handoff" || (from === "ask" && cause !== "empty");
}

export function nodeAt(graph: FlowGraph, id: NodeId): Node {
  const node = graph.nodes[id];
  if (!node) throw new RangeError(`no node ${id} in the flow graph`);
  return node;
}

/** Where the flow begins that a node calls; absent for other nodes, and where that flow has no state. */
export function calledAt(graph: FlowGraph, { what }: Node): NodeId | undefined {
  return what.kind === "call" && what.flow ? graph.entries.get(what.flow) : undefined;
}

/** Tells the nodes that can be reached from `roots`, over every kind of edge. */
export function reachableFrom(graph: FlowGraph, roots: Iterable<NodeId>): (node: NodeId) => boolean {
  const arcs = arcsOf(graph);
  const seen = new Uint8Array(graph.nodes.length);
  const queue = [...roots];
  for (const root of queue) seen[root] = 1;
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) see(arcs, id, seen, queue);
  return (node) => seen[node] === 1;
}

function see({ first, to }: Arcs, id: NodeId, seen: Uint8Array, queue: NodeId[]): void {
  const end = sure(first[id + 1]);
  for (let arc = sure(first[id]); arc < end; arc++) {
    const next = sure(to[arc]);
    if (seen[next] === 1) continue;
    seen[next] = 1;
    queue.push(next);
  }
}

/**
 * Where conversations begin: the triggers that something can fire, and the first states of flows that have no trigger
 * and are entered from nowhere (so that one unused flow is one finding and not one for each state).
 */
export function rootsOf(graph: FlowGraph): readonly NodeId[] {
  const roots: NodeId[] = [];
  for (const [trigger, id] of graph.triggers) if (trigger.on.kind !== "OnScheduled") roots.push(id);
  for (const [flow, id] of graph.entries) {
    if (flow.triggers.length === 0 && !graph.entered.has(flow)) roots.push(id);
  }
  return roots;
}

// ---------------------------------------------------------------- arcs

/**
 * The edges as numbers side by side. The edges themselves lie all over the memory: of a walk over all of them, of which the
 * rules make a dozen, fetching them is nearly all the time. Of node `n` those from `first[n]` up to, without, `first[n + 1]`.
 */
export interface Arcs {
  readonly first: Int32Array;
  readonly to: Int32Array;
  /** What each is: bits of `ARC`. */
  readonly is: Uint8Array;
}

export const ARC = { waits: 1, call: 2, leave: 4, returned: 8, scheduled: 16 } as const;

const knownArcs = new WeakMap<readonly Node[], Arcs>();

/** In the order of the edges. Worked out once for the nodes of a graph, which never change. */
export function arcsOf({ nodes }: Pick<FlowGraph, "nodes">): Arcs {
  const known = knownArcs.get(nodes);
  if (known) return known;
  const first = new Int32Array(nodes.length + 1);
  for (const { id, out } of nodes) first[id + 1] = sure(first[id]) + out.length;
  const count = sure(first[nodes.length]);
  const arcs: Arcs = { first, to: new Int32Array(count), is: new Uint8Array(count) };
  for (const node of nodes) addArcs(arcs, node);
  knownArcs.set(nodes, arcs);
  return arcs;
}

function addArcs({ first, to, is }: Arcs, { id, what, out }: Node): void {
  let arc = sure(first[id]);
  for (const { to: end, cause } of out) {
    to[arc] = end;
    is[arc++] = bitsOf(what.kind, cause.kind);
  }
}

function bitsOf(from: NodeKind["kind"], cause: Cause["kind"]): number {
  const waiting = waitsFrom(from, cause) ? ARC.waits : 0;
  switch (cause) {
    case "scheduled":
    case "call":
    case "leave":
    case "returned":
      return waiting | ARC[cause];
    default:
      return waiting;
  }
}

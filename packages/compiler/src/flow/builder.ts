/** What the flow graph is built with: nodes under construction, and ways that do not know yet where they lead. */
import type { Names } from "../bind/names.ts";
import type { FlowDecl, StateDecl, Trigger } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import type { Types } from "../types/type.ts";
import type { Cause, Edge, Exit, Node, NodeId, NodeKind, Unreachable } from "./graph.ts";

/** Ways that are open at one point: edges that do not know yet where they lead. */
export type Ways = readonly Way[];

/** An edge whose end is set when it is known; each way is connected once. */
export type Way = { -readonly [K in keyof Edge]: Edge[K] };

/** The end of a way that leads nowhere yet. */
const NOWHERE: NodeId = -1;

interface MutableNode extends Node {
  readonly out: Edge[];
}

export interface Builder {
  readonly names: Names;
  readonly types: Types;
  readonly nodes: MutableNode[];
  readonly states: Map<StateDecl, NodeId>;
  readonly triggers: Map<Trigger, NodeId>;
  readonly entries: Map<FlowDecl, NodeId>;
  readonly asks: NodeId[];
  readonly entered: Set<FlowDecl>;
  readonly broken: Set<FlowDecl>;
  readonly unreachable: Unreachable[];
  /** Where the flow's own clauses begin; every ask without its own leads there. */
  shared: {
    readonly wrong: NodeId | undefined;
    readonly afters: readonly { readonly ms: number; readonly to: NodeId; readonly span: Span }[];
  };
  flow: FlowDecl;
  state: StateDecl | undefined;
}

export const NO_WAYS: Ways = [];

export function addNode(b: Builder, what: NodeKind, ways: Ways): NodeId {
  const id = b.nodes.length;
  b.nodes.push({ id, flow: b.flow, state: b.state, what, out: [] });
  connect(b, ways, id);
  return id;
}

export function connect(b: Builder, ways: Ways, to: NodeId): void {
  for (const way of ways) {
    way.to = to;
    b.nodes[way.from]?.out.push(way);
  }
}

export function one(from: NodeId, cause: Cause, span: Span, ms = 0): Way {
  return { from, to: NOWHERE, cause, ms, resets: false, whileOpen: false, span };
}

export function way(from: NodeId, cause: Cause, span: Span, ms = 0): Ways {
  return [one(from, cause, span, ms)];
}

/** The user has written; `ms`: so long ago at most. */
export function answered(from: NodeId, cause: Cause, span: Span, ms = 0): Ways {
  return [{ from, to: NOWHERE, cause, ms, resets: true, whileOpen: false, span }];
}

export function exit(b: Builder, ways: Ways, how: Exit, syntax: Span): NodeId {
  return addNode(b, { kind: "exit", how, syntax }, ways);
}

export function runOff(b: Builder, ways: Ways, syntax: Span): void {
  if (ways.length > 0) exit(b, ways, "off", syntax);
}

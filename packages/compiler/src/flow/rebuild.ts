/** A graph in which some flows are built anew; the others keep their nodes, and all keep their numbers. */

import type { Names } from "../bind/names.ts";
import type { FlowDecl, StateDecl, Trigger } from "../syntax/ast.ts";
import type { Source } from "../text/source.ts";
import { hasOptions } from "../types/rows.ts";
import type { Types } from "../types/type.ts";
import { buildFlow, NOTHING_SHARED } from "./build.ts";
import type { Builder } from "./builder.ts";
import type { FlowGraph, Node, NodeId } from "./graph.ts";

/**
 * The graph with the flows of sources that are not `kept` built anew; undefined where their nodes do not have the numbers
 * that they had, or where ways begin in one flow that end in another without naming it.
 */
export function rebuildGraph(
  names: Names,
  types: Types,
  before: FlowGraph,
  kept: (source: Source) => boolean,
): FlowGraph | undefined {
  if (before.broken.size > 0 || before.unreachable.length > 0) return undefined;
  const flows = [...names.flows.values()];
  const [first] = flows;
  const nodes = [...before.nodes] as Builder["nodes"];
  const last = nodes.at(-1);
  if (!first || !last || nodes.some(({ what }) => what.kind === "schedule")) return undefined;
  const ranges = rangesOf(before);
  if (ranges.length !== flows.length) return undefined;
  const open: { readonly flow: FlowDecl; readonly range: Range }[] = [];
  for (const [i, flow] of flows.entries()) {
    const range = ranges[i];
    if (!range || range.flow.name.text !== flow.name.text) return undefined;
    if (!kept(flow.source)) open.push({ flow, range });
    else if (range.flow !== flow) return undefined;
  }
  for (const { flow, range } of open) {
    if (range.states.length !== flow.states.length) return undefined;
    for (const [at, state] of flow.states.entries()) {
      const id = range.states[at] ?? 0;
      nodes[id] = { id, flow, state, what: { kind: "state", syntax: state }, out: [] };
    }
  }
  const tables = tablesOf(nodes);
  const entered = new Set<FlowDecl>();
  for (const { flow, range } of open) {
    const b: Builder = {
      names,
      types,
      nodes: nodes.slice(0, range.start),
      states: tables.states as Builder["states"],
      triggers: new Map(),
      entries: tables.entries as Builder["entries"],
      asks: [],
      entered,
      broken: new Set(),
      unreachable: [],
      shared: NOTHING_SHARED,
      flow,
      state: undefined,
    };
    buildFlow(b, flow);
    if (b.nodes.length !== range.end || b.broken.size + b.unreachable.length > 0) return undefined;
    for (let id = range.start; id < range.end; id++) nodes[id] = b.nodes[id] as Builder["nodes"][number];
  }
  for (const { what, out } of nodes) {
    if (what.kind === "schedule") return undefined;
    for (const { cause, to } of out) {
      const into = cause.kind === "call" || cause.kind === "leave" ? nodes[to]?.flow : undefined;
      if (into) entered.add(into);
    }
  }
  return { ...tablesOf(nodes), nodes, entered, broken: new Set(), unreachable: [] };
}

/** The numbers of a flow's nodes. */
interface Range {
  readonly flow: FlowDecl;
  readonly states: readonly NodeId[];
  readonly start: NodeId;
  readonly end: NodeId;
}

/** States of all flows come first; behind them what is in each flow, in the order of the flows. Empty where one has no nodes. */
function rangesOf({ nodes, states, entries }: FlowGraph): readonly Range[] {
  const ranges: Range[] = [];
  const own = new Map<FlowDecl, NodeId[]>();
  for (const [, id] of states) {
    const node = nodes[id];
    if (node) own.set(node.flow, [...(own.get(node.flow) ?? []), id]);
  }
  for (let start = states.size; start < nodes.length; ) {
    const flow = nodes[start]?.flow;
    let end = start;
    while (end < nodes.length && nodes[end]?.flow === flow) end++;
    if (flow && entries.has(flow)) ranges.push({ flow, states: own.get(flow) ?? [], start, end });
    start = end;
  }
  return ranges;
}

/** What analyses of ways and times see of a node; texts and places are not in it. */
export function shapeOf({ what, out }: Node): string {
  const ways = out.map(({ to, cause, ms, resets, whileOpen, span }) => {
    const name = "name" in cause ? cause.name : "";
    return `${to} ${cause.kind} ${name} ${ms} ${resets} ${whileOpen} ${span === (what as { syntax?: unknown }).syntax}`;
  });
  return `${kindOf(what)}|${ways.join("|")}`;
}

function kindOf(what: Node["what"]): string {
  switch (what.kind) {
    case "trigger": {
      const { anytime, on } = what.syntax;
      return `trigger ${anytime} ${on.kind} ${"name" in on ? on.name.text : ""}`;
    }
    case "state":
      return `state ${what.syntax.name.text}`;
    case "message":
      return `message ${what.template} ${what.syntax.kind}`;
    case "ask":
      return `ask ${what.template} ${what.syntax.ask} ${what.syntax.once} ${hasOptions(what.syntax)}`;
    case "action":
      return `action ${what.action.name.text} ${what.action.clauses.some((c) => c.kind === "Once")}`;
    case "call":
      return `call ${what.flow?.name.text}`;
    case "schedule":
      return `schedule ${what.syntax.when}`;
    case "exit":
      return `exit ${what.how}`;
    case "wait":
    case "handoff":
    case "branch":
      return what.kind;
  }
}

/** Whether analyses see the same in both. */
export function sameShape(a: FlowGraph, b: FlowGraph): boolean {
  if (a.nodes.length !== b.nodes.length || a.unreachable.length + b.unreachable.length > 0) return false;
  if (a.broken.size + b.broken.size > 0 || a.entered.size !== b.entered.size) return false;
  return a.nodes.every((node, i) => {
    const other = b.nodes[i];
    if (other === node) return true;
    if (!other || other.flow.name.text !== node.flow.name.text) return false;
    return other.state?.name.text === node.state?.name.text && shapeOf(node) === shapeOf(other);
  });
}

/** The tables of a graph that can be read off its nodes. */
export function tablesOf(nodes: readonly Node[]): Pick<FlowGraph, "states" | "triggers" | "entries" | "asks"> {
  const states = new Map<StateDecl, NodeId>();
  const triggers = new Map<Trigger, NodeId>();
  const entries = new Map<FlowDecl, NodeId>();
  const asks: NodeId[] = [];
  for (const { id, what, flow } of nodes) {
    if (what.kind === "ask") asks.push(id);
    else if (what.kind === "trigger") triggers.set(what.syntax, id);
    else if (what.kind === "state") {
      states.set(what.syntax, id);
      if (!entries.has(flow)) entries.set(flow, id);
    }
  }
  return { states, triggers, entries, asks };
}

/** A graph in which some flows are built anew; the others keep their nodes, and all keep their numbers. */
import { hasOptions } from "../types/rows.ts";
import type { FlowDecl, StateDecl, Trigger } from "../syntax/ast.ts";
import type { FlowGraph, Node, NodeId } from "./graph.ts";

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
export function tablesOf(
  nodes: readonly Node[],
): Pick<FlowGraph, "states" | "triggers" | "entries" | "asks"> {
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

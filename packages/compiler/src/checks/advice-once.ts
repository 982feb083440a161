/**
 * P9003: a second tap on an earlier ask does not do again what is to be done once. From each call of a `once` action all
 * ways lead back to the asks whose options bring the conversation there; those have to be answered only once.
 */
import type { Edit, Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { calledAt, type Edge, type FlowGraph, type Node, type NodeId, nodeAt, reachableFrom } from "../flow/graph.ts";
import type { Ask, AskKind } from "../syntax/ast.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { hasOptions } from "../types/rows.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function onceActionsOnce({ graph }: FlowProgram, report: Report): void {
  const calls = graph.nodes.filter(({ what }) => what.kind === "action" && isOnce(what.action));
  if (calls.length === 0) return;
  const ways = waysBack(graph);
  for (const call of calls) {
    const asks = lastAsks(graph, ways, call.id).filter(({ once }) => !once);
    const [first] = asks;
    if (call.what.kind !== "action" || !first) continue;
    const related = asks.map((ask) => ({ span: headOf(ask), message: "a second tap on this would come here again" }));
    const args = { action: call.what.action.name.text };
    report(diagnostic("P9003", place(call.what.syntax), args, { related, fixes: [askOnce(asks)] }));
  }
}

export function isOnce({ clauses }: Extract<Node["what"], { kind: "action" }>["action"]): boolean {
  return clauses.some(({ kind }) => kind === "Once");
}

function headOf(ask: Ask): ReturnType<typeof place> {
  return place(ask.body ?? ask.askWord ?? ask);
}

function askOnce(asks: readonly Ask[]): Fix {
  const edits = asks.map(({ source, start }): Edit => {
    const end = start + "ask".length;
    return { span: { source, start: end, end }, text: " once" };
  });
  return { title: "Let it be answered once: `ask once`", safe: false, edits };
}

// ---------------------------------------------------------------- ways back

interface WaysBack {
  readonly before: readonly (readonly Edge[])[];
  /** Where the flows that a call can be in return. */
  readonly returns: ReadonlyMap<NodeId, readonly NodeId[]>;
}

function waysBack(graph: FlowGraph): WaysBack {
  const before: Edge[][] = graph.nodes.map(() => []);
  for (const { out } of graph.nodes) for (const edge of out) sure(before[edge.to]).push(edge);
  const returns = new Map<NodeId, readonly NodeId[]>();
  for (const node of graph.nodes) {
    const entry = calledAt(graph, node);
    if (entry !== undefined) returns.set(node.id, returnsFrom(graph, entry));
  }
  return { before, returns };
}

/** In the frame that begins there: calls are stepped over, arrows to other flows followed. */
function returnsFrom(graph: FlowGraph, entry: NodeId): readonly NodeId[] {
  const seen = new Set<NodeId>([entry]);
  const found: NodeId[] = [];
  for (const id of seen) {
    const { what, out } = nodeAt(graph, id);
    if (what.kind === "exit" && what.how === "return") found.push(id);
    for (const { to, cause } of out) if (cause.kind !== "call" && cause.kind !== "scheduled") seen.add(to);
  }
  return found;
}

/** Files whose ways this rule looks at: what stands in others makes no difference to it. */
export function leadingToOnce(graph: FlowGraph): ReadonlySet<Source> {
  const found = new Set<Source>();
  const calls = graph.nodes.filter(({ what }) => what.kind === "action" && isOnce(what.action));
  if (calls.length === 0) return found;
  const ways = waysBack(graph);
  const called = new Set<NodeId>();
  for (const call of calls) {
    for (const id of waysTo(graph, ways, call.id).seen) {
      const node = nodeAt(graph, id);
      found.add(node.flow.source);
      const entry = calledAt(graph, node);
      if (entry !== undefined) called.add(entry);
    }
  }
  // Whether a call passes, all that it comes to can tell.
  const within = reachableFrom(graph, called);
  for (const { id, flow } of graph.nodes) if (within(id)) found.add(flow.source);
  return found;
}

/** The asks that a tap can bring here from, without another such ask in between. */
function lastAsks(graph: FlowGraph, ways: WaysBack, call: NodeId): readonly Ask[] {
  return [...waysTo(graph, ways, call).asks].sort((a, b) => a.start - b.start);
}

function waysTo(
  graph: FlowGraph,
  ways: WaysBack,
  call: NodeId,
): { readonly asks: ReadonlySet<Ask>; readonly seen: readonly NodeId[] } {
  const found = new Set<Ask>();
  const calls = new Set<NodeId>();
  // A flow that is come to from its `return` is left for its caller there, and nowhere else.
  const seen = { open: new Set<NodeId>([call]), inside: new Set<NodeId>() };
  for (const level of [seen.open, seen.inside]) {
    for (const id of level) {
      for (const edge of sure(ways.before[id])) {
        const { what } = nodeAt(graph, edge.from);
        if (what.kind === "ask" && (what.syntax.once || isReopened(what.syntax, edge))) found.add(what.syntax);
        else if (edge.cause.kind === "returned") {
          calls.add(edge.from);
          for (const exit of ways.returns.get(edge.from) ?? []) seen.inside.add(exit);
          if (passes(graph, edge.from)) level.add(edge.from);
        } else if (edge.cause.kind !== "call" || level === seen.open) level.add(edge.from);
      }
    }
  }
  return { asks: found, seen: [...seen.open, ...seen.inside, ...calls] };
}

/** Whether the flow that is called can return without an ask that a tap answers. */
function passes(graph: FlowGraph, call: NodeId, within: ReadonlySet<NodeId> = new Set()): boolean {
  const entry = calledAt(graph, nodeAt(graph, call));
  if (entry === undefined) return true;
  // A flow that calls itself is a mistake of its own (P5008).
  if (within.has(call)) return false;
  const inside = new Set([...within, call]);
  const seen = new Set<NodeId>([entry]);
  for (const id of seen) {
    const node = nodeAt(graph, id);
    if (node.what.kind === "exit" && node.what.how === "return") return true;
    for (const edge of node.out) {
      if (edge.cause.kind === "call" || edge.cause.kind === "scheduled") continue;
      if (node.what.kind === "ask" && (node.what.syntax.once || isReopened(node.what.syntax, edge))) continue;
      if (edge.cause.kind === "returned" && !passes(graph, id, inside)) continue;
      seen.add(edge.to);
    }
  }
  return false;
}

/** Kinds whose answer names the message that it answers. */
const QUOTING: ReadonlySet<AskKind> = new Set<AskKind>([
  "location",
  "contact",
  "product",
  "products",
  "catalog",
  "form",
  "address",
]);

/** Whether this answer can come again later: what was typed cannot, since it answers the waiting ask. */
function isReopened(ask: Ask, { cause, span }: Edge): boolean {
  if (cause.kind === "option") return true;
  return cause.kind === "typed" && span === ask && (QUOTING.has(ask.ask) || hasOptions(ask));
}

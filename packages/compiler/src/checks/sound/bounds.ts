/** What is known of a whole project in which the rules about its graph find nothing: each of its files leans on that. */
import { agesOf, solve } from "../../flow/ages.ts";
import type { FlowGraph, Node, NodeId } from "../../flow/graph.ts";
import { nodeAt, reachableFrom, rootsOf } from "../../flow/graph.ts";
import { interruptions, isBusiness, withinTurns } from "../../flow/interruptions.ts";
import { holds, longestHold } from "../../flow/kept.ts";
import { type Context, contextOf, floorsOf, greatest } from "../../flow/links.ts";
import { type Passage, passages } from "../../flow/passages.ts";
import type { Times } from "../../flow/window.ts";
import type { FlowDecl } from "../../syntax/ast.ts";
import { keyOf, type Source } from "../../text/source.ts";
import { leadingToOnce } from "../advice-once.ts";
import { flowsThatPass, quick, returnsAtOnce } from "../flow-loops.ts";
import { tellsOfPeople } from "../people.ts";

export interface Bounds {
  /** By key of the source. */
  readonly files: ReadonlyMap<string, FileBounds>;
  /** By name, of flows that have an entry. */
  readonly flows: ReadonlyMap<string, FlowBounds>;
  readonly context: Pick<Context, "delay" | "kept" | "held">;
  readonly hold: number;
  /** The longest time that actions of one way take. */
  readonly longest: number;
  /** The greatest age at a `-> resume` after a message, and that at which what it interrupts goes on. */
  readonly resumed: number;
  readonly takenUp: number | undefined;
  readonly calls: boolean;
  readonly resumes: boolean;
  readonly handoffs: boolean;
}

export interface FileBounds {
  readonly flows: ReadonlySet<string>;
  readonly triggers: string;
  /** From its flows into flows. */
  readonly ways: ReadonlySet<string>;
  /** Of these, those into other files that a conversation can take. */
  readonly taken: ReadonlySet<string>;
  /** A flow that interrupts others comes here. */
  readonly interrupts: boolean;
  /** A call of a `once` action can be come to from here. */
  readonly once: boolean;
  readonly people: boolean;
}

export interface FlowBounds {
  readonly age: number | undefined;
  /** From a node of another file: at all, and on a way that a conversation can take. */
  readonly entered: boolean;
  readonly reached: boolean;
  readonly returns: Passage | undefined;
  readonly resumes: Passage | undefined;
  /** Comes to its `return` without waiting. */
  readonly passes: boolean;
  readonly hold: number;
  /** Flows of other files that are come to without waiting. */
  readonly quick: ReadonlySet<string>;
}

interface Measured {
  readonly graph: FlowGraph;
  readonly reached: (id: NodeId) => boolean;
  readonly passing: ReadonlySet<NodeId>;
}

export function boundsOf(graph: FlowGraph, times: Times): Bounds {
  const context = contextOf(graph, times);
  const resumed = greatest(floorsOf(context, (links, roots) => solve(links, roots).at));
  const calls = graph.nodes.some(({ what }) => what.kind === "call");
  const resumes = graph.nodes.some(isResume);
  const scheduled = [...graph.triggers].filter(([trigger]) => trigger.on.kind === "OnScheduled").map(([, id]) => id);
  const reached = reachableFrom(graph, [...rootsOf(graph), ...scheduled]);
  const measured: Measured = { graph, reached, passing: flowsThatPass(graph) };
  const { at } = agesOf(graph, times);
  const { delay, kept, held } = context;
  return {
    files: filesOf(measured, resumes),
    flows: flowsOf(measured, {
      at,
      returns: calls ? passages(graph, "return", { delay, resumed }) : undefined,
      resumes: resumes ? passages(graph, "resume") : undefined,
    }),
    context: { delay, kept, held },
    hold: longestHold(graph),
    longest: holds(graph).reduce((a, b) => Math.max(a, b), 0),
    resumed,
    takenUp: at[graph.nodes.length],
    calls,
    resumes,
    handoffs: graph.nodes.some(({ what }) => what.kind === "handoff"),
  };
}

export function isResume({ what }: Node): boolean {
  return what.kind === "exit" && what.how === "resume";
}

/** Of ways from one flow into one: who, how, and into which. */
export function wayInto(graph: FlowGraph, { from, to, cause }: Node["out"][number]): string | undefined {
  if (cause.kind !== "call" && cause.kind !== "leave") return undefined;
  return `${nodeAt(graph, from).flow.name.text} ${cause.kind} ${nodeAt(graph, to).flow.name.text}`;
}

export function triggersOf(nodes: readonly Node[]): string {
  const told = nodes.flatMap(({ flow, what }) => {
    if (what.kind !== "trigger") return [];
    const { anytime, on } = what.syntax;
    return [`${flow.name.text} ${anytime} ${on.kind} ${"name" in on ? on.name.text : ""}`];
  });
  return told.join("\n");
}

// ---------------------------------------------------------------- files

function filesOf({ graph, reached }: Measured, resumes: boolean): ReadonlyMap<string, FileBounds> {
  const nodes = new Map<Source, Node[]>();
  for (const node of graph.nodes) {
    const known = nodes.get(node.flow.source);
    if (known) known.push(node);
    else nodes.set(node.flow.source, [node]);
  }
  const turns = resumes ? interrupting(graph) : new Set<Source>();
  const once = leadingToOnce(graph);
  const found = new Map<string, FileBounds>();
  for (const [source, own] of nodes) {
    const ways = new Set<string>();
    const taken = new Set<string>();
    for (const node of own) {
      for (const edge of node.out) {
        const into = wayInto(graph, edge);
        if (into === undefined) continue;
        ways.add(into);
        if (reached(node.id) && nodeAt(graph, edge.to).flow.source !== source) taken.add(into);
      }
    }
    found.set(keyOf(source), {
      flows: new Set(own.map(({ flow }) => flow.name.text)),
      triggers: triggersOf(own),
      ways,
      taken,
      interrupts: turns.has(source),
      once: once.has(source),
      people: own.some((node) => tellsOfPeople(node) && reached(node.id)),
    });
  }
  return found;
}

function interrupting(graph: FlowGraph): ReadonlySet<Source> {
  const roots = [...interruptions(graph).starts.keys()];
  for (const [trigger, id] of graph.triggers) if (isBusiness(trigger.on.kind)) roots.push(id);
  const found = new Set<Source>();
  for (const id of withinTurns(graph, roots)) found.add(nodeAt(graph, id).flow.source);
  return found;
}

// ---------------------------------------------------------------- flows

interface Values {
  readonly at: readonly (number | undefined)[];
  readonly returns: readonly Passage[] | undefined;
  readonly resumes: readonly Passage[] | undefined;
}

function flowsOf({ graph, reached, passing }: Measured, values: Values): ReadonlyMap<string, FlowBounds> {
  const atOnce = returnsAtOnce(graph, passing);
  const hold = holds(graph);
  const { entered, taken } = enteredFromOutside(graph, reached);
  const found = new Map<string, FlowBounds>();
  for (const [flow, entry] of graph.entries) {
    found.set(flow.name.text, {
      age: values.at[entry],
      entered: entered.has(flow),
      reached: taken.has(flow),
      returns: values.returns?.[entry],
      resumes: values.resumes?.[entry],
      passes: atOnce.has(entry),
      hold: hold[entry] ?? 0,
      quick: quickWays(graph, entry, passing),
    });
  }
  return found;
}

function enteredFromOutside(
  graph: FlowGraph,
  reached: (id: NodeId) => boolean,
): { readonly entered: ReadonlySet<FlowDecl>; readonly taken: ReadonlySet<FlowDecl> } {
  const entered = new Set<FlowDecl>();
  const taken = new Set<FlowDecl>();
  for (const { id, flow, out } of graph.nodes) {
    for (const { to, cause } of out) {
      if (cause.kind !== "call" && cause.kind !== "leave") continue;
      const into = nodeAt(graph, to).flow;
      if (into.source === flow.source) continue;
      entered.add(into);
      if (reached(id)) taken.add(into);
    }
  }
  return { entered, taken };
}

/** Names of flows of other files that are come to from an entry, within its file, without waiting. */
export function quickWays(graph: FlowGraph, entry: NodeId, passing: ReadonlySet<NodeId>): ReadonlySet<string> {
  const { source } = nodeAt(graph, entry).flow;
  const found = new Set<string>();
  const seen = new Set<NodeId>([entry]);
  for (const id of seen) {
    const { flow } = nodeAt(graph, id);
    if (flow.source !== source) found.add(flow.name.text);
    else for (const to of quick(graph, id, passing)) seen.add(to);
  }
  return found;
}

/** The flow graph of one file by itself, and what the rest of a project has to know of it. */
import type { Names } from "../bind/names.ts";
import type { FlowDecl } from "../syntax/ast.ts";
import { hasOptions } from "../types/rows.ts";
import type { Types } from "../types/type.ts";
import { buildFlow, declareStates, NOTHING_SHARED } from "./build.ts";
import type { Builder } from "./builder.ts";
import type { FlowGraph, Node, NodeId } from "./graph.ts";
import { constantMs } from "./time.ts";

/** Numbers are of this part only. Schedules lead nowhere in it. */
export interface Part {
  /** Of the flows of the file; each flow of another file that these enter is one node, which leads nowhere. */
  readonly graph: FlowGraph;
  readonly flows: readonly FlowDecl[];
  /** Entries of flows of other files, with where they stand in `graph`. */
  readonly outside: ReadonlyMap<FlowDecl, NodeId>;
  /** An arrow or call names no flow: it may have been meant for any. */
  readonly lost: boolean;
}

/** `flows`: of one file, those that their names mean. */
export function buildPart(names: Names, types: Types, flows: readonly FlowDecl[]): Part {
  const [first] = flows;
  const entries = new Entries();
  const graph = {
    nodes: [],
    states: new Map(),
    triggers: new Map(),
    entries,
    asks: [],
    entered: new Set<FlowDecl>(),
    broken: new Set<FlowDecl>(),
    unreachable: [],
  };
  if (!first) return { graph, flows, outside: new Map(), lost: false };
  const b: Builder = { ...graph, names, types, shared: NOTHING_SHARED, flow: first, state: undefined };
  for (const flow of flows) {
    entries.own.add(flow);
    declareStates(b, flow);
  }
  for (const flow of flows) buildFlow(b, flow);
  const lost = b.broken.size === names.flows.size;
  return { graph, flows, outside: addOutside(b, entries), lost };
}

/** While a part is built: flows of other files stand at numbers below zero. */
class Entries extends Map<FlowDecl, NodeId> {
  readonly own = new Set<FlowDecl>();
  readonly outside: FlowDecl[] = [];

  override get(flow: FlowDecl): NodeId | undefined {
    const known = super.get(flow);
    if (known !== undefined || this.own.has(flow) || flow.states.length === 0) return known;
    this.outside.push(flow);
    this.set(flow, -this.outside.length);
    return -this.outside.length;
  }
}

function addOutside(b: Builder, { outside }: Entries): ReadonlyMap<FlowDecl, NodeId> {
  const found = new Map<FlowDecl, NodeId>();
  const size = b.nodes.length;
  for (const { out } of b.nodes) {
    for (const edge of out) if (edge.to < 0) (edge as { to: NodeId }).to = size - edge.to - 1;
  }
  for (const flow of outside) {
    const id = b.nodes.length;
    b.nodes.push({ id, flow, state: undefined, what: { kind: "exit", how: "leave", syntax: flow.name }, out: [] });
    b.entries.set(flow, id);
    found.set(flow, id);
  }
  return found;
}

/** What is remembered of a part. Texts and places are not in it, and nothing holds on to its tree. */
export interface PartFacts {
  /** What analyses of ways and times see; equal ones are the same to them. */
  readonly shape: string;
  /** Names of flows that a call or an arrow names. */
  readonly entered: ReadonlySet<string>;
  /** Names of flows of the file with a way whose end is not known. */
  readonly broken: readonly string[];
  readonly lost: boolean;
  /** A statement that nothing leads to stands in it. */
  readonly unreachable: boolean;
}

export function factsOf({ graph, flows, lost }: Part): PartFacts {
  const nodes = graph.nodes.map((node) => `${node.flow.name.text}.${node.state?.name.text}|${shapeOf(node)}`);
  return {
    shape: nodes.join("\n"),
    entered: new Set([...graph.entered].map((flow) => flow.name.text)),
    broken: lost ? [] : flows.filter((flow) => graph.broken.has(flow)).map((flow) => flow.name.text),
    lost,
    unreachable: graph.unreachable.length > 0,
  };
}

function shapeOf({ what, out }: Node): string {
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
      return `message ${what.template} ${what.syntax.kind} ${what.syntax.kind === "Send" ? what.syntax.what.kind : ""}`;
    case "ask":
      return `ask ${what.template} ${what.syntax.ask} ${what.syntax.once} ${hasOptions(what.syntax)}`;
    case "action":
      return `action ${what.action.name.text} ${what.action.clauses.some((c) => c.kind === "Once")}`;
    case "call":
      return `call ${what.flow?.name.text}`;
    case "schedule": {
      const { when, time, name } = what.syntax;
      return `schedule ${name.text} ${when} ${when === "in" ? constantMs(time) : ""}`;
    }
    case "exit":
      return `exit ${what.how}`;
    case "wait":
    case "handoff":
    case "branch":
      return what.kind;
  }
}

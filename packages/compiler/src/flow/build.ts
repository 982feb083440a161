/** The flow graph of a project, from its tree, names and types. */
import { calledAction, type Names } from "../bind/names.ts";
import type {
  Arm,
  Arrow,
  Ask,
  AskClause,
  Block,
  Call,
  Do,
  FlowDecl,
  Handoff,
  If,
  Let,
  Match,
  Set as SetStatement,
  Statement,
  Trigger,
} from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { gatherMs } from "../types/gather.ts";
import { hasOptions, impliedCases } from "../types/rows.ts";
import type { Types } from "../types/type.ts";
import { ACTION_TIMEOUT_MS } from "./action.ts";
import {
  addNode,
  answered,
  type Builder,
  connect,
  exit,
  NO_WAYS,
  one,
  runOff,
  type Way,
  type Ways,
  way,
} from "./builder.ts";
import type { Exit, FlowGraph, NodeId } from "./graph.ts";
import { leaves } from "./leaves.ts";
import { constantMs } from "./time.ts";
import { whenFalse, whenTrue } from "./window-condition.ts";

export const NOTHING_SHARED: Builder["shared"] = { wrong: undefined, afters: [] };

export function buildGraph(names: Names, types: Types): FlowGraph {
  const flows = [...names.flows.values()];
  const [first] = flows;
  const graph = {
    nodes: [],
    states: new Map(),
    triggers: new Map(),
    entries: new Map(),
    asks: [],
    entered: new Set<FlowDecl>(),
    broken: new Set<FlowDecl>(),
    unreachable: [],
  };
  if (!first) return graph;
  const b: Builder = { ...graph, names, types, shared: NOTHING_SHARED, flow: first, state: undefined };
  for (const flow of flows) declareStates(b, flow);
  for (const flow of flows) buildFlow(b, flow);
  connectSchedules(b);
  return graph;
}

// ---------------------------------------------------------------- flows

export function declareStates(b: Builder, flow: FlowDecl): void {
  b.flow = flow;
  for (const state of flow.states) {
    b.state = state;
    const id = addNode(b, { kind: "state", syntax: state }, NO_WAYS);
    b.states.set(state, id);
    if (!b.entries.has(flow)) b.entries.set(flow, id);
  }
}

export function buildFlow(b: Builder, flow: FlowDecl): void {
  b.flow = flow;
  b.state = undefined;
  for (const trigger of flow.triggers) buildTrigger(b, trigger);
  b.shared = sharedClauses(b, flow);
  for (const state of flow.states) {
    b.state = state;
    const entry = sure(b.states.get(state));
    const rest = block(b, state.body, way(entry, { kind: "next" }, state.name));
    runOff(b, rest, state.name);
  }
}

function buildTrigger(b: Builder, trigger: Trigger): void {
  const id = addNode(b, { kind: "trigger", syntax: trigger }, NO_WAYS);
  b.triggers.set(trigger, id);
  const kind = trigger.on.kind;
  const bySchedule = kind === "OnScheduled";
  const byUser = kind !== "OnEvent" && kind !== "OnWindowClosed";
  const start: Way = {
    ...one(id, { kind: "trigger" }, trigger),
    resets: byUser && !bySchedule,
    ms: byUser ? 0 : Number.POSITIVE_INFINITY,
  };
  arrow(b, trigger.arrow, [start]);
}

/** A flow's own `else` and `after` hold for each of its asks that has none: they are in the graph once. */
function sharedClauses(b: Builder, flow: FlowDecl): Builder["shared"] {
  const orElse = flow.elses[0];
  const arm = orElse?.retry?.arm ?? orElse?.arm;
  const wrong = arm ? sharedArm(b, arm, orElse?.retry ? "off" : "again") : undefined;
  const afters = flow.afters.map((after) => ({
    ms: after.duration.value,
    to: sharedArm(b, after.arm, "keep"),
    span: after,
  }));
  return { wrong, afters };
}

function sharedArm(b: Builder, what: Arm, ending: Exit): NodeId {
  const at = b.nodes.length;
  const rest = arm(b, what, NO_WAYS, true);
  if (b.nodes.length === at || rest.length > 0) exit(b, rest, ending, what);
  return at;
}

// ---------------------------------------------------------------- statements

/** `open`: also without a way into it the block is looked at (it is entered from elsewhere). */
function block(b: Builder, syntax: Block, ways: Ways, open = false): Ways {
  let rest = ways;
  let entered = open;
  for (const statement of syntax.statements) {
    if (rest.length === 0 && !entered) {
      if (statement.kind !== "InvalidStatement")
        b.unreachable.push({
          statement,
          last: syntax.statements.at(-1) ?? statement,
          within: (b.state ?? b.flow).name.text,
        });
      return NO_WAYS;
    }
    const before = b.nodes.length;
    rest = step(b, statement, rest);
    if (b.nodes.length > before) entered = false;
  }
  return rest;
}

// One case for each kind of statement.
function step(b: Builder, s: Statement, ways: Ways): Ways {
  switch (s.kind) {
    case "Say":
    case "React":
      return next(addNode(b, { kind: "message", syntax: s, template: false }, ways), s);
    case "Send": {
      const template = s.what.kind === "SendTemplate";
      return next(addNode(b, { kind: "message", syntax: s, template }, ways), s);
    }
    case "Ask":
      return ask(b, s, ways);
    case "Let":
    case "Set":
      return s.value.kind === "CallExpr" ? action(b, s, ways) : ways;
    case "Do":
      return action(b, s, ways);
    case "If":
      return branch(b, s, ways);
    case "Match":
      return match(b, s, ways);
    case "Schedule":
      return next(addNode(b, { kind: "schedule", syntax: s }, ways), s);
    case "Wait": {
      const ms = constantMs(s.time) ?? Number.POSITIVE_INFINITY;
      return way(addNode(b, { kind: "wait", syntax: s }, ways), { kind: "wait", ms }, s, ms);
    }
    case "Call":
      return call(b, s, ways);
    case "Arrow":
      arrow(b, s, ways);
      return NO_WAYS;
    case "Return":
      exit(b, ways, "return", s);
      return NO_WAYS;
    case "Handoff":
      return handoff(b, s, ways);
    case "Forget":
      exit(b, ways, "forget", s);
      return NO_WAYS;
    case "Cancel":
    case "Typing":
      return ways;
    case "InvalidStatement":
      b.broken.add(b.flow);
      return ways;
  }
}

function next(from: NodeId, span: Span): Ways {
  return way(from, { kind: "next" }, span);
}

function arrow(b: Builder, s: Arrow, ways: Ways): void {
  switch (s.target) {
    case "end":
    case "resume":
      exit(b, ways, s.target, s);
      return;
    case "flow": {
      const from = exit(b, ways, "leave", s);
      enter(b, s.name.text, way(from, { kind: "leave" }, s));
      return;
    }
    case "state": {
      const state = b.names.inFlow.get(b.flow)?.states.get(s.name.text);
      const to = state && b.states.get(state);
      // An arm that is nothing but an arrow needs a node of its own only where it is entered from many asks.
      if (to === undefined) {
        b.broken.add(b.flow);
        return;
      }
      if (ways.length > 0) connect(b, ways, to);
      else connect(b, way(exit(b, ways, "go", s), { kind: "go" }, s), to);
    }
  }
}

function enter(b: Builder, flowName: string, ways: Ways): FlowDecl | undefined {
  const flow = b.names.flows.get(flowName);
  if (!flow) {
    // It may have been meant for any of them.
    for (const any of b.names.flows.values()) b.broken.add(any);
    return undefined;
  }
  b.entered.add(flow);
  const to = b.entries.get(flow);
  if (to !== undefined) connect(b, ways, to);
  return flow;
}

function arm(b: Builder, syntax: Arm, ways: Ways, open = false): Ways {
  switch (syntax.kind) {
    case "Arrow":
      arrow(b, syntax, ways);
      return NO_WAYS;
    case "Block":
      return block(b, syntax, ways, open);
    case "MissingArm":
      b.broken.add(b.flow);
      return NO_WAYS;
  }
}

function branch(b: Builder, s: If, ways: Ways): Ways {
  const id = addNode(b, { kind: "branch", syntax: s }, ways);
  const then: Way = { ...one(id, { kind: "then" }, s.condition), whileOpen: whenTrue(b.names, s.condition) };
  const otherwise: Way = { ...one(id, { kind: "otherwise" }, s.condition), whileOpen: whenFalse(b.names, s.condition) };
  const afterThen = block(b, s.then, [then]);
  if (!s.orElse) return [...afterThen, otherwise];
  const afterElse = s.orElse.kind === "If" ? branch(b, s.orElse, [otherwise]) : block(b, s.orElse, [otherwise]);
  return joined(afterThen, afterElse);
}

function match(b: Builder, s: Match, ways: Ways): Ways {
  const id = addNode(b, { kind: "branch", syntax: s }, ways);
  const rest: Way[] = [];
  for (const { arm: syntax, cases, isElse } of s.arms) {
    const name = isElse ? "else" : cases.map((c) => c.text).join(", ");
    rest.push(...arm(b, syntax, way(id, { kind: "case", name }, syntax)));
  }
  return rest;
}

function joined(a: Ways, b: Ways): Ways {
  return b.length === 0 ? a : a.length === 0 ? b : [...a, ...b];
}

function action(b: Builder, s: Let | SetStatement | Do, ways: Ways): Ways {
  const called = s.kind === "Do" ? s : s.value.kind === "CallExpr" ? s.value : undefined;
  const decl = called && calledAction(b.names, called);
  if (!decl) return ways;
  const id = addNode(b, { kind: "action", syntax: s, action: decl }, ways);
  const timeout = decl.clauses.find((c) => c.kind === "Timeout");
  const ms = timeout ? timeout.duration.value : ACTION_TIMEOUT_MS;
  const ok = way(id, { kind: "ok" }, s, ms);
  return s.orElse ? joined(ok, arm(b, s.orElse, way(id, { kind: "failed" }, s, ms))) : ok;
}

function call(b: Builder, s: Call, ways: Ways): Ways {
  const id = addNode(b, { kind: "call", syntax: s, flow: b.names.flows.get(s.name.text) }, ways);
  enter(b, s.name.text, way(id, { kind: "call" }, s));
  return way(id, { kind: "returned" }, s);
}

function handoff(b: Builder, s: Handoff, ways: Ways): Ways {
  const id = addNode(b, { kind: "handoff", syntax: s }, ways);
  if (!s.back) return NO_WAYS;
  const rest = arm(b, s.back.arm, way(id, { kind: "back" }, s.back.after, Number.POSITIVE_INFINITY));
  runOff(b, rest, s.back.arm);
  return NO_WAYS;
}

// ---------------------------------------------------------------- asks

function ask(b: Builder, s: Ask, ways: Ways): Ways {
  const id = addNode(b, { kind: "ask", syntax: s, template: s.ask === "template" }, ways);
  b.asks.push(id);
  const rest: Way[] = [];
  const pause = gatherMs(s);
  for (const clause of s.clauses) rest.push(...clauseWays(b, id, clause, pause));
  if (goesOnByItself(b, s)) rest.push(...answered(id, { kind: "typed" }, s, pause));
  // The ask is sent again after an answer that was complete so late and is wrong.
  if (pause > 0) connect(b, answered(id, { kind: "wrong" }, s, pause), id);
  if (s.ask !== "template") useShared(b, s, id, pause);
  return rest;
}

/** Kinds whose answer is no option go on after the ask; so does a case that only the variable's enum gives. */
function goesOnByItself(b: Builder, s: Ask): boolean {
  return !hasOptions(s) || impliedCases(b.types, s).length > 0;
}

// One case for each kind of clause. `pause`: how long ago the last message of an answer can be.
function clauseWays(b: Builder, id: NodeId, c: AskClause, pause: number): Ways {
  switch (c.kind) {
    case "Option": {
      const name = c.id.kind === "Name" ? c.id.text : "";
      const taken = answered(id, { kind: "option", name }, c);
      return c.arm ? arm(b, c.arm, taken) : taken;
    }
    case "Section":
    case "ForRows": {
      const rest: Way[] = [];
      for (const inner of c.clauses) rest.push(...clauseWays(b, id, inner, pause));
      return rest;
    }
    case "TextClause":
      return arm(b, c.arm, answered(id, { kind: "typed" }, c));
    case "EmptyClause":
      return arm(b, c.arm, way(id, { kind: "empty" }, c));
    case "ElseClause": {
      const wrong = c.retry?.arm ?? c.arm;
      if (!wrong) return NO_WAYS;
      const rest = arm(b, wrong, answered(id, { kind: "wrong" }, c, pause));
      if (c.retry) runOff(b, rest, wrong);
      else if (rest.length > 0) exit(b, rest, "again", wrong);
      return NO_WAYS;
    }
    case "AfterClause": {
      const ms = c.duration.value;
      const rest = arm(b, c.arm, way(id, { kind: "after", ms }, c, ms));
      if (rest.length > 0) exit(b, rest, "keep", c.arm);
      return NO_WAYS;
    }
    default:
      return NO_WAYS;
  }
}

function useShared(b: Builder, s: Ask, id: NodeId, pause: number): void {
  const { wrong, afters } = b.shared;
  if (wrong !== undefined && !s.clauses.some((c) => c.kind === "ElseClause")) {
    connect(b, answered(id, { kind: "wrong" }, b.flow.elses[0] ?? s, pause), wrong);
  }
  if (s.clauses.some((c) => c.kind === "AfterClause" && leaves(c.arm))) return;
  for (const { ms, to, span } of afters) connect(b, way(id, { kind: "after", ms }, span, ms), to);
}

// ---------------------------------------------------------------- schedules

/** Each `schedule` leads to the `on scheduled` triggers of its name. */
function connectSchedules(b: Builder): void {
  const targets = new Map<string, NodeId[]>();
  for (const [trigger, id] of b.triggers) {
    if (trigger.on.kind !== "OnScheduled") continue;
    const name = trigger.on.name.text;
    const known = targets.get(name);
    if (known) known.push(id);
    else targets.set(name, [id]);
  }
  if (targets.size === 0) return;
  for (const node of b.nodes) {
    if (node.what.kind !== "schedule") continue;
    const { syntax } = node.what;
    const ms = (syntax.when === "in" ? constantMs(syntax.time) : undefined) ?? Number.POSITIVE_INFINITY;
    const name = syntax.name.text;
    for (const to of targets.get(name) ?? []) connect(b, way(node.id, { kind: "scheduled", name }, syntax, ms), to);
  }
}

/** Old names: under each the name of today, in full, for whatever of flow, state, ask and option was renamed. */
import type { Machine } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Ask, AskClause, FlowDecl, Label, Name, Option, StateDecl, Was } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";

type Table = Record<Exclude<keyof Machine["was"], "profile">, Record<string, string>>;

export function lowerWas(names: Names): Machine["was"] {
  const table: Table = { flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} };
  for (const flow of names.flows.values()) inFlow(names, table, flow);
  names.ids.forEach((id, node) => {
    if ((node.kind === "Wait" || node.kind === "Call") && node.label) inLabel(names, table, id, node.label);
  });
  for (const type of names.types.values()) {
    for (const { name, was } of type.cases) {
      for (const old of was) table.case[`${type.name.text}.${old.text}`] = `${type.name.text}.${name.text}`;
    }
  }
  const fields = (names.profile?.fields ?? []).filter(({ was }) => was.length > 0);
  if (fields.length === 0) return table;
  const profile = fields.flatMap(({ name, was }) => was.map((old) => [old.text, name.text] as const));
  return { ...table, profile: Object.fromEntries(profile) };
}

/** The name of today first. */
function allNames(name: Name, was: Was): readonly string[] {
  return [name.text, ...was.map((old) => old.text)];
}

function inFlow(names: Names, table: Table, flow: FlowDecl): void {
  const flows = allNames(flow.name, flow.was);
  put(table.flow, flows, flow.name.text);
  for (const [name, { was }] of names.inFlow.get(flow)?.vars ?? []) {
    put(table.var, join(flows, ".", [name, ...was.map((old) => old.text)]), `${flow.name.text}.${name}`);
  }
  for (const state of flow.states) {
    if (flows.length === 1 && state.was.length === 0) continue;
    put(table.state, join(flows, ".", allNames(state.name, state.was)), `${flow.name.text}.${state.name.text}`);
  }
  names.inFlow.get(flow)?.asks.forEach((ask, id) => {
    inAsk(table, flows, id, ask, stateOf(names, flow, id));
  });
}

/** Places of waits and calls that have names stand in one table with those of asks. */
function inLabel(names: Names, table: Table, id: string, label: Label): void {
  const flow = names.flows.get(sure(id.split(".")[0]));
  const state = flow && stateOf(names, flow, id);
  if (!flow || !state || label.was.length === 0) return;
  const states = join(allNames(flow.name, flow.was), ".", allNames(state.name, state.was));
  put(table.ask, join(states, ".", labelNames(label)), id);
}

/** Ids are made of names without dots: the second part is the state. */
function stateOf(names: Names, flow: FlowDecl, id: string): StateDecl | undefined {
  const from = id.indexOf(".") + 1;
  const to = id.indexOf(".", from);
  return names.inFlow.get(flow)?.states.get(id.slice(from, to === -1 ? id.length : to));
}

function inAsk(table: Table, flows: readonly string[], id: string, ask: Ask, state: StateDecl | undefined): void {
  if (!state) return;
  const isRenamed = flows.length > 1 || state.was.length > 0 || (ask.label?.was.length ?? 0) > 0;
  if (!isRenamed && !hasRenamedOption(ask.clauses)) return;
  const states = join(flows, ".", allNames(state.name, state.was));
  const ids = ask.label ? join(states, ".", labelNames(ask.label)) : states;
  put(table.ask, ids, id);
  eachOption(ask.clauses, ({ id: option, was }) => {
    if (option.kind !== "Name" || (was.length === 0 && ids.length === 1)) return;
    put(table.option, join(ids, ":", allNames(option, was)), `${id}:${option.text}`);
  });
}

function labelNames(label: Label): readonly string[] {
  return allNames(label.name, label.was);
}

function hasRenamedOption(clauses: readonly AskClause[]): boolean {
  return clauses.some((c) =>
    c.kind === "Option"
      ? c.was.length > 0
      : (c.kind === "Section" || c.kind === "ForRows") && hasRenamedOption(c.clauses),
  );
}

function eachOption(clauses: readonly AskClause[], visit: (option: Option) => void): void {
  for (const c of clauses) {
    if (c.kind === "Option") visit(c);
    else if (c.kind === "Section" || c.kind === "ForRows") eachOption(c.clauses, visit);
  }
}

function join(left: readonly string[], separator: string, right: readonly string[]): readonly string[] {
  return left.flatMap((a) => right.map((b) => `${a}${separator}${b}`));
}

/** All but today's name itself. */
function put(table: Record<string, string>, olds: readonly string[], today: string): void {
  for (const old of olds) if (old !== today) table[old] = today;
}

/** Old names: under each the name of today, in full, for whatever of flow, state, ask and option was renamed. */
import type { Machine } from "@parley/machine";
import type { Names } from "../bind/names.ts";
import type { Ask, AskClause, FlowDecl, Label, Name, StateDecl, Was } from "../syntax/ast.ts";

type Table = Record<keyof Machine["was"], Record<string, string>>;

export function lowerWas(names: Names): Machine["was"] {
  const table: Table = { flow: {}, state: {}, ask: {}, option: {}, var: {}, case: {} };
  for (const flow of names.flows.values()) inFlow(names, table, flow);
  for (const type of names.types.values()) {
    for (const { name, was } of type.cases) {
      for (const old of was) table.case[`${type.name.text}.${old.text}`] = `${type.name.text}.${name.text}`;
    }
  }
  return table;
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
    put(table.state, join(flows, ".", allNames(state.name, state.was)), `${flow.name.text}.${state.name.text}`);
  }
  for (const [id, ask] of names.inFlow.get(flow)?.asks ?? []) inAsk(names, table, flows, id, ask, stateOf(flow, id));
}

/** Ids are made of names without dots: the second part is the state. */
function stateOf(flow: FlowDecl, id: string): StateDecl | undefined {
  const state = id.split(".")[1];
  return flow.states.find((one) => one.name.text === state);
}

function inAsk(names: Names, table: Table, flows: readonly string[], id: string, ask: Ask, state: StateDecl | undefined): void {
  if (!state) return;
  const states = join(flows, ".", allNames(state.name, state.was));
  const ids = ask.label ? join(states, ".", labelNames(ask.label)) : states;
  put(table.ask, ids, id);
  for (const { id: option, was } of optionsIn(ask.clauses)) {
    if (option.kind !== "Name") continue;
    if (was.length > 0 || ids.length > 1) put(table.option, join(ids, ":", allNames(option, was)), `${id}:${option.text}`);
  }
}

function labelNames(label: Label): readonly string[] {
  return allNames(label.name, label.was);
}

function optionsIn(clauses: readonly AskClause[]): readonly Extract<AskClause, { kind: "Option" }>[] {
  return clauses.flatMap((c) => {
    if (c.kind === "Option") return [c];
    return c.kind === "Section" || c.kind === "ForRows" ? optionsIn(c.clauses) : [];
  });
}

function join(left: readonly string[], separator: string, right: readonly string[]): readonly string[] {
  return left.flatMap((a) => right.map((b) => `${a}${separator}${b}`));
}

/** All but today's name itself. */
function put(table: Record<string, string>, olds: readonly string[], today: string): void {
  for (const old of olds) if (old !== today) table[old] = today;
}

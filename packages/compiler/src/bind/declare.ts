/** First pass: every namespace of the project, so that names may be used before they are declared. */

import type { ActionDecl, Declaration, EnumCase, FieldDecl, File, FlowDecl, Name, TypeDecl } from "../syntax/ast.ts";
import { type Span, spanOf } from "../text/source.ts";
import { type Binder, declaredTwice, type FlowScope, type MutableEvent } from "./binder.ts";
import type { Referent } from "./names.ts";

export function declareAll(b: Binder, { declarations }: File): void {
  for (const declaration of declarations) declare(b, declaration);
}

/** A file whose flows have their scopes: what is filled by binding stands in them. */
export function declareKnown(b: Binder, { declarations }: File, known: ReadonlyMap<FlowDecl, FlowScope>): void {
  for (const d of declarations) {
    const scope = d.kind === "FlowDecl" ? known.get(d) : undefined;
    if (d.kind === "FlowDecl" && scope) declareScope(b, d, scope);
    else declare(b, d);
  }
}

function declareScope(b: Binder, d: FlowDecl, scope: FlowScope): void {
  b.inFlow.set(d, scope);
  add(b, "flow", b.flows, d.name, d);
  for (const { on } of d.triggers) {
    if (on.kind === "OnEvent") declareEvent(b.events, on.name, on.params, d);
    else if (on.kind === "OnScheduled") declareEvent(b.schedules, on.name, on.params, d);
  }
}

function declare(b: Binder, d: Declaration): void {
  switch (d.kind) {
    case "TypeDecl":
      return declareType(b, d);
    case "ProfileDecl":
      if (b.profile) declaredTwice(b, "declaration", "profile", keyword(d, "profile"), keyword(b.profile, "profile"));
      else b.profile = d;
      return unique(b, "field", d.fields);
    case "ActionDecl":
      return declareAction(b, d);
    case "TemplateDecl":
      // Listed ones come last: a template that is declared may also be listed, once it is approved.
      if (d.listed && b.templates.has(d.name.text)) return;
      if (add(b, "template", b.templates, d.name, d)) unique(b, "parameter", d.params);
      return;
    case "FlowDecl":
      return declareFlow(b, d);
    case "TestDecl":
    case "InvalidDecl":
  }
}

function declareType(b: Binder, d: TypeDecl): void {
  unique(b, "case", d.cases);
  const known = b.typeRefs.get(d.name.text);
  if (known?.kind === "builtinType") return declaredTwice(b, "built-in type", d.name.text, d.name, undefined);
  if (add(b, "type", b.types, d.name, d)) b.typeRefs.set(d.name.text, { kind: "type", decl: d });
}

function declareAction(b: Binder, d: ActionDecl): void {
  unique(b, "parameter", d.params);
  const known = b.callRefs.get(d.name.text);
  if (known?.kind === "function") return declaredTwice(b, "built-in function", d.name.text, d.name, undefined);
  if (add(b, "action", b.actions, d.name, d)) b.callRefs.set(d.name.text, { kind: "action", decl: d });
}

function declareFlow(b: Binder, d: FlowDecl): void {
  const flow: FlowScope = {
    decl: d,
    states: new Map(),
    vars: new Map(),
    lets: new Map(),
    asks: new Map(),
    varRefs: new Map(),
    stateRefs: new Map(),
  };
  b.inFlow.set(d, flow);
  add(b, "flow", b.flows, d.name, d);
  for (const param of d.params) declareVar(b, flow, "parameter", param);
  for (const variable of d.vars) declareVar(b, flow, "variable", variable);
  for (const trigger of d.triggers) {
    const { on } = trigger;
    if (on.kind !== "OnEvent" && on.kind !== "OnScheduled") continue;
    declareEvent(on.kind === "OnEvent" ? b.events : b.schedules, on.name, on.params, d);
    for (const param of on.params) declareVar(b, flow, "parameter", param);
  }
  for (const state of d.states) {
    if (add(b, "state", flow.states, state.name, state))
      flow.stateRefs.set(state.name.text, { kind: "state", decl: state });
  }
}

function declareVar(b: Binder, flow: FlowScope, what: string, field: FieldDecl): void {
  if (!add(b, what, flow.vars, field.name, field)) return;
  const referent: Referent = { kind: "var", decl: field, slot: field.name.text };
  flow.varRefs.set(field.name.text, referent);
}

function declareEvent(
  events: Map<string, MutableEvent>,
  name: Name,
  params: readonly FieldDecl[],
  flow: FlowDecl,
): void {
  if (name.text === "") return;
  const known = events.get(name.text);
  if (known) known.flows.push(flow);
  else events.set(name.text, { name: name.text, params, flows: [flow] });
}

/** Enters a declaration under its name unless that is taken (P2002) or missing. */
function add<T extends Span & { readonly name: Name }>(
  b: Binder,
  what: string,
  into: Map<string, T>,
  name: Name,
  node: T,
): boolean {
  if (name.text === "") return false;
  const first = into.get(name.text);
  if (first) {
    declaredTwice(b, what, name.text, name, first.name, node);
    return false;
  }
  into.set(name.text, node);
  return true;
}

/** Names within one declaration: fields, parameters, cases. */
export function unique(b: Binder, what: string, nodes: readonly (FieldDecl | EnumCase)[]): void {
  if (nodes.length < 2) return;
  const seen = new Map<string, FieldDecl | EnumCase>();
  for (const node of nodes) add(b, what, seen, node.name, node);
}

function keyword(d: Declaration, word: string): ReturnType<typeof spanOf> {
  return spanOf(d.source, d.start, Math.min(d.end, d.start + word.length));
}

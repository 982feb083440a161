/** Names -> what they mean. */
import type { Diagnostic, Phase } from "../diagnostics/diagnostic.ts";
import type { ActionDecl, Declaration, File, FlowDecl, TemplateDecl } from "../syntax/ast.ts";
import type { Source } from "../text/source.ts";
import { type Binder, binder, type FlowScope, type MutableEvent, namesOf, type StateScope } from "./binder.ts";
import { declareAll, declareKnown } from "./declare.ts";
import { bindExpr, bindFields, bindText, bindType } from "./expressions.ts";
import { giveIds } from "./ids.ts";
import type { EventSymbol, Names } from "./names.ts";
import { bindArrow, bindBlock, bindClause } from "./statements.ts";
import { bindTest } from "./tests.ts";

export interface Bound extends Phase<Names> {
  /** Of each file that it was found in. */
  readonly found: ReadonlyMap<Source, readonly Diagnostic[]>;
}

/** What stands of an earlier binding: what was found in each source that is `kept`. */
export interface BoundBefore {
  readonly bound: Bound;
  readonly kept: (source: Source) => boolean;
}

/** Binds all files of a project; they share one namespace. */
export function bind(files: readonly File[], before?: BoundBefore): Bound {
  const b = binder(files, before?.bound.value, before?.kept);
  const found = new Map<Source, readonly Diagnostic[]>();
  const open: File[] = [];
  for (const file of files) {
    const known = before?.kept(file.source) ? before.bound.found.get(file.source) : undefined;
    found.set(file.source, known ?? []);
    if (known) declareKnown(b, file, before?.bound.value.inFlow as ReadonlyMap<FlowDecl, FlowScope>);
    else {
      open.push(file);
      declareAll(b, file);
      take(b, found, file);
    }
  }
  if (before) keep(b, before);
  for (const file of open) {
    for (const declaration of file.declarations) bindDeclaration(b, declaration);
    take(b, found, file);
  }
  // Last, since tests name asks of all flows.
  for (const file of open) {
    for (const d of file.declarations) if (d.kind === "TestDecl") bindTest(b, d);
    take(b, found, file);
  }
  return { value: namesOf(b), found, diagnostics: [...found.values()].flat() };
}

/** What was just found is of that file. */
function take(b: Binder, found: Map<Source, readonly Diagnostic[]>, { source }: File): void {
  if (b.diagnostics.length > 0) found.set(source, [...(found.get(source) ?? []), ...b.diagnostics.splice(0)]);
}

/** What binding has entered into the tables of declarations. */
function keep(b: Binder, { bound: { value }, kept }: BoundBefore): void {
  for (const [flow, sources] of value.enteredFrom) {
    const still = [...sources].filter(({ source }) => kept(source));
    if (still.length > 0) b.enteredFrom.set(flow, new Set(still));
  }
  keepSymbols(b.events, value.events);
  keepSymbols(b.schedules, value.schedules);
}

/** What refers to an event refers to the same one as before, where it is. */
function keepSymbols(events: Map<string, MutableEvent>, before: ReadonlyMap<string, EventSymbol>): void {
  for (const [name, symbol] of events) {
    const known = before.get(name);
    if (!known || known.params !== symbol.params || known.flows.length !== symbol.flows.length) continue;
    if (known.flows.every((flow, i) => flow === symbol.flows[i])) events.set(name, known as MutableEvent);
  }
}

function bindDeclaration(b: Binder, d: Declaration): void {
  switch (d.kind) {
    case "TypeDecl":
      if (d.type) bindType(b, d.type);
      return;
    case "ProfileDecl":
      return bindFields(b, d.fields);
    case "ActionDecl":
      return bindAction(b, d);
    case "TemplateDecl":
      return bindTemplate(b, d);
    case "FlowDecl":
      return bindFlow(b, d);
    case "TestDecl":
    case "InvalidDecl":
  }
}

function bindAction(b: Binder, d: ActionDecl): void {
  bindFields(b, d.params);
  if (d.result) bindType(b, d.result);
  inParams(b, d, () => {
    for (const clause of d.clauses) {
      if (clause.kind === "Http") bindText(b, clause.url);
      else if (clause.kind === "HttpHeader") bindText(b, clause.value);
      else if (clause.kind === "HttpBody") bindExpr(b, clause.value);
    }
  });
}

function bindTemplate(b: Binder, d: TemplateDecl): void {
  bindFields(b, d.params);
  inParams(b, d, () => {
    for (const clause of d.clauses) {
      if (clause.kind === "HeaderClause") bindExpr(b, clause.value);
      else if (clause.kind === "BodyClause" || clause.kind === "FooterClause") bindText(b, clause.text);
      else if (clause.kind === "TemplateOption") bindText(b, clause.title);
      else if (clause.kind === "LinkClause") {
        bindText(b, clause.title);
        bindText(b, clause.url);
      }
    }
  });
}

/** The parameters of an action or template are visible in its clauses, and nothing else of a flow is. */
function inParams(b: Binder, d: ActionDecl | TemplateDecl, run: () => void): void {
  for (const param of d.params) {
    b.locals.push({ name: param.name.text, referent: { kind: "var", decl: param, slot: param.name.text } });
  }
  run();
  b.locals.length = 0;
}

function bindFlow(b: Binder, d: FlowDecl): void {
  const flow = b.inFlow.get(d);
  if (!flow) return;
  b.flow = flow;
  bindFields(b, d.params);
  if (d.result) bindType(b, d.result);
  bindFields(b, d.vars);
  for (const trigger of d.triggers) {
    const { on } = trigger;
    if (on.kind === "OnEvent" || on.kind === "OnScheduled") bindFields(b, on.params);
    else if (on.kind === "OnReferral") bindText(b, on.sourceId);
    else if (on.kind === "OnText") for (const text of on.texts) if (text.kind === "TextExpr") bindText(b, text);
    bindArrow(b, trigger.arrow);
  }
  inState(b, d.name.text, "", () => {
    for (const clause of d.elses) bindClause(b, clause);
    for (const clause of d.afters) bindClause(b, clause);
  });
  for (const state of d.states) {
    // A second state of one name is reported already; its contents are not second ones too.
    const name = flow.states.get(state.name.text) === state ? state.name.text : `${state.name.text}~2`;
    inState(b, `${d.name.text}.${name}`, name, () => bindBlock(b, state.body));
  }
  b.flow = undefined;
}

function inState(b: Binder, id: string, name: string, run: () => void): void {
  const state: StateScope = { id, name, identified: [], slots: new Map() };
  b.state = state;
  run();
  giveIds(b, state);
  b.state = undefined;
}

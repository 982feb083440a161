/** Names -> what they mean. */
import type { Phase } from "../diagnostics/diagnostic.ts";
import type { ActionDecl, Declaration, File, FlowDecl, TemplateDecl } from "../syntax/ast.ts";
import { type Binder, binder, namesOf, type StateScope } from "./binder.ts";
import { declareAll } from "./declare.ts";
import { bindExpr, bindFields, bindText, bindType } from "./expressions.ts";
import { giveIds } from "./ids.ts";
import type { Names } from "./names.ts";
import { bindArrow, bindBlock, bindClause } from "./statements.ts";
import { bindTest } from "./tests.ts";

/** Binds all files of a project; they share one namespace. */
export function bind(files: readonly File[]): Phase<Names> {
  const b = binder(files);
  declareAll(b);
  for (const file of files) for (const declaration of file.declarations) bindDeclaration(b, declaration);
  // Last, since tests name asks of all flows.
  for (const file of files) for (const d of file.declarations) if (d.kind === "TestDecl") bindTest(b, d);
  return { value: namesOf(b), diagnostics: b.diagnostics };
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

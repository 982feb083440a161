/** Types of everything that has a value, and what is wrong with them. */
import type { Names } from "../bind/names.ts";
import type { Phase } from "../diagnostics/diagnostic.ts";
import type {
  ActionDecl,
  AfterClause,
  Declaration,
  ElseClause,
  FieldDecl,
  FlowDecl,
  TemplateDecl,
  Trigger,
  TypeDecl,
} from "../syntax/ast.ts";
import { armsOf } from "./asks.ts";
import { checkAssigned } from "./assigned.ts";
import { optional, REPLY, UNKNOWN } from "./builtins.ts";
import { canBeLeftOut } from "./calls.ts";
import { check, typeText } from "./expressions.ts";
import { type Facts, NO_FACTS, REPLY_PATH } from "./facts.ts";
import { checkMedia } from "./media.ts";
import { declaredType, fieldInfo, resolve } from "./resolve.ts";
import { show } from "./show.ts";
import { typeArm, typeArrow, typeBlock } from "./statements.ts";
import { typeTest } from "./tests.ts";
import type { FieldInfo, Type, Types } from "./type.ts";
import { mistake, report, type Typer, typer } from "./typer.ts";

export function types(names: Names): Phase<Types> {
  const t = typer(names);
  const declarations = names.files.flatMap((file) => file.declarations);
  for (const d of declarations) declareTypes(t, d);
  t.silent = silentFlows(names);
  for (const d of declarations) typeDeclaration(t, d);
  const { ofExpr, ofType, ofDecl, personal, cases, ofTarget, ofProject } = t;
  return { value: { ofExpr, ofType, ofDecl, personal, cases, ofTarget, ofProject }, diagnostics: t.diagnostics };
}

// ---------------------------------------------------------------- declared types

/** All declared types first, so that flows may use each other's parameters and results. */
function declareTypes(t: Typer, d: Declaration): void {
  switch (d.kind) {
    case "TypeDecl":
      declaredType(t, d);
      return;
    case "ProfileDecl":
      t.profile = profileType(d.fields.map((field) => fieldInfo(t, field)));
      return;
    case "ActionDecl":
      for (const param of d.params) fieldInfo(t, param);
      if (d.result) resolve(t, d.result);
      return;
    case "TemplateDecl":
      for (const param of d.params) fieldInfo(t, param);
      return;
    case "FlowDecl":
      for (const param of d.params) fieldInfo(t, param);
      for (const variable of d.vars) fieldInfo(t, variable);
      for (const { on } of d.triggers) {
        if (on.kind === "OnEvent" || on.kind === "OnScheduled") for (const param of on.params) fieldInfo(t, param);
      }
      if (d.result) resolve(t, d.result);
      return;
    case "TestDecl":
    case "InvalidDecl":
  }
}

/** A field without a value at first is `none` until it is set. */
function profileType(fields: readonly FieldInfo[]): Type {
  const read = fields.map((field): readonly [string, FieldInfo] => [
    field.name,
    field.decl?.value ? field : { ...field, type: optional(field.type) },
  ]);
  return { kind: "record", name: "profile", fields: new Map(read) };
}

/** Flows that events can start, and what they enter: the contact may never have written there. */
function silentFlows(names: Names): ReadonlySet<FlowDecl> {
  const entered = new Map<FlowDecl, FlowDecl[]>();
  for (const [flow, sources] of names.enteredFrom) {
    for (const from of sources) entered.set(from, [...(entered.get(from) ?? []), flow]);
  }
  const isStartedByEvent = (flow: FlowDecl): boolean =>
    flow.triggers.some(({ on }) => on.kind === "OnEvent" || on.kind === "OnScheduled");
  const silent = new Set([...names.flows.values()].filter(isStartedByEvent));
  // A set goes on with what is added while it is walked.
  for (const flow of silent) for (const next of entered.get(flow) ?? []) silent.add(next);
  return silent;
}

// ---------------------------------------------------------------- declarations

function typeDeclaration(t: Typer, d: Declaration): void {
  switch (d.kind) {
    case "TypeDecl":
      return typeLabels(t, d);
    case "ProfileDecl":
      return checkDefaults(t, d.fields);
    case "ActionDecl":
      return typeAction(t, d);
    case "TemplateDecl":
      return typeTemplate(t, d);
    case "FlowDecl":
      return typeFlow(t, d);
    case "TestDecl":
      return typeTest(t, d);
    case "InvalidDecl":
  }
}

function typeLabels(t: Typer, d: TypeDecl): void {
  for (const c of d.cases) {
    const hole = c.label?.parts.find((part) => typeof part !== "string");
    if (hole && typeof hole !== "string") mistake(t, hole, "a label has no holes, it is the same for every user");
    else typeText(t, c.label);
  }
  if (d.type?.kind === "RecordType") checkDefaults(t, d.type.fields);
}

function checkDefaults(t: Typer, fields: readonly FieldDecl[]): void {
  for (const field of fields) {
    if (field.value) check(t, field.value, t.ofDecl.get(field) ?? UNKNOWN, `\`${field.name.text}\``);
  }
}

function typeAction(t: Typer, d: ActionDecl): void {
  checkDefaults(t, d.params);
  for (const clause of d.clauses) {
    if (clause.kind === "Http") typeText(t, clause.url);
    else if (clause.kind === "HttpHeader") typeText(t, clause.value);
    else if (clause.kind === "HttpBody") check(t, clause.value, UNKNOWN, "a request");
  }
}

function typeTemplate(t: Typer, d: TemplateDecl): void {
  checkDefaults(t, d.params);
  for (const clause of d.clauses) {
    switch (clause.kind) {
      case "HeaderClause":
        if (clause.media === "text") check(t, clause.value, UNKNOWN, "a header");
        else checkMedia(t, clause.value);
        break;
      case "BodyClause":
      case "FooterClause":
        typeText(t, clause.text);
        break;
      case "TemplateOption":
        typeText(t, clause.title);
        break;
      case "LinkClause":
        typeText(t, clause.title);
        typeText(t, clause.url);
        break;
      case "TemplateCategory":
      case "TemplateLocales":
    }
  }
}

// ---------------------------------------------------------------- flows

function typeFlow(t: Typer, d: FlowDecl): void {
  t.flow = d;
  checkDefaults(t, d.params);
  checkDefaults(t, d.vars);
  const entry: Facts = t.silent.has(d) ? NO_FACTS : WROTE;
  for (const trigger of d.triggers) typeTrigger(t, trigger);
  if (d.triggers.length > 0) checkStartable(t, d);
  for (const clause of [...d.elses, ...d.afters]) typeFlowClause(t, clause, entry);
  for (const state of d.states) {
    t.facts = entry;
    typeBlock(t, state.body);
  }
  t.facts = NO_FACTS;
  checkAssigned(t, d);
  t.flow = undefined;
}

/** `else` is taken after a message, `after` without one. */
function typeFlowClause(t: Typer, clause: ElseClause | AfterClause, entry: Facts): void {
  const facts = clause.kind === "ElseClause" ? WROTE : entry;
  t.facts = facts;
  if (clause.kind === "ElseClause") typeText(t, clause.text);
  for (const arm of armsOf(clause)) {
    t.facts = facts;
    typeArm(t, arm);
  }
}

/** The contact has written. */
const WROTE: Facts = new Map([[REPLY_PATH, REPLY]]);

function typeTrigger(t: Typer, trigger: Trigger): void {
  const { on } = trigger;
  if (on.kind === "OnText") for (const text of on.texts) if (text.kind === "TextExpr") typeText(t, text);
  if (on.kind === "OnReferral") typeText(t, on.sourceId);
  if (on.kind === "OnEvent" || on.kind === "OnScheduled") {
    checkDefaults(t, on.params);
    checkSameEvent(t, on);
  }
  typeArrow(t, trigger.arrow);
}

/** Every trigger of an event takes what the first one takes. */
function checkSameEvent(t: Typer, on: Trigger["on"] & { kind: "OnEvent" | "OnScheduled" }): void {
  const symbols = on.kind === "OnEvent" ? t.names.events : t.names.schedules;
  const first = symbols.get(on.name.text)?.params;
  if (!first || first === on.params) return;
  const words = (params: readonly FieldDecl[]): string =>
    params.map((p) => `${p.name.text}: ${show(t.ofDecl.get(p) ?? UNKNOWN)}`).join(", ");
  const [here, there] = [words(on.params), words(first)];
  if (here === there || [...on.params, ...first].some((p) => t.ofDecl.get(p)?.kind === "unknown")) return;
  mistake(t, on.name, `\`${on.name.text}\` takes (${there}) elsewhere and (${here}) here`);
}

/** A message that starts a flow gives no arguments. */
function checkStartable(t: Typer, d: FlowDecl): void {
  for (const param of d.params) {
    if (canBeLeftOut(t, param) || t.ofDecl.get(param)?.kind === "unknown") continue;
    const name = param.name.text;
    if (name !== "") report(t, "P2004", param.name, { problem: "start", what: `\`${name}\`` });
  }
}

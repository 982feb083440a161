/** Types of everything that has a value, and what is wrong with them. */
import type { Names } from "../bind/names.ts";
import type { Diagnostic, Fix, Phase } from "../diagnostics/diagnostic.ts";
import type {
  ActionDecl,
  AfterClause,
  CallExpr,
  Declaration,
  ElseClause,
  FieldDecl,
  FieldExpr,
  File,
  FlowDecl,
  TemplateDecl,
  Trigger,
  TypeDecl,
} from "../syntax/ast.ts";
import type { Source } from "../text/source.ts";
import { armsOf } from "./asks.ts";
import { checkAssigned } from "./assigned.ts";
import { optional, REPLY, UNKNOWN } from "./builtins.ts";
import { canBeLeftOut } from "./calls.ts";
import { defaultValue } from "./default-value.ts";
import { check, typeText } from "./expressions.ts";
import { type Facts, NO_FACTS, REPLY_PATH } from "./facts.ts";
import { declaredType, fieldInfo, resolve } from "./resolve.ts";
import { show } from "./show.ts";
import { typeArm, typeArrow, typeBlock } from "./statements.ts";
import { checkSamples, typeTemplateClauses } from "./templates.ts";
import { typeTest } from "./tests.ts";
import type { FieldInfo, Type, Types } from "./type.ts";
import { mistake, report, type TypedBefore, type Typer, typeOfDecl, typer } from "./typer.ts";

export interface Typed extends Phase<Types> {
  readonly found: ReadonlyMap<Source, FoundTypes>;
  readonly tables: TypedBefore["tables"];
}

/** Of each file that it was found in. */
interface FoundTypes {
  readonly diagnostics: readonly Diagnostic[];
  readonly ofProject: readonly (FieldExpr | CallExpr)[];
}

/** What stands of an earlier typing: what was found in each source that is `kept`. */
export interface TypesBefore {
  readonly typed: Typed;
  readonly kept: (source: Source) => boolean;
}

const NOTHING: FoundTypes = { diagnostics: [], ofProject: [] };

export function types(names: Names, before?: TypesBefore): Typed {
  const t = typer(names, before && { tables: before.typed.tables, kept: before.kept });
  const found = new Map<Source, FoundTypes>();
  const open: File[] = [];
  for (const file of names.files) {
    const known = before?.kept(file.source) ? before.typed.found.get(file.source) : undefined;
    if (!known) open.push(file);
    found.set(file.source, known ?? NOTHING);
  }
  if (before && names.profile && before.kept(names.profile.source)) t.profile = before.typed.tables.profile;
  for (const file of open) inFile(t, found, file, declareTypes);
  t.silent = silentFlows(names);
  for (const file of open) inFile(t, found, file, typeDeclaration);
  const { ofExpr, ofType, ofDecl, personal, cases, ofTarget, declared, profile } = t;
  const all = [...found.values()];
  return {
    value: { ofExpr, ofType, ofDecl, personal, cases, ofTarget, ofProject: all.flatMap((f) => f.ofProject) },
    diagnostics: all.flatMap((f) => f.diagnostics),
    found,
    tables: { ofExpr, ofType, ofDecl, personal, cases, ofTarget, declared, profile },
  };
}

function inFile(t: Typer, found: Map<Source, FoundTypes>, file: File, look: (t: Typer, d: Declaration) => void): void {
  for (const d of file.declarations) look(t, d);
  if (t.diagnostics.length + t.ofProject.length === 0) return;
  const { diagnostics, ofProject } = found.get(file.source) ?? NOTHING;
  found.set(file.source, {
    diagnostics: [...diagnostics, ...t.diagnostics.splice(0)],
    ofProject: [...ofProject, ...t.ofProject.splice(0)],
  });
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
export function silentFlows(names: Names): ReadonlySet<FlowDecl> {
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
    if (field.value) check(t, field.value, typeOfDecl(t, field), `\`${field.name.text}\``);
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
  checkSamples(t, d);
  typeTemplateClauses(t, d);
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
    params.map((p) => `${p.name.text}: ${show(typeOfDecl(t, p))}`).join(", ");
  const [here, there] = [words(on.params), words(first)];
  if (here === there || [...on.params, ...first].some((p) => t.ofDecl.get(p)?.kind === "unknown")) return;
  mistake(t, on.name, `\`${on.name.text}\` takes (${there}) elsewhere and (${here}) here`);
}

function startValue(t: Typer, param: FieldDecl): readonly Fix[] {
  const value = defaultValue(typeOfDecl(t, param));
  if (value === undefined) return [];
  const { source, end } = param.type;
  const edits = [{ span: { source, start: end, end }, text: ` = ${value}` }];
  return [{ title: `Begin with \`${value}\``, safe: false, edits }];
}

/** A message that starts a flow gives no arguments. */
function checkStartable(t: Typer, d: FlowDecl): void {
  for (const param of d.params) {
    if (canBeLeftOut(t, param) || t.ofDecl.get(param)?.kind === "unknown") continue;
    const name = param.name.text;
    if (name !== "") report(t, "P2004", param.name, { problem: "start", what: `\`${name}\`` }, startValue(t, param));
  }
}

/** P5006: what is declared and never used. */
import { calledAction } from "../bind/names.ts";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { ActionDecl, FieldDecl, FlowDecl, Let, Name, TemplateDecl, TypeDecl } from "../syntax/ast.ts";
import { withDocs, withWord } from "../text/removal.ts";
import { type Source, type Span, spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";

export function declarationsUsed(program: Checked, report: Report): void {
  const uses = usesOf(program);
  for (const type of program.names.types.values()) ofDeclaration(uses, "type", type, report);
  for (const action of program.names.actions.values()) {
    ofDeclaration(uses, "action", action, report);
    if (action.clauses.some((c) => c.kind === "Http")) parameters(uses, action, report);
  }
  for (const template of program.names.templates.values()) {
    // A file of approved templates holds those of all bots of the account.
    if (template.listed) continue;
    ofDeclaration(uses, "template", template, report);
    parameters(uses, template, report);
  }
  profileFields(program, uses, report);
  for (const flow of program.names.flows.values())
    if (!program.graph.broken.has(flow)) inFlow(program, uses, flow, report);
}

interface Uses {
  readonly used: { has(decl: object): boolean };
  /** Named by tests, which does not count, but keeps a declaration from being deleted. */
  readonly tested: { has(decl: object): boolean };
  /** Variables and parameters that something is written to. */
  readonly written: { has(decl: object): boolean };
  readonly profile: { has(field: string): boolean };
  /** Where `profile` stands as a whole, all of its fields are used. */
  readonly wholeProfile: boolean;
  /** Whether all that a flow declares for itself is used in its file. */
  readonly isSettled: (flow: FlowDecl) => boolean;
}

function usesOf({ uses: all }: Checked): Uses {
  const files = [...all.values()];
  // Most declarations are used in the file where they stand.
  const has = (what: "used" | "tested" | "written") => ({
    has: (decl: object): boolean => {
      const home = "source" in decl ? all.get(decl.source as Source) : undefined;
      return home?.[what].has(decl) || files.some((file) => file[what].has(decl));
    },
  });
  return {
    used: has("used"),
    tested: has("tested"),
    written: has("written"),
    profile: { has: (field) => files.some((file) => file.profile.has(field)) },
    wholeProfile: files.some((file) => file.wholeProfile),
    isSettled: (flow) => all.get(flow.source)?.settled.has(flow) ?? false,
  };
}

// ---------------------------------------------------------------- declarations

function ofDeclaration(uses: Uses, what: string, decl: TypeDecl | ActionDecl | TemplateDecl, report: Report): void {
  if (!uses.used.has(decl)) unused(what, decl.name, uses.tested.has(decl) ? [] : [removal(decl)], report);
}

function parameters(uses: Uses, { params }: ActionDecl | TemplateDecl, report: Report): void {
  for (const param of params) if (!uses.used.has(param)) unused("parameter", param.name, [], report);
}

function profileFields({ names }: Checked, uses: Uses, report: Report): void {
  if (uses.wholeProfile) return;
  for (const field of names.profile?.fields ?? []) {
    if (!uses.profile.has(field.name.text)) unused("field of `profile`", field.name, [], report);
  }
}

function inFlow({ names, graph }: Checked, uses: Uses, flow: FlowDecl, report: Report): void {
  if (flow.triggers.length === 0 && !graph.entered.has(flow)) unused("flow", flow.name, [], report);
  for (const { on } of flow.triggers) {
    if (on.kind !== "OnScheduled") continue;
    const symbol = names.schedules.get(on.name.text);
    if (symbol && !uses.used.has(symbol) && !names.events.has(symbol.name))
      unused("scheduled event", on.name, [], report);
  }
  if (uses.isSettled(flow)) return;
  // A second one of a name is reported as that, and what is written means the first.
  const vars = names.inFlow.get(flow)?.vars;
  const first = (field: FieldDecl): boolean => vars?.get(field.name.text) === field;
  for (const param of flow.params.filter(first)) variable(uses, "parameter", param, [], report);
  for (const field of flow.vars.filter(first)) {
    variable(uses, "variable", field, uses.written.has(field) ? [] : [removal(withWord(field, "var"))], report);
  }
  for (const constant of names.inFlow.get(flow)?.lets.values() ?? []) {
    if (!uses.used.has(constant)) unused("`let`", constant.name, [letFix(names, constant)], report);
  }
}

function variable(uses: Uses, what: string, field: FieldDecl, fixes: readonly Fix[], report: Report): void {
  if (uses.used.has(field)) return;
  const problem = uses.written.has(field) ? "unread" : "unused";
  if (field.name.text !== "") at(report, "P5006", field.name, { what, name: field.name.text, problem }, { fixes });
}

function unused(what: string, name: Name, fixes: readonly Fix[], report: Report): void {
  if (name.text !== "") at(report, "P5006", name, { what, name: name.text, problem: "unused" }, { fixes });
}

// ---------------------------------------------------------------- repairs

/** Deleting is left to people: what nothing uses yet may be about to be used. */
function removal(span: Span): Fix {
  return { title: "Delete it", safe: false, edits: [{ span: withDocs(span), text: "" }] };
}

/** A call of an action still runs. */
function letFix(names: Checked["names"], constant: Let): Fix {
  const { source, start, value } = constant;
  if (value.kind !== "CallExpr" || !calledAction(names, value)) return removal(constant);
  const edits = [{ span: spanOf(source, start, value.start), text: "do " }];
  return { title: "Call the action without keeping its result", safe: false, edits };
}

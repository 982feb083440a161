/** P9004: personal data that would leave in a URL or in marketing. */
import type { ActionClause, Expr, FieldDecl, TemplateDecl } from "../syntax/ast.ts";
import { spanText } from "../text/source.ts";
import { fieldsOf } from "../types/fields.ts";
import { present } from "../types/relations.ts";
import { at, type Checked, type Report } from "./program.ts";

export function personalDataKept(program: Checked, report: Report): void {
  for (const url of urlsOf(program)) {
    for (const part of url.kind === "TextExpr" ? url.parts : []) {
      if (typeof part !== "string" && isPersonal(program, part.value)) tell(report, part.value, "url");
    }
  }
  for (const { what } of program.nodes.sends) {
    if (what.kind === "SendTemplate") ofMarketing(program, what.name.text, what.args, report);
  }
  for (const { template } of program.nodes.asks) {
    if (template) ofMarketing(program, template.name.text, template.args, report);
  }
}

function tell(report: Report, value: Expr, where: "url" | "marketing"): void {
  const text = spanText(value).trim();
  at(report, "P9004", value, { what: text.length <= 40 ? `\`${text}\`` : "this value", where });
}

function urlsOf({ names, nodes }: Checked): readonly Expr[] {
  const isUrl = (clause: ActionClause): clause is Extract<ActionClause, { kind: "Http" }> => clause.kind === "Http";
  return [
    ...[...names.actions.values()].flatMap(({ clauses }) => clauses.filter(isUrl).map(({ url }) => url)),
    ...nodes.says.flatMap(({ clauses }) => clauses.flatMap((c) => (c.kind === "LinkClause" ? [c.url] : []))),
    ...nodes.sends.flatMap(({ what }) => {
      if (what.kind === "SendMedia") return [what.value];
      return what.kind === "SendCarousel" ? what.cards.flatMap(({ links }) => links.map(({ url }) => url)) : [];
    }),
    ...nodes.edges.flatMap(({ clause }) =>
      clause.kind === "HeaderClause" && clause.media !== "text" ? [clause.value] : [],
    ),
  ];
}

function ofMarketing(program: Checked, name: string, args: readonly Expr[], report: Report): void {
  const template = program.names.templates.get(name);
  if (!template || !isMarketing(template)) return;
  for (const [i, arg] of args.entries()) {
    const param: FieldDecl | undefined = template.params[i];
    const marked = param !== undefined && program.types.personal.has(param);
    if (marked || isPersonal(program, arg)) tell(report, arg, "marketing");
  }
}

function isMarketing({ clauses }: TemplateDecl): boolean {
  return clauses.some((c) => c.kind === "TemplateCategory" && c.name.text === "marketing");
}

/** Whether something that is marked `personal` is part of a value, or the contact's own number or name. */
function isPersonal(program: Checked, expr: Expr): boolean {
  switch (expr.kind) {
    case "NameExpr":
      return isPersonalName(program, expr);
    case "FieldExpr":
      return isPersonalField(program, expr) || isPersonal(program, expr.of);
    case "TextExpr":
      return expr.parts.some((part) => typeof part !== "string" && isPersonal(program, part.value));
    case "CallExpr":
      return carries(expr.name.text) && expr.args.some((arg) => isPersonal(program, arg));
    case "IndexExpr":
      return isPersonal(program, expr.of);
    case "UnaryExpr":
      return isPersonal(program, expr.value);
    case "BinaryExpr":
      return CARRYING.has(expr.op) && (isPersonal(program, expr.left) || isPersonal(program, expr.right));
    case "ConditionalExpr":
      return isPersonal(program, expr.then) || isPersonal(program, expr.orElse);
    case "ListExpr":
      return expr.items.some((item) => isPersonal(program, item));
    case "ComprehensionExpr":
      return isPersonal(program, expr.value);
    case "RecordExpr":
      return expr.fields.some((field) => isPersonal(program, field.value));
    default:
      return false;
  }
}

/** What gives a value made of its operands, and not only whether something holds of them. */
const CARRYING: ReadonlySet<string> = new Set(["+", "-", "*", "/", "??"]);

/** What a function gives of a personal value is personal, but for what only counts or tests it. */
function carries(name: string): boolean {
  return !["len", "count", "contains", "variant"].includes(name);
}

function isPersonalName(program: Checked, expr: Expr & { kind: "NameExpr" }): boolean {
  const referent = program.names.refs.get(expr);
  switch (referent?.kind) {
    case "var":
      return program.types.personal.has(referent.decl);
    case "let":
      return isPersonal(program, referent.decl.value);
    case "row":
    case "item":
      return isPersonal(program, referent.decl.list);
    default:
      return false;
  }
}

function isPersonalField({ names, types }: Checked, { of, field }: Expr & { kind: "FieldExpr" }): boolean {
  const root = of.kind === "NameExpr" ? names.refs.get(of) : undefined;
  if (root?.kind === "root" && root.name === "contact") return field.text === "phone" || field.text === "name";
  const type = types.ofExpr.get(of);
  return type !== undefined && fieldsOf(present(type))?.get(field.text)?.personal === true;
}

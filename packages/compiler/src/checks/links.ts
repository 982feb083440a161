/** P3021: links that WhatsApp can open. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Expr, Name, TemplateDecl, TextExpr } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";
import { at, type Checked, type Report } from "./program.ts";

export function linksAreWebAddresses(program: Checked, report: Report): void {
  const check = (expr: Expr): void => {
    if (expr.kind === "TextExpr") checkLink(program, expr, report);
  };
  /** Links that are written for parameters. */
  const given = (decl: TemplateDecl | undefined, values: readonly (Expr | undefined)[]): void => {
    for (const [i, param] of (decl?.params ?? []).entries()) {
      const value = values[i];
      const type = program.types.ofDecl.get(param)?.kind;
      if (value && (type === "url" || type === "media")) check(value);
    }
  };
  for (const { what } of program.nodes.sends) {
    if (what.kind === "SendMedia") check(what.value);
    else if (what.kind === "SendTemplate") given(templateOf(program, what.name), what.args);
    else if (what.kind === "SendCarousel")
      for (const card of what.cards) {
        check(card.value);
        for (const link of card.links) check(link.url);
      }
  }
  for (const { template } of program.nodes.asks) if (template) given(templateOf(program, template.name), template.args);
  for (const say of program.nodes.says)
    for (const clause of say.clauses) if (clause.kind === "LinkClause") check(clause.url);
  for (const template of program.names.templates.values()) {
    given(
      template,
      template.params.map((param) => param.value),
    );
    for (const clause of template.clauses) {
      if (clause.kind === "LinkClause") check(clause.url);
      else if (clause.kind === "HeaderClause" && clause.media !== "text") check(clause.value);
    }
  }
  for (const { clause } of program.nodes.edges) {
    if (clause.kind === "HeaderClause" && clause.media !== "text") check(clause.value);
  }
}

function templateOf({ names }: Checked, name: Name): TemplateDecl | undefined {
  const referent = names.refs.get(name);
  return referent?.kind === "template" ? referent.decl : undefined;
}

function checkLink(program: Checked, text: TextExpr, report: Report): void {
  const [first] = text.parts;
  if (first !== undefined && typeof first !== "string") {
    const type = program.types.ofExpr.get(first.value)?.kind;
    if (type !== "url" && type !== "unknown" && type !== undefined) {
      at(report, "P3021", first.value, { problem: "unknown", found: "" });
    }
    return;
  }
  const written = first ?? "";
  const found = written.length <= 40 ? written : `${written.slice(0, 40)}…`;
  const scheme = /^https?:\/\//i.exec(written);
  if (!scheme) return at(report, "P3021", text, { problem: "scheme", found }, { fixes: withScheme(text, written) });
  const rest = written.slice(scheme[0].length);
  if (rest === "" ? text.parts.length === 1 : !/^[^\s/?#]+/u.test(rest))
    at(report, "P3021", text, { problem: "host", found });
  else if (text.parts.some((part) => typeof part === "string" && /\s/u.test(part)))
    at(report, "P3021", text, { problem: "space", found });
}

/** What looks like a host with a name of several parts. */
function withScheme(text: TextExpr, written: string): readonly Fix[] {
  if (text.block || !/^(?:\/\/)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[:/?#]|$)/i.test(written)) return [];
  const from = text.start + 1;
  const span = spanOf(text.source, from, from + (written.startsWith("//") ? 2 : 0));
  return [{ title: "Begin it with https://", safe: false, edits: [{ span, text: "https://" }] }];
}

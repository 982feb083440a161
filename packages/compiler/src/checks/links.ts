/** P3021: links that WhatsApp can open. */
import type { Expr, TextExpr } from "../syntax/ast.ts";
import { at, type Checked, type Report } from "./program.ts";

export function linksAreWebAddresses(program: Checked, report: Report): void {
  const check = (expr: Expr): void => {
    if (expr.kind === "TextExpr") checkLink(program, expr, report);
  };
  for (const { what } of program.nodes.sends) {
    if (what.kind === "SendMedia") check(what.value);
    else if (what.kind === "SendCarousel")
      for (const card of what.cards) for (const link of card.links) check(link.url);
  }
  for (const say of program.nodes.says)
    for (const clause of say.clauses) if (clause.kind === "LinkClause") check(clause.url);
  for (const { clause } of program.nodes.edges) {
    if (clause.kind === "HeaderClause" && clause.media !== "text") check(clause.value);
  }
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
  if (!scheme) return at(report, "P3021", text, { problem: "scheme", found });
  const rest = written.slice(scheme[0].length);
  if (rest === "" ? text.parts.length === 1 : !/^[^\s/?#]+/u.test(rest))
    at(report, "P3021", text, { problem: "host", found });
}

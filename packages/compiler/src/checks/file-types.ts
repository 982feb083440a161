/** P3021: files whose link says that they are of a type that WhatsApp does not take. */
import { extensionsOf, isExtensionOf, linkExtension, type MediaKind } from "@parley/whatsapp";
import type { Expr, HeaderClause } from "../syntax/ast.ts";
import { at, type Checked, type Report } from "./program.ts";

/** Stands for the value of a hole: no extension ends in it. */
const VALUE = "\uFFFC";

export function filesOfTypesThatAreTaken({ nodes, names }: Checked, report: Report): void {
  const check = (kind: MediaKind, expr: Expr): void => checkFile(kind, expr, report);
  const header = ({ media, value }: HeaderClause): void => {
    if (media !== "text") check(media, value);
  };
  for (const { what } of nodes.sends) {
    if (what.kind === "SendMedia") check(what.media, what.value);
    else if (what.kind === "SendCarousel") for (const card of what.cards) check(card.media, card.value);
  }
  for (const { clause } of nodes.edges) if (clause.kind === "HeaderClause") header(clause);
  for (const { clauses } of names.templates.values())
    for (const clause of clauses) if (clause.kind === "HeaderClause") header(clause);
}

function checkFile(kind: MediaKind, expr: Expr, report: Report): void {
  if (expr.kind !== "TextExpr") return;
  const link = expr.parts.map((part) => (typeof part === "string" ? part : VALUE)).join("");
  const extension = linkExtension(link);
  if (extension === undefined || isExtensionOf(kind, extension) !== false) return;
  const allowed = extensionsOf(kind).map((one) => `.${one}`);
  at(report, "P3021", expr, { problem: "extension", found: extension, kind, allowed: listed(allowed) });
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** Messages with products: P3012, P3015, P3022, P3026 of their headers and pictures, and P8001 where there is no catalog. */
import { LIMITS } from "@parley/whatsapp";
import type { AskClause, Section } from "../syntax/ast.ts";
import { type Span, spanOf, spanText } from "../text/source.ts";
import type { Types } from "../types/type.ts";
import { addEmpty } from "./add-empty.ts";
import { at, type Checked, type Report } from "./program.ts";
import { type ProductMessage, productMessages, type ShownProduct, sectionsIn, shownIn } from "./shown-products.ts";

export function productsFromCatalog({ nodes, settings }: Checked, report: Report): void {
  if (settings.catalog !== undefined) return;
  for (const { place } of productMessages(nodes)) {
    at(report, "P8001", place, { problem: "this shows products, and `parley.yaml` names no `catalog`" });
  }
}

export function productsWithinLimits({ nodes, types }: Checked, report: Report): void {
  for (const { kind, clauses, place } of productMessages(nodes)) {
    if (kind !== "products") continue;
    const shown = shownIn(types, clauses);
    const count = shown.reduce((sum, { max }) => sum + max, 0);
    const { max } = LIMITS.products;
    if (count > max) at(report, "P3015", beyond(shown, max) ?? place, { count, max, what: "products" });
    tooManySections(types, clauses, report);
  }
}

/** The first product, or list of them, that goes over. */
function beyond(shown: readonly ShownProduct[], max: number): Span | undefined {
  let count = 0;
  for (const product of shown) {
    count += product.max;
    if (count > max) return product.loop?.list ?? product.clause;
  }
  return undefined;
}

function tooManySections(types: Types, clauses: readonly AskClause[], report: Report): void {
  const sections = sectionsIn(types, clauses);
  const count = sections.reduce((sum, section) => sum + section.max, 0);
  const { max } = LIMITS.productSections;
  if (count <= max) return;
  let sofar = 0;
  const first = sections.find((section) => {
    sofar += section.max;
    return sofar > max;
  });
  if (first) at(report, "P3015", first.loop?.list ?? first.section.title, { count, max, what: "product sections" });
}

/** In a message with several sections, each needs a title. */
export function productSectionsWithTitles({ nodes, types }: Checked, report: Report): void {
  for (const { kind, clauses } of productMessages(nodes)) {
    if (kind !== "products") continue;
    const sections = sectionsIn(types, clauses);
    const outside = shownIn(types, clauses).find((product) => product.section === undefined);
    if (sections.reduce((sum, { max }) => sum + max, 0) + (outside ? 1 : 0) < 2) continue;
    for (const { section } of sections) if (isBlank(section)) at(report, "P3012", section.title, { problem: "blank" });
    if (outside) at(report, "P3012", outside.clause, { problem: "product" });
  }
}

function isBlank({ title }: Section): boolean {
  return title.parts.every((part) => typeof part === "string" && part.trim() === "");
}

/** An ask must say what happens without a product; a message that is only sent is left out then, if it can have one. */
export function productsToShow({ nodes, types }: Checked, report: Report): void {
  for (const { of, kind, clauses, place } of productMessages(nodes)) {
    if (kind !== "products" || clauses.some((c) => c.kind === "InvalidClause" || c.kind === "EmptyClause")) continue;
    const shown = shownIn(types, clauses);
    const least = shown.reduce((sum, { min }) => sum + min, 0);
    if (least > 0 || (of.kind === "Send" && shown.length > 0)) continue;
    const why = whyEmpty(shown);
    const fixes = of.kind === "Ask" ? addEmpty(clauses) : [];
    const what = of.kind === "Ask" ? "products" : "products sent";
    at(report, "P3022", place, { why, what }, { fixes });
  }
}

function whyEmpty(shown: readonly ShownProduct[]): string {
  if (shown.length === 0) return "it has none";
  const loop = shown.find((product) => product.loop)?.loop;
  return loop ? `\`${spanText(loop.list)}\` can be empty` : "each of its sections has a `when`";
}

/** P3026: what WhatsApp asks of a message with products beside its text. */
export function productMessagesWhole({ nodes }: Checked, report: Report): void {
  for (const message of productMessages(nodes)) {
    if (message.kind === "products") needsHeader(message, report);
    else if (message.kind === "catalog") needsThumbnail(message, report);
  }
}

function needsHeader({ clauses, place }: ProductMessage, report: Report): void {
  const header = clauses.find((c) => c.kind === "HeaderClause");
  if (!header) return at(report, "P3026", place, { problem: "header" });
  if (!header.when) return;
  const span = spanOf(header.source, header.value.end, header.end);
  const fixes = [{ title: "Remove the `when`", safe: false, edits: [{ span, text: "" }] }];
  at(report, "P3026", header.when, { problem: "header" }, { fixes });
}

function needsThumbnail({ of, clauses, place }: ProductMessage, report: Report): void {
  const has =
    of.kind === "Send"
      ? of.what.kind === "SendCatalog" && of.what.thumbnail !== undefined
      : clauses.some((c) => c.kind === "ThumbnailClause" || c.kind === "InvalidClause");
  if (!has) at(report, "P3026", place, { problem: "thumbnail" });
}

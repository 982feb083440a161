/** Messages that show products, and forms; what `send` and `ask` share of them. */
import type {
  CardDef,
  CatalogContent,
  ContentDef,
  FooterDef,
  ProductContent,
  ProductRowDef,
  ProductSectionsDef,
  ProductsContent,
  PromptDef,
} from "@parley/machine";
import type { Ask, AskClause, Card, Expr, FooterClause, ForRows, SendKind, TextExpr } from "../syntax/ast.ts";
import { lowerExpr, lowerTemplate } from "./expressions.ts";
import { lowerFooter, lowerHeader } from "./frame.ts";
import type { Lowering } from "./lowering.ts";
import { hasSection } from "./options.ts";
import { addText } from "./texts.ts";

/** Keeps the slot of a `for`, whose type the flow knows; a `send` outside of a flow does not exist. */
export type KeepSlot = (loop: ForRows) => string;

type Sent = Extract<SendKind, { readonly kind: "SendProduct" | "SendProducts" | "SendCatalog" | "SendCarousel" }>;

export function lowerShown(l: Lowering, what: Sent, id: string, keepSlot: KeepSlot): ContentDef {
  switch (what.kind) {
    case "SendProduct":
      return productContent(l, what.value, what.body, undefined, id);
    case "SendProducts":
      return productsContent(l, what.body, what.clauses, id, keepSlot);
    case "SendCatalog":
      return catalogContent(l, what.body, what.thumbnail, undefined, id);
    case "SendCarousel":
      return {
        kind: "carousel",
        body: addText(l, `${id}.body`, what.body),
        cards: what.cards.map((card, i) => lowerCard(l, card, `${id}.card~${i + 1}`)),
      };
  }
}

/** The prompt of an ask that shows products or opens a form; `undefined` for other asks. */
export function lowerShownPrompt(l: Lowering, ask: Ask, id: string, keepSlot: KeepSlot): PromptDef | undefined {
  const { body, clauses, subject } = ask;
  const footer = clauses.find((c) => c.kind === "FooterClause");
  switch (ask.ask) {
    case "product":
      return subject && productContent(l, subject, body, footer, id);
    case "products":
      return body && productsContent(l, body, clauses, id, keepSlot);
    case "catalog": {
      const thumbnail = clauses.find((c) => c.kind === "ThumbnailClause");
      return body && catalogContent(l, body, thumbnail?.value, footer, id);
    }
    case "form":
    case "address":
      return formPrompt(l, ask, footer, id);
    default:
      return undefined;
  }
}

function footerOf(l: Lowering, footer: FooterClause | undefined, id: string): { readonly footer?: FooterDef } {
  return footer ? { footer: lowerFooter(l, footer, `${id}.footer`) } : {};
}

function productContent(
  l: Lowering,
  sku: Expr,
  body: TextExpr | undefined,
  footer: FooterClause | undefined,
  id: string,
): ProductContent {
  return {
    kind: "product",
    sku: lowerExpr(l, sku),
    ...(body ? { body: addText(l, `${id}.body`, body) } : {}),
    ...footerOf(l, footer, id),
  };
}

function catalogContent(
  l: Lowering,
  body: TextExpr,
  thumbnail: Expr | undefined,
  footer: FooterClause | undefined,
  id: string,
): CatalogContent {
  return {
    kind: "catalog",
    body: addText(l, `${id}.body`, body),
    ...footerOf(l, footer, id),
    // Without one nothing is built: P3026.
    thumbnail: thumbnail ? lowerExpr(l, thumbnail) : null,
  };
}

// ---------------------------------------------------------------- products in sections

function productsContent(
  l: Lowering,
  body: TextExpr,
  clauses: readonly AskClause[],
  id: string,
  keepSlot: KeepSlot,
): ProductsContent {
  const header = clauses.find((c) => c.kind === "HeaderClause");
  const footer = clauses.find((c) => c.kind === "FooterClause");
  const text = header?.value.kind === "TextExpr" ? header.value : undefined;
  return {
    kind: "products",
    header: text ? addText(l, `${id}.header`, text) : `${id}.header`,
    body: addText(l, `${id}.body`, body),
    ...footerOf(l, footer, id),
    sections: productSections(l, clauses, id, keepSlot),
  };
}

/** Products outside a section form sections without a title, where they stand. */
function productSections(
  l: Lowering,
  clauses: readonly AskClause[],
  id: string,
  keepSlot: KeepSlot,
): readonly ProductSectionsDef[] {
  return sectionsOf({ l, id, keepSlot, titles: 0 }, clauses);
}

interface Sectioning {
  readonly l: Lowering;
  readonly id: string;
  readonly keepSlot: KeepSlot;
  /** Numbers the titles. */
  titles: number;
}

function sectionsOf(s: Sectioning, clauses: readonly AskClause[]): readonly ProductSectionsDef[] {
  const { l, keepSlot } = s;
  const sections: ProductSectionsDef[] = [];
  let open: ProductRowDef[] = [];
  const add = (section: ProductSectionsDef): void => {
    if (open.length > 0) sections.push({ rows: open });
    open = [];
    sections.push(section);
  };
  for (const clause of clauses) {
    if (clause.kind === "Section") {
      const title = addText(l, `${s.id}.section~${++s.titles}`, clause.title);
      const when = clause.when ? { when: lowerExpr(l, clause.when) } : {};
      add({ title, ...when, rows: productRows(l, clause.clauses, keepSlot) });
    } else if (clause.kind === "ForRows" && hasSection(clause)) {
      const slot = keepSlot(clause);
      add({ kind: "for", slot, list: lowerExpr(l, clause.list), sections: sectionsOf(s, clause.clauses) });
    } else open.push(...productRows(l, [clause], keepSlot));
  }
  if (open.length > 0) sections.push({ rows: open });
  return sections;
}

function productRows(l: Lowering, clauses: readonly AskClause[], keepSlot: KeepSlot): readonly ProductRowDef[] {
  return clauses.flatMap((c): readonly ProductRowDef[] => {
    if (c.kind === "ProductClause") return [{ kind: "product", sku: lowerExpr(l, c.value) }];
    if (c.kind !== "ForRows") return [];
    const slot = keepSlot(c);
    return [{ kind: "for", slot, list: lowerExpr(l, c.list), rows: productRows(l, c.clauses, keepSlot) }];
  });
}

// ---------------------------------------------------------------- cards and forms

function lowerCard(l: Lowering, card: Card, id: string): CardDef {
  const [link] = card.links;
  return {
    media: card.media,
    value: lowerExpr(l, card.value),
    ...(card.body ? { body: addText(l, `${id}.body`, card.body) } : {}),
    // A card without a link is not built: P3026.
    title: link ? addText(l, `${id}.link`, link.title) : `${id}.link`,
    url: link ? lowerTemplate(l, link.url) : [],
  };
}

function formPrompt(l: Lowering, ask: Ask, footer: FooterClause | undefined, id: string): PromptDef | undefined {
  const { body, subject, clauses } = ask;
  if (!body) return undefined;
  const header = clauses.find((c) => c.kind === "HeaderClause");
  const open = clauses.find((c) => c.kind === "OpenClause");
  const frame = {
    body: addText(l, `${id}.body`, body),
    ...(header ? { header: lowerHeader(l, header, `${id}.header`) } : {}),
    ...footerOf(l, footer, id),
  };
  if (ask.ask === "address") return { kind: "address", country: "IN", ...frame };
  if (!subject) return undefined;
  // A form without it is not built: P3011.
  const text = open ? addText(l, `${id}.open`, open.text) : `${id}.open`;
  return { kind: "form", form: lowerExpr(l, subject), ...frame, open: text };
}

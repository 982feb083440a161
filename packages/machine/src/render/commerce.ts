/** Messages that show products: one, several in sections, the catalog, cards. */
import type {
  CarouselInteractive,
  CatalogInteractive,
  MediaCard,
  OutgoingMessage,
  ProductInteractive,
  ProductItem,
  ProductListInteractive,
  ProductSection,
} from "@parley/whatsapp";
import { MachineError } from "../errors.ts";
import type {
  CardDef,
  CatalogContent,
  ContentDef,
  Machine,
  ProductContent,
  ProductRowDef,
  ProductSectionDef,
  ProductSectionsDef,
  ProductsContent,
} from "../format.ts";
import { printText, renderFooter, renderFrame } from "./parts.ts";
import { printTemplate, type Scope } from "./scope.ts";

/** The products that are there at this moment. */
export interface ShownProducts {
  /** Without those that have no product. */
  readonly sections: readonly ProductSection[];
  readonly count: number;
  /** Products that stand there a second time and are left out. */
  readonly dropped: readonly string[];
}

export function shownProducts(scope: Scope, content: ProductsContent): ShownProducts {
  const showing: Showing = { scope, sections: [], skus: new Set(), dropped: [] };
  showSections(showing, content.sections);
  const { sections, skus, dropped } = showing;
  return { sections, count: skus.size, dropped };
}

interface Showing {
  readonly scope: Scope;
  readonly sections: ProductSection[];
  readonly skus: Set<string>;
  readonly dropped: string[];
}

function showSections(showing: Showing, defs: readonly ProductSectionsDef[]): void {
  for (const def of defs) {
    if ("sections" in def) showing.scope.each(def, () => showSections(showing, def.sections));
    else showSection(showing, def);
  }
}

function showSection(showing: Showing, def: ProductSectionDef): void {
  const { scope, sections } = showing;
  if (def.when !== undefined && !scope.holds(def.when)) return;
  const items: ProductItem[] = [];
  showRows(showing, def.rows, items);
  if (items.length === 0) return;
  const title = def.title === undefined ? {} : { title: printText(scope, def.title, "line") };
  sections.push({ ...title, product_items: items });
}

function showRows(showing: Showing, rows: readonly ProductRowDef[], into: ProductItem[]): void {
  const { scope, skus, dropped } = showing;
  for (const row of rows) {
    if (row.kind === "for") {
      scope.each(row, () => showRows(showing, row.rows, into));
      continue;
    }
    const sku = scope.optionId({ e: row.sku });
    if (skus.has(sku)) dropped.push(sku);
    else into.push({ product_retailer_id: sku });
    skus.add(sku);
  }
}

function catalogOf(machine: Machine): string {
  if (machine.catalog === undefined) throw new MachineError("/catalog", "a machine that shows products has a catalog");
  return machine.catalog;
}

export function renderProduct(scope: Scope, content: ProductContent): OutgoingMessage {
  const { sku, body, footer } = content;
  const interactive: ProductInteractive = {
    type: "product",
    ...(body === undefined ? {} : { body: { text: printText(scope, body) } }),
    ...renderFooter(scope, footer),
    action: { catalog_id: catalogOf(scope.machine), product_retailer_id: scope.optionId({ e: sku }) },
  };
  return { type: "interactive", interactive };
}

/** `shown`: what `shownProducts` gave for the same message. */
export function renderProducts(scope: Scope, content: ProductsContent, shown: ShownProducts): OutgoingMessage {
  const interactive: ProductListInteractive = {
    type: "product_list",
    header: { type: "text", text: printText(scope, content.header, "line") },
    body: { text: printText(scope, content.body) },
    ...renderFooter(scope, content.footer),
    action: { catalog_id: catalogOf(scope.machine), sections: shown.sections },
  };
  return { type: "interactive", interactive };
}

export function renderCatalog(scope: Scope, content: CatalogContent): OutgoingMessage {
  const parameters = { thumbnail_product_retailer_id: scope.optionId({ e: content.thumbnail }) };
  const interactive: CatalogInteractive = {
    type: "catalog_message",
    body: { text: printText(scope, content.body) },
    ...renderFooter(scope, content.footer),
    action: { name: "catalog_message", parameters },
  };
  return { type: "interactive", interactive };
}

export function renderCarousel(scope: Scope, content: Extract<ContentDef, { kind: "carousel" }>): OutgoingMessage {
  const cards = content.cards.map((card, i) => renderCard(scope, card, i));
  const { body } = renderFrame(scope, { body: content.body });
  const interactive: CarouselInteractive = { type: "carousel", body, action: { cards } };
  return { type: "interactive", interactive };
}

/** A card's text has room for few lines, so values in it are on one. */
function renderCard(scope: Scope, card: CardDef, index: number): MediaCard {
  const { ref } = scope.media(card.value);
  const header =
    card.media === "image" ? ({ type: "image", image: ref } as const) : ({ type: "video", video: ref } as const);
  return {
    card_index: index,
    type: "cta_url",
    header,
    ...(card.body === undefined ? {} : { body: { text: printText(scope, card.body, "line") } }),
    action: {
      name: "cta_url",
      parameters: {
        display_text: printText(scope, card.title, "line"),
        url: printTemplate(scope, card.url, "url"),
      },
    },
  };
}

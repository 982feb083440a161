/** Messages that show products of the machine's catalog; what `send` and `ask` share of them. */
import type { Expr, TextKey } from "./expressions.ts";

export interface FooterDef {
  readonly text: TextKey;
  readonly when?: Expr;
}

export interface ProductContent {
  readonly kind: "product";
  readonly sku: Expr;
  readonly body?: TextKey;
  readonly footer?: FooterDef;
}

/** Only the products that are there at run time are sent; without any, nothing is. */
export interface ProductsContent {
  readonly kind: "products";
  readonly header: TextKey;
  readonly body: TextKey;
  readonly footer?: FooterDef;
  readonly sections: readonly ProductSectionsDef[];
}

export interface CatalogContent {
  readonly kind: "catalog";
  readonly body: TextKey;
  readonly footer?: FooterDef;
  /** The product whose picture stands for the catalog. */
  readonly thumbnail: Expr;
}

export type ProductSectionsDef = ProductSectionDef | ForProductSectionsDef;

/** Sections for each item of a list. */
export interface ForProductSectionsDef {
  readonly kind: "for";
  readonly slot: string;
  readonly list: Expr;
  readonly sections: readonly ProductSectionsDef[];
}

export interface ProductSectionDef {
  readonly title?: TextKey;
  readonly when?: Expr;
  readonly rows: readonly ProductRowDef[];
}

export type ProductRowDef = ProductDef | ProductForDef;

export interface ProductDef {
  readonly kind: "product";
  readonly sku: Expr;
}

export interface ProductForDef {
  readonly kind: "for";
  /** Holds the row while its products are made. */
  readonly slot: string;
  readonly list: Expr;
  readonly rows: readonly ProductRowDef[];
}

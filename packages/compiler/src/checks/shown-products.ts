/** The messages that show products, for the rules about them. */
import type { Ask, AskClause, ForRows, ProductClause, Section, Send } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { spanOf } from "../text/source.ts";
import { boundsOf } from "../types/rows.ts";
import type { Types } from "../types/type.ts";
import type { Nodes } from "./nodes.ts";

export interface ProductMessage {
  readonly of: Ask | Send;
  readonly kind: "product" | "products" | "catalog";
  /** The words that name the kind: `ask products`, `send catalog`. */
  readonly place: Span;
  /** Of an ask, and of `send products`. */
  readonly clauses: readonly AskClause[];
}

const SENT = { SendProduct: "product", SendProducts: "products", SendCatalog: "catalog" } as const;

export function productMessages({ asks, sends }: Pick<Nodes, "asks" | "sends">): readonly ProductMessage[] {
  const found: ProductMessage[] = [];
  for (const of of sends) {
    const { what } = of;
    if (what.kind !== "SendProduct" && what.kind !== "SendProducts" && what.kind !== "SendCatalog") continue;
    const kind = SENT[what.kind];
    const clauses = what.kind === "SendProducts" ? what.clauses : [];
    found.push({ of, kind, place: spanOf(of.source, of.start, what.start + kind.length), clauses });
  }
  for (const of of asks) {
    const { ask: kind, clauses } = of;
    if (kind !== "product" && kind !== "products" && kind !== "catalog") continue;
    found.push({ of, kind, place: spanOf(of.source, of.start, of.askWord?.end ?? of.end), clauses });
  }
  return found;
}

/** One `product E` with how often it can stand there. */
export interface ShownProduct {
  readonly clause: ProductClause;
  readonly section: Section | undefined;
  readonly loop: ForRows | undefined;
  readonly min: number;
  readonly max: number;
}

export function shownIn(types: Types, clauses: readonly AskClause[]): readonly ShownProduct[] {
  const found: ShownProduct[] = [];
  collect(types, clauses, { section: undefined, loop: undefined, min: 1, max: 1 }, found);
  return found;
}

function collect(
  types: Types,
  clauses: readonly AskClause[],
  around: Omit<ShownProduct, "clause">,
  into: ShownProduct[],
): void {
  for (const c of clauses) {
    if (c.kind === "ProductClause") into.push({ clause: c, ...around });
    else if (c.kind === "Section") {
      collect(types, c.clauses, { ...around, section: c, min: c.when ? 0 : around.min }, into);
    } else if (c.kind === "ForRows") {
      const [min, max] = boundsOf(types.ofExpr.get(c.list));
      collect(types, c.clauses, { ...around, loop: c, min: around.min * min, max: around.max * max }, into);
    }
  }
}

/** One `section` with how often it can stand there. */
export interface ShownSection {
  readonly section: Section;
  readonly loop: ForRows | undefined;
  readonly max: number;
}

export function sectionsIn(types: Types, clauses: readonly AskClause[]): readonly ShownSection[] {
  const found: ShownSection[] = [];
  collectSections(types, clauses, undefined, 1, found);
  return found;
}

function collectSections(
  types: Types,
  clauses: readonly AskClause[],
  loop: ForRows | undefined,
  max: number,
  into: ShownSection[],
): void {
  for (const c of clauses) {
    if (c.kind === "Section") into.push({ section: c, loop, max });
    else if (c.kind === "ForRows") {
      collectSections(types, c.clauses, c, max * boundsOf(types.ofExpr.get(c.list))[1], into);
    }
  }
}

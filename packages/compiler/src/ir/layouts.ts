/** The layout of an ask's options, by locale: each language has that which its own words fit. */
import type { Layout } from "@parley/machine";
import type { Ask } from "../syntax/ast.ts";
import { layoutOf } from "../types/layout.ts";
import type { Lowering } from "./lowering.ts";

export function layoutsFor(l: Lowering, ask: Ask): Readonly<Record<string, Layout>> {
  const layouts: Record<string, Layout> = { [l.settings.locales.default]: l.layouts.get(ask)?.layout ?? "list" };
  for (const { locale, wording } of l.languages) {
    layouts[locale] = layoutOf({ names: l.names, types: l.types, wording }, ask)?.layout ?? "list";
  }
  return layouts;
}

/** The layout of an ask's options, by locale. */
import type { Layout } from "@parley/machine";
import type { Ask } from "../syntax/ast.ts";
import type { Lowering } from "./lowering.ts";

/** So far in the default locale alone, which all others fall back to. */
export function layoutsFor(l: Lowering, ask: Ask): Readonly<Record<string, Layout>> {
  return { [l.settings.locales.default]: l.layouts.get(ask)?.layout ?? "list" };
}

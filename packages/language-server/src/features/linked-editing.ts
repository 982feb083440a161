/** Names that are written anew in all their places at once: only what nothing outside of its flow and file can name. */
import type { Syntax } from "@parley/compiler";
import type { LinkedEditingRanges } from "vscode-languageserver";
import { describe } from "../described.ts";
import { occurrencesIn } from "../occurrences.ts";
import { toRange } from "../positions.ts";
import { foundAt } from "../symbols.ts";
import type { View } from "../view.ts";

/** `let`s, rows and items: what is published is renamed, so that its old name stays known. */
export function linkedEditing(view: View, file: Syntax.File, offset: number): LinkedEditingRanges | undefined {
  const [key] = foundAt(view, file, offset)?.keys ?? [];
  const described = key === undefined ? undefined : describe(view, key);
  if (!described || !LOCAL.has(described.kind)) return undefined;
  const ranges = occurrencesIn(view, file, described).map(({ span }) => toRange(span));
  return ranges.length > 1 ? { ranges, wordPattern: "[A-Za-z_][A-Za-z0-9_]*" } : undefined;
}

const LOCAL: ReadonlySet<string> = new Set(["let", "row", "item"]);

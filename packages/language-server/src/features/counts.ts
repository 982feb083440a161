/** The counts of texts, worked out once for a compilation and only where they are asked for. */
import { type Compilation, type CountedText, type Span, type Syntax, textCounts } from "@parley/compiler";
import type { View } from "../view.ts";

/** By state; what a flow gives to all its asks by flow. */
type Known = Map<Syntax.FlowDecl | Syntax.StateDecl, readonly CountedText[]>;

const known = new WeakMap<Compilation, Known>();

/** Of the flows and states of a file that meet the range. */
export function countsOf(
  view: View,
  file: Syntax.File,
  start: number = 0,
  end: number = Number.POSITIVE_INFINITY,
): ReadonlyMap<Syntax.TextExpr, CountedText> {
  const meets = (part: Span): boolean => part.end >= start && part.start <= end;
  const found: CountedText[] = [];
  for (const flow of file.declarations) {
    if (flow.kind !== "FlowDecl" || !meets(flow)) continue;
    found.push(...countsIn(view, flow, flow));
    for (const state of flow.states) if (meets(state)) found.push(...countsIn(view, flow, state));
  }
  return new Map(found.map((counted) => [counted.text, counted]));
}

function countsIn(
  { compilation }: View,
  flow: Syntax.FlowDecl,
  part: Syntax.FlowDecl | Syntax.StateDecl,
): readonly CountedText[] {
  let parts = known.get(compilation);
  if (!parts) {
    parts = new Map();
    known.set(compilation, parts);
  }
  let counts = parts.get(part);
  if (!counts) {
    const within = part.kind === "StateDecl" ? { states: [part], elses: [], afters: [] } : { ...flow, states: [] };
    counts = textCounts(compilation, flow, within);
    parts.set(part, counts);
  }
  return counts;
}

/** `17/20`; in another language than the default one with its name: `22/20 de`. */
export function countLabel({ worst }: CountedText, defaultLocale: string): string {
  const locale = worst.locale === defaultLocale ? "" : ` ${worst.locale}`;
  return `${worst.length > worst.max ? "⚠ " : ""}${worst.length}/${worst.max}${locale}`;
}

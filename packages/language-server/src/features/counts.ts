/** The counts of texts, worked out once for a compilation. */
import { type Compilation, type CountedText, type Syntax, textCounts } from "@parley/compiler";
import type { View } from "../view.ts";

const known = new WeakMap<Compilation, Map<Syntax.FlowDecl, readonly CountedText[]>>();

/** Of the flows of a file that lie between both places. */
export function countsOf(
  view: View,
  file: Syntax.File,
  start: number = 0,
  end: number = Number.POSITIVE_INFINITY,
): ReadonlyMap<Syntax.TextExpr, CountedText> {
  const flows = file.declarations.filter((d) => d.kind === "FlowDecl" && d.end >= start && d.start <= end);
  const counts = flows.flatMap((flow) => (flow.kind === "FlowDecl" ? countsIn(view, flow) : []));
  return new Map(counts.map((counted) => [counted.text, counted]));
}

function countsIn({ compilation }: View, flow: Syntax.FlowDecl): readonly CountedText[] {
  let flows = known.get(compilation);
  if (!flows) {
    flows = new Map();
    known.set(compilation, flows);
  }
  let counts = flows.get(flow);
  if (!counts) {
    counts = textCounts(compilation, flow);
    flows.set(flow, counts);
  }
  return counts;
}

/** `17/20`; in another language than the default one with its name: `22/20 de`. */
export function countLabel({ worst }: CountedText, defaultLocale: string): string {
  const locale = worst.locale === defaultLocale ? "" : ` ${worst.locale}`;
  return `${worst.length > worst.max ? "⚠ " : ""}${worst.length}/${worst.max}${locale}`;
}

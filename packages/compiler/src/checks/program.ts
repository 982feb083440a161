/** What rules look at, and how they report. */
import type { Names } from "../bind/names.ts";
import type { ArgsOf, Code } from "../diagnostics/catalog.ts";
import type { Diagnostic, Fix, Related, Severity } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { FlowGraph } from "../flow/graph.ts";
import type { Translations } from "../locales/translations.ts";
import type { Settings } from "../project/settings.ts";
import type { Ask } from "../syntax/ast.ts";
import { type Lazily, lazily } from "../text/lazy.ts";
import type { Source, Span } from "../text/source.ts";
import { type LayoutChoice, layoutOf } from "../types/layout.ts";
import type { Types } from "../types/type.ts";
import { asWritten } from "../types/wording.ts";
import { collectNodes, type Nodes } from "./nodes.ts";
import { leadsToPeople } from "./people.ts";
import { type TextUse, textUses } from "./text-uses.ts";
import { type FileUses, usesIn } from "./uses.ts";

export interface Program {
  readonly names: Names;
  readonly types: Types;
  readonly graph: FlowGraph;
  readonly settings: Settings;
  /** Absent where there is one language. */
  readonly translations?: Translations;
}

/** A program with what several rules need, found once. */
export interface Checked extends Program {
  readonly nodes: Nodes;
  readonly layouts: ReadonlyMap<Ask, LayoutChoice>;
  /** Every text that a user sees. */
  readonly texts: readonly TextUse[];
  readonly uses: ReadonlyMap<Source, FileUses>;
  /** Whether a conversation can come to people. */
  readonly people: Lazily<boolean>;
}

export type Report = (diagnostic: Diagnostic) => void;

export type Rule = (program: Checked, report: Report) => void;

export function prepare(program: Program): Checked {
  const { names } = program;
  const nodes = collectNodes(names);
  const typed = { ...program, wording: asWritten(program.settings.locales.default) };
  const layouts = new Map<Ask, LayoutChoice>();
  for (const ask of nodes.asks) {
    const layout = layoutOf(typed, ask);
    if (layout) layouts.set(ask, layout);
  }
  const uses = new Map(names.files.map((file) => [file.source, usesIn(names, file, nodes.sets)]));
  const people = lazily(() => leadsToPeople(program.graph));
  return { ...program, nodes, layouts, texts: textUses(nodes, layouts), uses, people };
}

/** Reports at a place that is only a place. */
export function at<C extends Code>(
  report: Report,
  code: C,
  span: Span,
  args: ArgsOf<C>,
  more: { readonly related?: readonly Related[]; readonly fixes?: readonly Fix[]; readonly severity?: Severity } = {},
): void {
  report(diagnostic(code, span, args, more));
}

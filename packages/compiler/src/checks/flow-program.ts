/** What the rules about ways and times look at, and how they report. */
import type { Names } from "../bind/names.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FlowGraph } from "../flow/graph.ts";
import type { Settings } from "../project/settings.ts";
import type { Span } from "../text/source.ts";

export interface FlowProgram {
  readonly names: Names;
  readonly graph: FlowGraph;
  readonly settings: Settings;
}

export type Report = (diagnostic: Diagnostic) => void;

export type FlowRule = (program: FlowProgram, report: Report) => void;

/** Only the place: nodes of the tree are spans with more in them. */
export function place({ source, start, end }: Span): Span {
  return { source, start, end };
}

/** P5001 and P5009: what no conversation comes to. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { nodeAt, reachableFrom, rootsOf } from "../flow/graph.ts";
import { withDocs } from "../text/removal.ts";
import type { Span } from "../text/source.ts";
import type { FlowProgram, Report } from "./flow-program.ts";

export function reach({ names, graph }: FlowProgram, report: Report): void {
  // A trigger that no `schedule` raises is P5006: that is the cause, and not what it leads to.
  const reached = reachableFrom(graph, [...rootsOf(graph), ...graph.triggers.values()]);
  let found: ReadonlySet<unknown> | undefined;
  const named = (): ReadonlySet<unknown> => {
    found ??= namedStates(names);
    return found;
  };
  for (const [state, id] of graph.states) {
    const { flow } = nodeAt(graph, id);
    if (reached(id) || graph.broken.has(flow)) continue;
    // A second state of one name is reported as that.
    const name = state.name.text;
    if (names.inFlow.get(flow)?.states.get(name) !== state) continue;
    report(
      diagnostic(
        "P5001",
        state.name,
        { state: name },
        { fixes: named().has(state) || flow.states.length === 1 ? [] : [removal(state)] },
      ),
    );
  }
  for (const { statement, last, within } of graph.unreachable) {
    const { source, start } = statement;
    const fixes = [removal({ source, start, end: last.end })];
    report(diagnostic("P5009", statement, { state: within }, { fixes }));
  }
}

function removal(span: Span): Fix {
  return { title: "Delete it", safe: false, edits: [{ span: withDocs(span), text: "" }] };
}

/** States that some arrow or test names: without them that would be a mistake. */
function namedStates(names: FlowProgram["names"]): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  names.refs.forEach((referent) => {
    if (referent.kind === "state") found.add(referent.decl);
  });
  for (const id of names.places.values()) {
    const [flow = "", state = ""] = id.split(".");
    const decl = names.flows.get(flow);
    found.add(decl && names.inFlow.get(decl)?.states.get(state));
  }
  return found;
}

/** P4003: the time-outs of an ask rise. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { showTime } from "../flow/time.ts";
import type { AfterClause } from "../syntax/ast.ts";
import { spanText } from "../text/source.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function timeouts({ names, graph }: FlowProgram, report: Report): void {
  for (const id of graph.asks) {
    const what = graph.nodes[id]?.what;
    if (what?.kind === "ask")
      inOrder(
        what.syntax.clauses.filter((c) => c.kind === "AfterClause"),
        report,
      );
  }
  for (const flow of names.flows.values()) inOrder(flow.afters, report);
}

function inOrder(afters: readonly AfterClause[], report: Report): void {
  afters.forEach((after, i) => {
    const before = afters[i - 1];
    if (!before || after.duration.value > before.duration.value) return;
    const args = { time: showTime(after.duration.value), before: showTime(before.duration.value) };
    report(
      diagnostic("P4003", place(after.duration), args, {
        related: [{ span: place(before.duration), message: "this one stands before it and is no shorter" }],
        fixes: after.duration.value < before.duration.value ? [exchange(before, after)] : [],
      }),
    );
  });
}

/** Each with its arm: what happens at a time stays. */
function exchange(before: AfterClause, after: AfterClause): Fix {
  const edits = [
    { span: place(before), text: spanText(after) },
    { span: place(after), text: spanText(before) },
  ];
  return { title: "Exchange the two", safe: true, edits };
}

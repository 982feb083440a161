/** P3011: a form needs the text that opens it; no word of ours would say what it is for. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Ask } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";
import { addClause } from "./add-clause.ts";
import { at, type Checked, type Report } from "./program.ts";

export function formsWithOpeningText({ nodes }: Checked, report: Report): void {
  for (const ask of nodes.asks) {
    if (ask.ask !== "form" || ask.clauses.some((c) => c.kind === "OpenClause" || c.kind === "InvalidClause")) continue;
    const place = spanOf(ask.source, ask.start, ask.askWord?.end ?? ask.end);
    at(report, "P3011", place, { what: "the text that opens the form", problem: "missing" }, { fixes: [addOpen(ask)] });
  }
}

function addOpen(ask: Ask): Fix {
  const [first] = ask.clauses;
  const edit = first
    ? { span: spanOf(first.source, first.start, first.start), text: 'open "Start" ' }
    : addClause(ask, 'open "Start"');
  return { title: 'Write `open "Start"`', safe: false, edits: [edit] };
}

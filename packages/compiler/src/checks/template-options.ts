/** P2001 for options of `ask template` that the template has no quick reply for. */
import { unknownNameAt } from "../diagnostics/suggest.ts";
import type { Checked, Report } from "./program.ts";

export function templateOptionsExist(program: Checked, report: Report): void {
  for (const ask of program.nodes.asks) {
    const referent = ask.template && program.names.refs.get(ask.template.name);
    if (referent?.kind !== "template") continue;
    const known = referent.decl.clauses.flatMap((c) => (c.kind === "TemplateOption" ? [c.name.text] : []));
    for (const clause of ask.clauses) {
      if (clause.kind !== "Option" || clause.id.kind !== "Name" || known.includes(clause.id.text)) continue;
      if (clause.id.text !== "") report(unknownNameAt("option", clause.id, known));
    }
  }
}

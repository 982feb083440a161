/** P2001 for options of `ask template` that the template has no quick reply for. */
import { suggest } from "../bind/suggest.ts";
import { at, type Checked, type Report } from "./program.ts";

export function templateOptionsExist(program: Checked, report: Report): void {
  for (const ask of program.nodes.asks) {
    const referent = ask.template && program.names.refs.get(ask.template.name);
    if (referent?.kind !== "template") continue;
    const known = referent.decl.clauses.flatMap((c) => (c.kind === "TemplateOption" ? [c.name.text] : []));
    for (const clause of ask.clauses) {
      if (clause.kind !== "Option" || clause.id.kind !== "Name" || known.includes(clause.id.text)) continue;
      const name = clause.id.text;
      if (name !== "") at(report, "P2001", clause.id, { what: "option", name, ...suggest(name, known) });
    }
  }
}

/** P2001 for options that tests tap or expect and no ask has. */
import { unknownNameAt } from "../diagnostics/suggest.ts";
import type { AskClause, Name } from "../syntax/ast.ts";
import { enumOf } from "../types/rows.ts";
import type { Checked, Report } from "./program.ts";

export function tappedOptionsExist(program: Checked, report: Report): void {
  const named = optionsOfTests(program);
  if (named.length === 0) return;
  const known = knownOptions(program);
  // Ids that come from values may be any.
  if (!known) return;
  for (const name of named) {
    if (name.text !== "" && !known.has(name.text)) report(unknownNameAt("option", name, known));
  }
}

function optionsOfTests({ names }: Checked): readonly Name[] {
  const found: Name[] = [];
  for (const file of names.files) {
    for (const d of file.declarations) {
      // The options of a flow that does not exist are not known.
      if (d.kind !== "TestDecl" || (d.flow && !names.refs.has(d.flow))) continue;
      for (const step of d.steps) {
        const option = step.kind === "UserTaps" || step.kind === "Expect" ? step.option : undefined;
        if (option?.kind === "Name") found.push(option);
      }
    }
  }
  return found;
}

function knownOptions(program: Checked): ReadonlySet<string> | undefined {
  const known = new Set<string>();
  for (const ask of program.nodes.asks) {
    if (!collect(ask.clauses, known)) return undefined;
    for (const name of enumOf(program.types, ask)?.cases ?? []) known.add(name);
  }
  for (const template of program.names.templates.values()) {
    for (const clause of template.clauses) if (clause.kind === "TemplateOption") known.add(clause.name.text);
  }
  return known;
}

/** Whether all ids are constant. */
function collect(clauses: readonly AskClause[], into: Set<string>): boolean {
  return clauses.every((c) => {
    if (c.kind === "Section" || c.kind === "ForRows") return collect(c.clauses, into);
    if (c.kind !== "Option") return true;
    if (c.id.kind !== "Name") return false;
    into.add(c.id.text);
    return true;
  });
}

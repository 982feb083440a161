/** Options: P3009, P3022, and options that have no title (P3011). */
import type { Ask, Name } from "../syntax/ast.ts";
import { spanOf, spanText } from "../text/source.ts";
import type { LayoutChoice } from "../types/layout.ts";
import { hasOptions, showsOptions } from "../types/rows.ts";
import { addEmpty } from "./add-empty.ts";
import { at, type Checked, type Report } from "./program.ts";

export function optionsWithDifferentIds(program: Checked, report: Report): void {
  for (const ask of program.nodes.asks) {
    if (!showsOptions(ask)) continue;
    const ids = constantIds(ask.clauses, []);
    const seen = new Map<string, Name>();
    for (const id of ids) {
      const first = seen.get(id.text);
      if (first) sameId(id, first, ids, report);
      else seen.set(id.text, id);
    }
  }
}

function sameId(id: Name, first: Name, ids: readonly Name[], report: Report): void {
  let n = 2;
  while (ids.some((other) => other.text === `${id.text}_${n}`)) n++;
  const text = `${id.text}_${n}`;
  const related = [{ span: first, message: `\`${id.text}\` stands here first` }];
  const fixes = [{ title: `Call it \`${text}\``, safe: false, edits: [{ span: id, text }] }];
  at(report, "P3009", id, { id: id.text }, { related, fixes });
}

function constantIds(clauses: Ask["clauses"], into: Name[]): readonly Name[] {
  for (const c of clauses) {
    if (c.kind === "Section" || c.kind === "ForRows") constantIds(c.clauses, into);
    else if (c.kind === "Option" && c.id.kind === "Name" && c.id.text !== "") into.push(c.id);
  }
  return into;
}

export function asksWithOptions(program: Checked, report: Report): void {
  for (const [ask, choice] of program.layouts) {
    // Where another message may be the answer, options may be missing.
    if (!hasOptions(ask)) continue;
    if (choice.minOptions > 0 || ask.clauses.some((clause) => clause.kind === "EmptyClause")) continue;
    // A kind of ask that does not exist may need no options, and clauses that could not be read may be some.
    if (ask.ask === "auto" && ask.askWord) continue;
    if (ask.clauses.some((clause) => clause.kind === "InvalidClause")) continue;
    // A variable whose type is unknown may be of an enum, which gives options.
    if (ask.as && (program.types.ofTarget.get(ask.as)?.kind ?? "unknown") === "unknown") continue;
    const word = spanOf(ask.source, ask.start, Math.min(ask.end, ask.start + "ask".length));
    at(report, "P3022", ask.askWord ?? word, { why: whyEmpty(choice) }, { fixes: addEmpty(ask.clauses) });
  }
}

function whyEmpty({ rows }: LayoutChoice): string {
  if (rows.length === 0) return "it has none";
  const loop = rows.find((row) => row.loop)?.loop;
  if (loop) return `\`${spanText(loop.list)}\` can be empty`;
  return rows.length === 1 ? "its option has a `when`" : "each of its options has a `when`";
}

export function optionsWithTitles(program: Checked, report: Report): void {
  for (const choice of program.layouts.values()) {
    for (const row of choice.rows) {
      if (!row.option || row.title || row.label !== undefined) continue;
      const { id } = row.option;
      // An id that could not be read, or whose type is an error, might have had a label.
      if (id.kind === "Name" ? id.text === "" : program.types.ofExpr.get(id)?.kind === "unknown") continue;
      const what = row.id === undefined ? "the title of the option" : `the title of \`${row.id}\``;
      at(report, "P3011", id, { what, problem: "missing" });
    }
  }
}

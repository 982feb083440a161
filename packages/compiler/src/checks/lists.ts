/** Lists: P3002, P3003, P3012. */
import { LIMITS } from "@parley/whatsapp";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Ask, Section } from "../syntax/ast.ts";
import { indentBefore } from "../text/indent.ts";
import { spanOf } from "../text/source.ts";
import type { LayoutChoice } from "../types/layout.ts";
import { addClause } from "./add-clause.ts";
import { firstBeyond } from "./buttons.ts";
import { at, type Checked, type Report } from "./program.ts";

export function rowsWithinLimit(program: Checked, report: Report): void {
  const { max } = LIMITS.listRows;
  for (const [ask, choice] of program.layouts) {
    if (choice.layout !== "list" || choice.maxOptions <= max) continue;
    // Too many sections bring too many rows with them.
    if ((program.nodes.sections.get(ask)?.length ?? 0) > LIMITS.listSections.max) continue;
    const row = firstBeyond(choice.rows, max);
    const place = row?.loop?.list ?? row?.option?.id ?? ask.askWord ?? ask;
    at(report, "P3002", place, { count: choice.maxOptions, max }, { fixes: [addMore(ask)] });
  }
}

/** Pages of rows, opened by a built-in word that can be changed. */
function addMore(ask: Ask): Fix {
  const last = ask.clauses.at(-1);
  const edit = last
    ? { span: spanOf(last.source, last.end, last.end), text: `\n${indentBefore(last)}more "More"` }
    : addClause(ask, 'more "More"');
  return { title: "Show the rows in pages", safe: false, edits: [edit] };
}

export function sectionsWithinLimit(program: Checked, report: Report): void {
  const { max } = LIMITS.listSections;
  for (const [ask, sections] of program.nodes.sections) {
    const beyond = sections[max];
    if (!beyond || program.layouts.get(ask)?.layout !== "list") continue;
    at(report, "P3003", beyond.title, { count: sections.length, max });
  }
}

export function sectionsWithTitles(program: Checked, report: Report): void {
  for (const [ask, sections] of program.nodes.sections) {
    const choice = program.layouts.get(ask);
    if (!choice || choice.layout === "buttons") continue;
    const outside = outsideOf(choice);
    const several = sections.length + (outside ? 1 : 0) > 1;
    if (several)
      for (const section of sections) if (isBlank(section)) at(report, "P3012", section.title, { problem: "blank" });
    if (outside) at(report, "P3012", outside.place, { problem: "outside", id: outside.id });
  }
}

function outsideOf({
  rows,
}: LayoutChoice): { readonly place: Parameters<typeof at>[2]; readonly id: string } | undefined {
  const row = rows.find((r) => !r.section && r.option);
  return row?.option && { place: row.option.id, id: row.id ?? "" };
}

function isBlank({ title }: Section): boolean {
  return title.parts.every((part) => typeof part === "string" && part.trim() === "");
}

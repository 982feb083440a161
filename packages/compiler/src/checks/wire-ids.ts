/** P3016 for the ids that taps bring back: `flow.state.ask:option` has a bound, since a turn's number is added to it. */
import { WIRE_NAME_MAX } from "@parley/machine";
import { codePoints } from "@parley/whatsapp";
import type { Ask } from "../syntax/ast.ts";
import { longestCase, printedLength } from "../types/length.ts";
import { type Row, rowsOf, showsOptions } from "../types/rows.ts";
import { at, type Checked, type Report } from "./program.ts";

export function optionIdsWithinLimit(program: Checked, report: Report): void {
  for (const ask of program.nodes.asks) {
    const id = showsOptions(ask) ? program.names.ids.get(ask) : undefined;
    if (id === undefined) continue;
    for (const row of program.layouts.get(ask)?.rows ?? rowsOf(program, ask)) checkRow(program, ask, id, row, report);
  }
}

function checkRow(program: Checked, ask: Ask, askId: string, row: Row, report: Report): void {
  const before = codePoints(askId) + 1;
  const own = row.id === undefined ? longestId(program, row) : codePoints(row.id);
  if (before + own <= WIRE_NAME_MAX) return;
  const place = row.option?.id ?? ask.as ?? ask;
  const sum = `${before} for ${askId}: + ${own} for the option's id`;
  at(report, "P3016", place, { what: "the id that a tap brings back", length: before + own, max: WIRE_NAME_MAX, sum });
}

function longestId(program: Checked, { option }: Row): number {
  if (!option || option.id.kind === "Name") return 0;
  const type = program.types.ofExpr.get(option.id);
  if (!type) return 0;
  return type.kind === "enum" ? longestCase(type) : printedLength(type).codePoints;
}

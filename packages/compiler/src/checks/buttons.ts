/** Reply buttons: P3001, P3005 where they have descriptions, P3010. */
import { LIMITS } from "@parley/whatsapp";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Ask } from "../syntax/ast.ts";
import { withSpaceBefore } from "../text/removal.ts";
import { spanOf, spanText } from "../text/source.ts";
import { type LayoutChoice, titleLength } from "../types/layout.ts";
import type { Row } from "../types/rows.ts";
import { at, type Checked, type Report } from "./program.ts";
import { writtenText } from "./text-uses.ts";

export function buttonsWithinLimit(program: Checked, report: Report): void {
  const { max } = LIMITS.replyButtons;
  for (const [ask, choice] of program.layouts) {
    if (choice.layout !== "buttons" || choice.maxOptions <= max) continue;
    const place = firstBeyond(choice.rows, max)?.option ?? ask.askWord ?? ask;
    at(report, "P3001", placeOf(place), { count: choice.maxOptions, max }, { fixes: unpin(program, ask, choice) });
  }
}

export function buttonsWithoutDescriptions(program: Checked, report: Report): void {
  for (const choice of program.layouts.values()) {
    if (choice.layout !== "buttons") continue;
    for (const { option } of choice.rows) {
      if (!option?.description) continue;
      const edits = [{ span: withSpaceBefore(option.description), text: "" }];
      const fixes = [{ title: "Remove the description", safe: false, edits }];
      at(report, "P3005", option.description, { problem: "buttons", what: "", length: 0, max: 0 }, { fixes });
    }
  }
}

export function buttonsWithDifferentTitles(program: Checked, report: Report): void {
  sameTitles(program, report, "buttons", "P3010");
}

export function rowsWithDifferentTitles(program: Checked, report: Report): void {
  sameTitles(program, report, "list", "P3024");
}

function sameTitles(program: Checked, report: Report, layout: "buttons" | "list", code: "P3010" | "P3024"): void {
  for (const choice of program.layouts.values()) {
    if ((choice.layout === "buttons") !== (layout === "buttons") || choice.rows.length < 2) continue;
    const seen = new Map<string, Row>();
    for (const row of choice.rows) {
      const title = titleOf(row);
      if (title === undefined || title.trim() === "") continue;
      const first = seen.get(title);
      // Two options of one id are reported as that.
      if (first && first.id !== row.id) {
        const related = first.title ? [{ span: first.title, message: "the other stands here" }] : [];
        const place = row.title ?? row.option?.id ?? row.enumCase?.label;
        if (place) at(report, code, place, { title }, { related });
      }
      seen.set(title, row);
    }
  }
}

/** What a row says, where that is the same for every user. */
function titleOf(row: Row): string | undefined {
  if (row.title) return writtenText(row.title);
  return row.id === undefined ? undefined : row.label;
}

/** The first row that can come after `max` others. */
export function firstBeyond(rows: readonly Row[], max: number): Row | undefined {
  let count = 0;
  return rows.find((row) => {
    count += row.max;
    return count > max;
  });
}

function placeOf(node: NonNullable<Row["option"]> | Ask | NonNullable<Ask["askWord"]>): Parameters<typeof at>[2] {
  if (node.kind === "Option") return node.id.kind === "Name" ? wordAndId(node) : node.id;
  return node.kind === "Ask" ? spanOf(node.source, node.start, node.start + "ask".length) : node;
}

/** `option small` without what follows. */
function wordAndId(option: NonNullable<Row["option"]>): Parameters<typeof at>[2] {
  return spanOf(option.source, option.start, option.id.end);
}

/** `ask buttons` -> `ask`, which gives a list with the same ids and arms. Safe where a list takes all of it. */
function unpin(program: Checked, ask: Ask, choice: LayoutChoice): readonly Fix[] {
  const word = ask.askWord;
  if (!word || spanText(word) !== "buttons") return [];
  const header = ask.clauses.some((clause) => clause.kind === "HeaderClause" && clause.media !== "text");
  const fits = choice.rows.every((row) => titleLength(program, row) <= LIMITS.replyButtonTitle.max);
  const edits = [{ span: withSpaceBefore(word), text: "" }];
  return [{ title: "Let the layout be chosen", safe: fits && !header, edits }];
}

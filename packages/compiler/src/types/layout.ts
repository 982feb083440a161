/**
 * How an ask with options goes out: reply buttons, a list, or a list in pages. Chosen from the bounds of its rows and
 * of their texts, never from the values of the day, so that a conversation looks the same every time.
 */
import { codePoints, LIMITS } from "@parley/whatsapp";
import type { Ask } from "../syntax/ast.ts";
import { maxLength } from "./length.ts";
import { type Row, rowsOf, showsOptions, type Typed } from "./rows.ts";

export type Layout = "buttons" | "list" | "pages";

export interface LayoutChoice {
  readonly layout: Layout;
  /** Written as `ask buttons` or `ask list`. */
  readonly pinned: boolean;
  /** Why this layout, for people; at least one. */
  readonly reasons: readonly string[];
  readonly minOptions: number;
  readonly maxOptions: number;
  readonly rows: readonly Row[];
}

/** `undefined` for asks that are no buttons and no list. */
export function layoutOf(program: Typed, ask: Ask): LayoutChoice | undefined {
  if (!showsOptions(ask) || ask.ask === "template") return undefined;
  const rows = rowsOf(program, ask);
  const minOptions = rows.reduce((sum, row) => sum + row.min, 0);
  const maxOptions = rows.reduce((sum, row) => sum + row.max, 0);
  const bounds = { minOptions, maxOptions, rows };
  if (ask.ask === "buttons")
    return { layout: "buttons", pinned: true, reasons: ["pinned as `ask buttons`"], ...bounds };
  if (ask.ask === "list") return { ...pinnedList(ask, maxOptions), pinned: true, ...bounds };
  const obstacles = againstButtons(program, rows, maxOptions);
  if (obstacles.length === 0) {
    const reasons = [`at most ${LIMITS.replyButtons.max} options with titles that fit buttons`];
    return { layout: "buttons", pinned: false, reasons, ...bounds };
  }
  if (maxOptions <= LIMITS.listRows.max) return { layout: "list", pinned: false, reasons: obstacles, ...bounds };
  const reasons = [`${maxOptions} options are possible, a list takes ${LIMITS.listRows.max}`];
  return { layout: "pages", pinned: false, reasons, ...bounds };
}

function pinnedList(ask: Ask, maxOptions: number): { layout: Layout; reasons: readonly string[] } {
  const more = ask.clauses.some((clause) => clause.kind === "MoreClause");
  if (!more || maxOptions <= LIMITS.listRows.max) return { layout: "list", reasons: ["pinned as `ask list`"] };
  const reason = `pinned as \`ask list\` with \`more\`: ${maxOptions} options are possible, a list takes ${LIMITS.listRows.max}`;
  return { layout: "pages", reasons: [reason] };
}

/** Each thing that keeps the rows from being reply buttons. */
function againstButtons(program: Typed, rows: readonly Row[], maxOptions: number): readonly string[] {
  const reasons: string[] = [];
  if (maxOptions > LIMITS.replyButtons.max) {
    reasons.push(`${maxOptions} options are possible, buttons take ${LIMITS.replyButtons.max}`);
  }
  if (rows.some((row) => row.section)) reasons.push("its options stand in sections");
  for (const row of rows) {
    if (row.option?.description) reasons.push(`${nameOf(row)} has a description`);
    const length = titleLength(program, row);
    const short = row.short && maxLength(program.types.ofExpr, row.short, program.wording).codePoints;
    if (Math.min(length, short ?? length) > LIMITS.replyButtonTitle.max) {
      reasons.push(
        `the title of ${nameOf(row)} can have ${length} characters, a button takes ${LIMITS.replyButtonTitle.max}`,
      );
    }
  }
  return reasons;
}

function nameOf(row: Row): string {
  return row.id === undefined ? "an option of the rows" : `\`${row.id}\``;
}

/** The longest title, in code points. */
export function titleLength(program: Typed, row: Row): number {
  const [written] = row.title?.parts ?? [];
  if (row.title?.parts.length === 1 && typeof written === "string") return codePoints(written);
  return row.title
    ? maxLength(program.types.ofExpr, row.title, program.wording).codePoints
    : codePoints(row.label ?? "");
}

/** The longest title that the layout takes. */
export function titleLimit(layout: Layout): number {
  return layout === "buttons" ? LIMITS.replyButtonTitle.max : LIMITS.rowTitle.max;
}

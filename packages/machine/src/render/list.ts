/** Lists, in one message or in pages. */
import type { ListRow, ListSection } from "@parley/whatsapp";
import { LIMITS } from "@parley/whatsapp";
import type { Shown, ShownOption } from "./options.ts";
import type { Scope } from "./scope.ts";

/** A page that is followed by another has this many rows and the one that shows the next. */
export const PAGE_ROWS: number = LIMITS.listRows.max - 1;

export interface Page {
  /** From 1. */
  readonly number: number;
  readonly of: number;
}

/** How many messages the rows take; the last page has no `more` and may hold a row in its place. */
export function pageCount(shown: Shown): number {
  if (shown.layout !== "pages") return 1;
  return Math.max(1, Math.ceil((shown.count - 1) / PAGE_ROWS));
}

export function renderSections(scope: Scope, shown: Shown, page: Page, more: string): readonly ListSection[] {
  const isLast = page.number >= page.of;
  const hasMore = shown.layout === "pages" && (!isLast || (scope.symbolic === true && hasLoop(shown)));
  const from = (page.number - 1) * PAGE_ROWS;
  const to = shown.layout !== "pages" || (isLast && !hasMore) ? shown.count : from + PAGE_ROWS;
  const sections = slice(scope, shown, from, to);
  const last = sections.at(-1);
  if (hasMore && last) last.rows.push({ id: scope.pageId(page.number + 1), title: more });
  return sections;
}

function hasLoop(shown: Shown): boolean {
  return shown.sections.some((section) => section.options.some((option) => option.loops !== undefined));
}

interface OpenSection {
  readonly title?: string;
  readonly rows: ListRow[];
}

/** The rows from `from` up to `to`, counted over all sections; sections without any are left out. */
function slice(scope: Scope, shown: Shown, from: number, to: number): OpenSection[] {
  const sections: OpenSection[] = [];
  let start = 0;
  for (const section of shown.sections) {
    const options = section.options.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += section.options.length;
    if (options.length === 0) continue;
    const rows = options.map((option) => renderRow(scope, option));
    sections.push(section.title === undefined ? { rows } : { title: section.title, rows });
  }
  return sections;
}

function renderRow(scope: Scope, option: ShownOption): ListRow {
  const { title, description } = option;
  const id = scope.wireId(option.id);
  return description === undefined ? { id, title } : { id, title, description };
}

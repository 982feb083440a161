/** A table by flow, and what no test goes through. */
import { visible } from "../report/visible.ts";
import {
  type BotCoverage,
  byFile,
  type CoverageFormat,
  type CoveredItem,
  KINDS,
  percentText,
  sumOf,
} from "./report.ts";

export const text: CoverageFormat = (report) => report.map(botText).join("\n");

function botText({ name, covered, total, items, locales }: BotCoverage): string {
  const flows = [...new Set(items.map(({ flow }) => flow))];
  const rows = [
    [visible(name), ...Object.values(KINDS), ""],
    ...flows.map((flow) => row(flow, items, (item) => item.flow === flow)),
    ...(flows.length > 1 ? [row("all", items, () => true)] : []),
    ...locales.map((one) => row(one.locale, one.items, () => true)),
  ];
  const missing = items.filter(({ count }) => count === 0);
  const lines = [
    ...table(rows),
    `${covered} of ${total} covered, ${percentText({ covered, total })}`,
    ...(missing.length === 0 ? [] : ["", "no test goes through:", ...missingLines(missing)]),
  ];
  return `${lines.join("\n")}\n`;
}

function row(name: string, items: readonly CoveredItem[], is: (item: CoveredItem) => boolean): readonly string[] {
  const kinds = Object.keys(KINDS).map((kind) => {
    const { covered, total } = sumOf(items, (item) => item.kind === kind && is(item));
    return total === 0 ? "-" : `${covered}/${total}`;
  });
  return [name, ...kinds, percentText(sumOf(items, is))];
}

/** The first column to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((cells) => cells[at]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

function missingLines(items: readonly CoveredItem[]): readonly string[] {
  return [...byFile(items).values()].flatMap((inFile) =>
    inFile.map(({ file, line, column, kind, id }) => `  ${visible(file)}:${line}:${column}: ${kind} ${id}`),
  );
}

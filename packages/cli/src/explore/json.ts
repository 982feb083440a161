import type { ExploreReport } from "./report.ts";

export function json({ name, exploration, unreached, tested, suggestions, problems }: ExploreReport): string {
  const { coverage, steps, worlds, isCut } = exploration;
  const report = {
    ...{ version: 1, name, steps, worlds, isCut, reached: coverage.covered, total: coverage.total, tested },
    items: coverage.items,
    unreached: unreached.map(({ item, why }) => ({ kind: item.kind, id: item.id, why })),
    problems,
    ...suggestions,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

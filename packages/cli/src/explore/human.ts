import { plural } from "../formats/plural.ts";
import { visible } from "../report/visible.ts";
import type { ExploreReport } from "./report.ts";

export function human({ name, exploration, unreached, tested, suggestions, problems }: ExploreReport): string {
  const { coverage, steps, worlds, isCut } = exploration;
  const lines = [
    `${name}: ${coverage.covered} of ${coverage.total} reached, in ${plural(steps, "step")} through ${plural(worlds, "situation")}`,
    ...(isCut ? ["not everything was tried: --steps N goes on for longer"] : []),
    ...unreached.map(({ item, why }) => `  not reached: ${item.kind} ${item.id}: ${why}`),
    ...problems.flatMap(({ message, steps: way }) => [
      `problem: ${visible(message)}`,
      ...way.map((step) => `    ${visible(step)}`),
    ]),
    ...testLines(tested, suggestions),
  ];
  return `${lines.join("\n")}\n`;
}

function testLines(
  tested: ExploreReport["tested"],
  { tests, unsaid }: ExploreReport["suggestions"],
): readonly string[] {
  const now = tested ? [`tests go through ${tested.covered} of ${tested.total}`] : ["there are no tests"];
  const more =
    tests.length === 0
      ? []
      : [
          `${plural(tests.length, "test")} would go through the rest: --write FILE writes ${tests.length === 1 ? "it" : "them"}`,
        ];
  return [...now, ...more, ...unsaid.map((item) => `  no test can say how to come to ${item}`)];
}

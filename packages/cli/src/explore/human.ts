import { plural } from "../formats/plural.ts";
import { visible } from "../report/visible.ts";
import type { ExploreReport } from "./report.ts";

export function human({ name, exploration, unreached, tested, suggestions, written, problems }: ExploreReport): string {
  const { coverage, steps, worlds, isCut } = exploration;
  const lines = [
    `${name}: ${coverage.covered} of ${coverage.total} reached, in ${plural(steps, "step")} through ${plural(worlds, "situation")}`,
    ...(isCut ? ["not everything was tried: --steps N goes on for longer"] : []),
    ...unreached.map(({ item, why }) => `  not reached: ${item.kind} ${item.id}: ${why}`),
    ...problems.flatMap(({ message, steps: way }) => [
      `problem: ${visible(message)}`,
      ...way.map((step) => `    ${visible(step)}`),
    ]),
    ...testLines(tested, suggestions, written),
  ];
  return `${lines.join("\n")}\n`;
}

function testLines(
  tested: ExploreReport["tested"],
  { tests, unsaid }: ExploreReport["suggestions"],
  file: ExploreReport["written"],
): readonly string[] {
  const now = tested ? [`tests go through ${tested.covered} of ${tested.total}`] : ["there are no tests"];
  const count = plural(tests.length, "test");
  const [them, go] = tests.length === 1 ? ["it", "goes"] : ["them", "go"];
  const hint =
    file === undefined
      ? `${count} would go through the rest: --write FILE writes ${them}`
      : `${count} that ${go} through the rest ${tests.length === 1 ? "is" : "are"} written to ${visible(file)}: read ${them} before you keep ${them}`;
  const none = file === undefined ? [] : [`nothing is missing: ${visible(file)} is not written`];
  return [
    ...now,
    ...(tests.length === 0 ? none : [hint]),
    ...unsaid.map((item) => `  no test can say how to come to ${item}`),
  ];
}

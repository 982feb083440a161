/**
 * The format of lcov, which editors and CI services show beside the source: states as functions, asks as lines, and
 * options, `else`, `after` and failures of actions as branches.
 */
import { byFile, type CoverageFormat, type CoveredItem, passes } from "./report.ts";

export const lcov: CoverageFormat = (report) =>
  report.flatMap(({ items }) => Array.from(byFile(items), ([file, inFile]) => fileText(file, inFile))).join("");

function fileText(file: string, items: readonly CoveredItem[]): string {
  const functions = items.filter(({ kind }) => kind === "state");
  const branches = items.filter(({ kind }) => kind !== "state" && kind !== "ask");
  const lines = Map.groupBy(items, ({ line }) => line);
  const numbers = new Map<number, number>();
  const branchLines = branches.map(({ line, count }) => {
    const number = numbers.get(line) ?? 0;
    numbers.set(line, number + 1);
    return `BRDA:${line},0,${number},${count}`;
  });
  // A line that several things are written in was gone through where one of them was; the others are its branches.
  const hits = Array.from(lines, ([line, inLine]) => ({ line, count: Math.max(...inLine.map(passes)) }));
  return [
    "TN:",
    `SF:${file}`,
    ...functions.map(({ line, id }) => `FN:${line},${id}`),
    ...functions.map(({ count, id }) => `FNDA:${count},${id}`),
    `FNF:${functions.length}`,
    `FNH:${hit(functions)}`,
    ...branchLines,
    `BRF:${branches.length}`,
    `BRH:${hit(branches)}`,
    ...hits.map(({ line, count }) => `DA:${line},${count}`),
    `LF:${hits.length}`,
    `LH:${hit(hits)}`,
    "end_of_record\n",
  ].join("\n");
}

function hit(some: readonly { readonly count: number }[]): number {
  return some.filter(({ count }) => count > 0).length;
}

import type { TestPlace } from "@parley/machine";
import type { TestResult } from "@parley/simulator";
import type { Paint } from "../../report/colours.ts";
import { visible } from "../../report/visible.ts";
import { human } from "../human.ts";
import { plural } from "../plural.ts";
import { allOf, failedOf, type TestFormat, type TestRun } from "./run.ts";

/** A line a test, what went wrong below it; the sum on the last line. */
export const humanTests: TestFormat = {
  write: async (run, view) => {
    const findings = run.report.findings.length === 0 ? "" : await human.write(run.report, view);
    const results = run.bots.flatMap(({ tests, show }) => tests.map((t) => resultText(t.result, show, view.paint)));
    return `${findings}${results.join("")}${run.report.errors > 0 ? "" : sumText(run, view.paint)}`;
  },
};

export function resultText(
  { title, failure, place }: TestResult,
  show: (path: string) => string,
  paint: Paint,
): string {
  if (!failure) return `${paint("green", "passed")}  ${visible(title)}\n`;
  const at = ({ file, line, column }: TestPlace): string => `${show(file)}:${line}:${column}`;
  const facts = [
    failure.expected === undefined ? "" : `\n        expected  ${visible(failure.expected)}`,
    failure.actual === undefined ? "" : `\n        got       ${visible(failure.actual)}`,
  ];
  const source = failure.place === place ? "" : `\n        ${paint("cyan", visible(failure.place.source))}`;
  return `${paint("red", "FAILED")}  ${visible(title)}\n    --> ${at(failure.place)}${source}\n        ${visible(failure.message)}${facts.join("")}\n`;
}

export function sumText(run: TestRun, paint: Paint): string {
  const failed = failedOf(run).length;
  const passed = allOf(run).length - failed;
  if (failed === 0) return `\n${paint(["green", "bold"], `${plural(passed, "test")} passed`)}\n`;
  return `\n${paint(["red", "bold"], `${failed} failed`)}, ${passed} passed\n`;
}

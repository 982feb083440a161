import type { TestPlace } from "@parley/machine";
import { renderTranscript, type TestResult } from "@parley/simulator";
import type { Paint } from "../../report/colours.ts";
import { visible } from "../../report/visible.ts";
import { human } from "../human.ts";
import { plural } from "../plural.ts";
import { allOf, failedOf, type TestFormat, type TestRun } from "./run.ts";

/** A line a test, what went wrong below it; the sum on the last line. */
export const humanTests: TestFormat = {
  write: async (run, view) => {
    const findings = run.report.findings.length === 0 ? "" : await human.write(run.report, view);
    const results = run.bots.flatMap(({ tests, show }) =>
      tests.map((t) => failureText(t.result, show, view.paint, view.width)),
    );
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

/** The same with the conversation up to the step that failed, which is marked below it. */
export function failureText(result: TestResult, show: (path: string) => string, paint: Paint, width: number): string {
  const text = resultText(result, show, paint);
  const { failure, transcript, place } = result;
  if (!failure || transcript.entries.length === 0) return text;
  const columns = Math.max(30, Math.min(72, width - INDENT.length));
  const bubbles = renderTranscript(transcript, { width: columns, style: { frame: (part) => paint("dim", part) } });
  const step = failure.place === place ? "the end of the test" : visible(failure.place.source);
  const mark = `${paint(["red", "bold"], "✗")} ${paint("red", step)}`;
  return `${text}\n${[...bubbles.split("\n"), mark].map((line) => `${INDENT}${line}\n`).join("")}\n`;
}

const INDENT = "    ";

export function sumText(run: TestRun, paint: Paint): string {
  const failed = failedOf(run).length;
  const passed = allOf(run).length - failed;
  if (failed === 0) return `\n${paint(["green", "bold"], `${plural(passed, "test")} passed`)}\n`;
  return `\n${paint(["red", "bold"], `${failed} failed`)}, ${passed} passed\n`;
}

import { renderTranscript, type TestFailure, type TestResult, wrap } from "@parley/simulator";
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

export function resultText(result: TestResult, show: (path: string) => string, paint: Paint): string {
  const { failure } = result;
  if (!failure) return headText(result, show, paint);
  return `${headText(result, show, paint)}${factLines(failure, "        ", 200).join("")}`;
}

function headText({ title, failure, locale, place }: TestResult, show: (path: string) => string, paint: Paint): string {
  const name = `${visible(title)}${locale === undefined ? "" : ` [${visible(locale)}]`}`;
  if (!failure) return `${paint("green", "passed")}  ${name}\n`;
  const { file, line, column } = failure.place;
  const source = failure.place === place ? "" : `        ${paint("cyan", visible(failure.place.source))}\n`;
  const message = `        ${visible(failure.message)}\n`;
  return `${paint("red", "FAILED")}  ${name}\n    --> ${show(file)}:${line}:${column}\n${source}${message}`;
}

function factLines({ expected, actual }: TestFailure, indent: string, width: number): readonly string[] {
  const fact = (name: string, text: string | undefined): readonly string[] =>
    text === undefined
      ? []
      : wrap(visible(text), width - indent.length - NAME).map(
          (line, at) => `${indent}${(at === 0 ? name : "").padEnd(NAME)}${line}\n`,
        );
  return [...fact("expected", expected), ...fact("got", actual)];
}

/** Columns for what a fact is called. */
const NAME = 10;

/**
 * The same with the conversation up to the step that failed: the message that was not as written has a heavy frame, and
 * below it stands the step.
 */
export function failureText(result: TestResult, show: (path: string) => string, paint: Paint, width: number): string {
  const { failure, transcript, place, seed } = result;
  if (!failure || transcript.entries.length === 0) return resultText(result, show, paint);
  const bubbles = renderTranscript(transcript, {
    width: Math.max(30, Math.min(72, width - INDENT.length)),
    marked: failure.bubble,
    style: { frame: (part) => paint("dim", part), marked: (part) => paint(["red", "bold"], part) },
  });
  const step = failure.place === place ? "the end of the test" : visible(failure.place.source);
  return [
    `${headText(result, show, paint)}\n`,
    ...bubbles.split("\n").map((line) => `${INDENT}${line}\n`),
    `${INDENT}${paint(["red", "bold"], "✗")} ${paint("red", step)}\n`,
    ...factLines(failure, `${INDENT}  `, width),
    `${INDENT}  ${paint("dim", `${"seed".padEnd(NAME)}${visible(seed)}`)}\n\n`,
  ].join("");
}

const INDENT = "    ";

export function sumText(run: TestRun, paint: Paint): string {
  const failed = failedOf(run).length;
  const passed = allOf(run).length - failed;
  if (failed === 0) return `\n${paint(["green", "bold"], `${plural(passed, "test")} passed`)}\n`;
  return `\n${paint(["red", "bold"], `${failed} failed`)}, ${passed} passed\n`;
}

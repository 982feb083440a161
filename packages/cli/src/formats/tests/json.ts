import { plainFinding } from "../json.ts";
import { allOf, failedOf, type Tested, type TestFormat } from "./run.ts";

/** One object: the tests, and the findings that stand before them. Files are relative to the project. */
export const jsonTests: TestFormat = {
  write: (run) => {
    const failed = failedOf(run).length;
    const object = {
      tests: run.bots.flatMap(({ name, tests }) => tests.map((t) => plain(name, t))),
      diagnostics: run.report.findings.map(plainFinding),
      summary: { passed: allOf(run).length - failed, failed, errors: run.report.errors, warnings: run.report.warnings },
    };
    return `${JSON.stringify(object, null, 2)}\n`;
  },
};

function plain(bot: string, { result }: Tested): object {
  const { title, flow, place, failure, locale, seed } = result;
  return {
    bot,
    title,
    flow,
    locale,
    seed,
    file: place.file,
    line: place.line,
    column: place.column,
    passed: failure === undefined,
    ...(failure && {
      failure: {
        message: failure.message,
        expected: failure.expected,
        actual: failure.actual,
        file: failure.place.file,
        line: failure.place.line,
        column: failure.place.column,
      },
    }),
  };
}

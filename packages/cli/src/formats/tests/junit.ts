import { plain } from "../../report/colours.ts";
import { findingSuite } from "../junit.ts";
import { type Case, junitXml } from "../xml.ts";
import { resultText } from "./human.ts";
import type { Tested, TestedBot, TestFormat } from "./run.ts";

/** A suite a bot, a case a test; where the check finds something, it is a suite before them. */
export const junitTests: TestFormat = {
  write: ({ report, bots }) =>
    junitXml("parley test", [
      ...(report.findings.length === 0 ? [] : [findingSuite(report)]),
      ...bots.map((bot) => ({ name: bot.name, cases: bot.tests.map((test) => caseOf(bot, test)) })),
    ]),
};

function caseOf({ name, show }: TestedBot, { result, seconds }: Tested): Case {
  const { title, flow, place, failure, locale } = result;
  return {
    name: locale === undefined ? title : `${title} [${locale}]`,
    classname: flow === undefined ? name : `${name}.${flow}`,
    file: show(place.file),
    line: place.line,
    time: seconds,
    ...(failure && {
      failure: { message: failure.message, type: "expectation", text: resultText(result, show, plain).trimEnd() },
    }),
  };
}

import type { Finding, Report } from "../report/finding.ts";
import { pathFromRoot } from "../report/root.ts";
import type { Format } from "./format.ts";
import { type Case, junitXml, type Suite } from "./xml.ts";

/** A case for each finding; one that passed where there is nothing, since CI servers take an empty report for a mistake. */
export const junit: Format = {
  forPeople: false,
  write: (report) => junitXml("parley check", [findingSuite(report)]),
};

export function findingSuite({ findings }: Report): Suite {
  const nothing: Case = { name: "no findings", classname: "parley check" };
  return { name: "check", cases: findings.length === 0 ? [nothing] : findings.map(caseOf) };
}

/** Only errors fail, as in the exit status. */
function caseOf({ code, severity, message, why, docs, place }: Finding): Case {
  const file = pathFromRoot(place);
  const { line, column } = place.start;
  const text = `${file}:${line}:${column}: ${severity}[${code}] ${message}\n${why}\n${docs}`;
  return {
    name: `${code} at ${line}:${column}`,
    classname: file,
    file,
    line,
    ...(severity === "error" ? { failure: { message, type: code, text } } : { output: text }),
  };
}

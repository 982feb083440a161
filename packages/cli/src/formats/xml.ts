/** JUnit's XML, as CI servers read it: suites of cases, of which some failed. */
import { visible } from "../report/visible.ts";

export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

export interface Case {
  readonly name: string;
  /** The group that it is shown in. */
  readonly classname: string;
  readonly file?: string;
  readonly line?: number;
  /** Seconds. */
  readonly time?: number;
  readonly failure?: { readonly message: string; readonly type: string; readonly text: string };
  /** What there is to say of a case that passed. */
  readonly output?: string;
}

export function junitXml(name: string, suites: readonly Suite[]): string {
  const all = suites.flatMap((s) => s.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name, ...counts(all) })}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite${attributes({ name: suite.name, ...counts(suite.cases) })}>`,
      ...suite.cases.map(caseXml),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function counts(cases: readonly Case[]): Readonly<Record<string, string | number>> {
  const time = cases.reduce((sum, c) => sum + (c.time ?? 0), 0);
  const failures = cases.filter((c) => c.failure).length;
  return { tests: cases.length, failures, errors: 0, skipped: 0, time: time.toFixed(3) };
}

function caseXml({ failure, output, time, ...rest }: Case): string {
  const head = `    <testcase${attributes({ ...rest, time: (time ?? 0).toFixed(3) })}`;
  if (!failure && output === undefined) return `${head}/>`;
  const body = failure
    ? `<failure${attributes({ message: failure.message, type: failure.type })}>${content(failure.text)}</failure>`
    : `<system-out>${content(output ?? "")}</system-out>`;
  return `${head}>\n      ${body}\n    </testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(visible(String(value)))}"`)
    .join("");
}

function content(text: string): string {
  return text.split("\n").map(visible).map(escaped).join("\n");
}

/** `visible` has taken out before what XML has no escape for. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}

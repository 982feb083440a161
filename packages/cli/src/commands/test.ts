import type { TestPlace } from "@parley/machine";
import { runTests, type TestResult } from "@parley/simulator";
import { EXIT, UsageError } from "../exit.ts";
import { plural } from "../formats/plural.ts";
import { bugIn, type Compiled, compileProject, outputOf, reportOn } from "../project/compile.ts";
import { loadProjects, type Project } from "../project/load.ts";
import { type Paint, paintFor } from "../report/colours.ts";
import { visible } from "../report/visible.ts";
import { statusOf, writeReport } from "../report/write.ts";
import { botEnv } from "../serve/config.ts";
import type { Run } from "./command.ts";
import { reportOptions } from "./options.ts";

export const test: Run = async (paths, options) => {
  const how = reportOptions(options);
  const projects = (await loadProjects(paths, process.cwd())).map((p) => ({ ...p, only: [] }));
  const compiled = projects.map(compileProject);
  const report = reportOn(compiled);
  if (report.findings.length > 0) await writeReport(report, how);
  const bug = bugIn(compiled);
  if (bug) throw bug;
  if (statusOf(report, how) !== EXIT.clean) return EXIT.findings;
  const paint = paintFor(process.stdout);
  let passed = 0;
  let failed = 0;
  for (const one of compiled) {
    const results = await runProject(one, options.filter, paint);
    passed += results.filter((r) => r.failure === undefined).length;
    failed += results.filter((r) => r.failure !== undefined).length;
  }
  if (passed + failed === 0) {
    throw new UsageError(
      options.filter === undefined ? "there is no test" : `no test has "${options.filter}" in its title`,
    );
  }
  const sum =
    failed === 0
      ? paint(["green", "bold"], `${plural(passed, "test")} passed`)
      : paint(["red", "bold"], `${failed} failed`);
  process.stdout.write(`\n${sum}${failed === 0 ? "" : `, ${passed} passed`}\n`);
  return failed === 0 ? EXIT.clean : EXIT.findings;
};

async function runProject(
  compiled: Compiled,
  filter: string | undefined,
  paint: Paint,
): Promise<readonly TestResult[]> {
  const { project } = compiled;
  const output = outputOf(compiled);
  if (!output) return [];
  const env = output.tests.length > 0 ? envOf(project) : {};
  const { results } = await runTests({
    machine: output.machine,
    tests: output.tests,
    env,
    ...(filter === undefined ? {} : { filter: ({ title }) => title.includes(filter) }),
    onResult: (result) => process.stdout.write(resultText(result, project, paint)),
  });
  return results;
}

/** Names that are not set read as their own name, so that tests run anywhere in the same way. */
function envOf({ settings }: Project): Readonly<Record<string, string>> {
  return botEnv(settings.env, Object.fromEntries(settings.env.map((name) => [name, process.env[name] ?? name])));
}

function resultText({ title, failure, place }: TestResult, project: Project, paint: Paint): string {
  if (!failure) return `${paint("green", "passed")}  ${visible(title)}\n`;
  const at = ({ file, line, column }: TestPlace): string => `${project.show(file)}:${line}:${column}`;
  const facts = [
    failure.expected === undefined ? "" : `\n        expected  ${visible(failure.expected)}`,
    failure.actual === undefined ? "" : `\n        got       ${visible(failure.actual)}`,
  ];
  const source = failure.place === place ? "" : `\n        ${paint("cyan", visible(failure.place.source))}`;
  return `${paint("red", "FAILED")}  ${visible(title)}\n    --> ${at(failure.place)}${source}\n        ${visible(failure.message)}${facts.join("")}\n`;
}

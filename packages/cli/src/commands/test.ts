import { runTests } from "@parley/simulator";
import { EXIT, UsageError } from "../exit.ts";
import { human } from "../formats/human.ts";
import { plural } from "../formats/plural.ts";
import { failureText, sumText } from "../formats/tests/human.ts";
import { TEST_FORMATS } from "../formats/tests/index.ts";
import { allOf, failedOf, type Tested, type TestFormat, type TestRun } from "../formats/tests/run.ts";
import { bugIn, type Compiled, compileProject, outputOf, reportOn } from "../project/compile.ts";
import { loadProjects } from "../project/load.ts";
import { type Paint, paintFor, plain } from "../report/colours.ts";
import { type Report, reportOf } from "../report/finding.ts";
import { statusOf, writeText } from "../report/write.ts";
import { testEnv } from "../serve/config.ts";
import type { Run } from "./command.ts";
import { limitsOf, type Output, outputsOf } from "./options.ts";

export const test: Run = async (paths, options) => {
  const outputs = outputsOf(options.format ?? ["human"], TEST_FORMATS);
  const limits = limitsOf(options);
  const projects = (await loadProjects(paths, process.cwd())).map((p) => ({ ...p, only: [] }));
  const compiled = projects.map(compileProject);
  const report = reportOn(compiled);
  const live = outputs.some((o) => o.name === "human" && o.file === undefined);
  await tellErrors(report, live ? process.stdout : process.stderr, limits.maxDiagnostics, paths);
  const bug = bugIn(compiled);
  if (bug) throw bug;
  if (statusOf(report, limits) !== EXIT.clean) {
    await writeRun({ report, bots: [] }, outputs);
    return EXIT.findings;
  }
  const paint = paintFor(process.stdout);
  const bots = [];
  for (const one of compiled) {
    const { settings, show } = one.project;
    bots.push({ name: settings.name, show, tests: await runProject(one, options.filter, live ? paint : undefined) });
  }
  const run: TestRun = { report, bots };
  if (allOf(run).length === 0) {
    throw new UsageError(
      options.filter === undefined ? "there is no test" : `no test has "${options.filter}" in its title`,
    );
  }
  if (live) process.stdout.write(sumText(run, paint));
  await writeRun(run, outputs);
  return failedOf(run).length === 0 ? EXIT.clean : EXIT.findings;
};

/** People read errors before the tests run, and how to see the rest; where a program reads standard output, beside it. */
async function tellErrors(
  report: Report,
  stream: NodeJS.WriteStream,
  max: number,
  paths: readonly string[],
): Promise<void> {
  const paint = paintFor(stream);
  const errors = reportOf(
    report.findings.filter(({ severity }) => severity === "error"),
    report.files,
  );
  if (errors.errors > 0) stream.write(await human.write(errors, { paint, width: stream.columns ?? 100, max }));
  if (report.warnings === 0) return;
  const command = ["parley check", ...paths].join(" ");
  const shows = report.warnings === 1 ? "shows it" : "shows them";
  stream.write(`${paint("yellow", plural(report.warnings, "warning"))}: \`${command}\` ${shows}\n\n`);
}

/** In each format that was asked for; what people read on standard output stands there already. */
async function writeRun(run: TestRun, outputs: readonly Output<TestFormat>[]): Promise<void> {
  for (const { name, format, file } of outputs) {
    if (name === "human" && file === undefined) continue;
    const text = await (await format()).write(run, { paint: plain, width: 100, max: Number.POSITIVE_INFINITY });
    if (file === undefined) process.stdout.write(text);
    else writeText(file, text);
  }
}

/** `paint`: each result is told when it is there. */
async function runProject(
  compiled: Compiled,
  filter: string | undefined,
  paint: Paint | undefined,
): Promise<readonly Tested[]> {
  const { project } = compiled;
  const output = outputOf(compiled);
  if (!output) return [];
  const env = output.tests.length > 0 ? testEnv(project.settings.env, process.env) : {};
  const tests: Tested[] = [];
  let began = performance.now();
  await runTests({
    machine: output.machine,
    tests: output.tests,
    env,
    ...(filter === undefined ? {} : { filter: ({ title }) => title.includes(filter) }),
    onResult: (result) => {
      const now = performance.now();
      tests.push({ result, seconds: (now - began) / 1000 });
      began = now;
      if (paint) process.stdout.write(failureText(result, project.show, paint, process.stdout.columns ?? 80));
    },
  });
  return tests;
}

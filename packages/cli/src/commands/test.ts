import { relative } from "node:path";
import { botCoverage } from "../covered/report.ts";
import { EXIT, UsageError } from "../exit.ts";
import { failureText, sumText } from "../formats/tests/human.ts";
import { allOf, failedOf, type TestedBot, type TestRun } from "../formats/tests/run.ts";
import { bugIn, type Compiled, compileProject, outputOf, reportOn } from "../project/compile.ts";
import { loadProjects, type Project } from "../project/load.ts";
import { paintFor } from "../report/colours.ts";
import { statusOf } from "../report/write.ts";
import { testEnv } from "../serve/config.ts";
import { askedTests, whole } from "../test/asked.ts";
import { type TestOptions, testOptions } from "../test/options.ts";
import { playTests } from "../test/play.ts";
import { tellErrors, writeCoverage, writeRun } from "../test/results.ts";
import type { Played, Stage } from "../test/stage.ts";
import type { Run } from "./command.ts";

export const test: Run = async (given, options) => {
  const how = testOptions(given, options);
  const load = (): Promise<readonly Project[]> => loadProjects(how.paths, process.cwd());
  if (options.watch) {
    const { watchProjects } = await import("../watch/watch.ts");
    const { compileChanged } = await import("../project/recompile.ts");
    const compileAgain = compileChanged();
    return watchProjects(how.paths, load, (projects) => tellMistakes(() => testAll(projects.map(compileAgain), how)));
  }
  if (options.update) {
    const { updateProjects } = await import("../test/update-projects.ts");
    await updateProjects((await load()).map(compileProject), how);
  }
  return testAll((await load()).map(compileProject), how);
};

/** While files change, what is wrong now may be right in a moment. */
async function tellMistakes(run: () => Promise<number>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
  }
}

/** Tests, tells, and gives the exit status. */
async function testAll(compiled: readonly Compiled[], how: TestOptions): Promise<number> {
  const report = reportOn(whole(compiled));
  const live = how.outputs.some((o) => o.name === "human" && o.file === undefined);
  const places = compiled.some(({ project }) => project.only.length > 0) ? foldersOf(compiled) : how.paths;
  await tellErrors(report, live ? process.stdout : process.stderr, { ...how, paths: places });
  const bug = bugIn(compiled);
  if (bug) throw bug;
  if (statusOf(report, how.limits) !== EXIT.clean) {
    await writeRun({ report, bots: [] }, how);
    return EXIT.findings;
  }
  const bots: (TestedBot & { readonly played: Played | undefined; readonly compiled: Compiled })[] = [];
  for (const one of compiled) {
    const { settings, show } = one.project;
    const played = await playProject(one, how, live);
    bots.push({ name: settings.name, show, tests: played?.tests ?? [], played, compiled: one });
  }
  const run: TestRun = { report, bots };
  if (allOf(run).length === 0) {
    throw new UsageError(how.filter === undefined ? "there is no test" : `no test has "${how.filter}" in its title`);
  }
  if (live) process.stdout.write(sumText(run, paintFor(process.stdout)));
  await writeRun(run, how);
  const covered = bots.flatMap(({ played, compiled: { project }, compiled: one }) => {
    const output = played && outputOf(one);
    return output ? [botCoverage(project, output, played.coverage, played.locales)] : [];
  });
  const isCovered = await writeCoverage(covered, how);
  return failedOf(run).length === 0 && isCovered ? EXIT.clean : EXIT.findings;
}

/** Where `parley check` tells all that is found out here. */
function foldersOf(compiled: readonly Compiled[]): readonly string[] {
  const folders = new Set(compiled.map(({ project }) => relative(process.cwd(), project.dir)));
  return [...folders].filter((folder) => folder !== "");
}

/** `live`: each result is told when it is there. */
async function playProject(compiled: Compiled, how: TestOptions, live: boolean): Promise<Played | undefined> {
  const { project } = compiled;
  const output = outputOf(compiled);
  if (!output) return undefined;
  const { filter, seed } = how;
  const tests = askedTests(compiled, output.tests, filter);
  if (tests.length === 0) return undefined;
  const locales = localesOf(project, how);
  const stage: Stage = {
    machine: output.machine,
    env: testEnv(project.settings.env, process.env),
    ...(seed === undefined ? {} : { seed }),
    ...(locales ? { locales } : {}),
  };
  const paint = paintFor(process.stdout);
  return playTests(stage, tests, how.jobs, ({ result }) => {
    if (live) process.stdout.write(failureText(result, project.show, paint, process.stdout.columns ?? 80));
  });
}

function localesOf({ settings }: Project, { locales }: TestOptions): readonly string[] | undefined {
  if (locales === undefined) return undefined;
  const known = [settings.locales.default, ...settings.locales.others];
  if (locales === "all") return known;
  const unknown = locales.find((name) => !known.includes(name));
  if (unknown === undefined) return locales;
  throw new UsageError(`${settings.name} has no language ${unknown}; it has ${known.join(", ")}`);
}

/** `--update` over all projects: the changes are shown, then written. */
import { join } from "node:path";
import { EXIT } from "../exit.ts";
import { plural } from "../formats/plural.ts";
import { bugIn, type Compiled, outputOf, reportOn } from "../project/compile.ts";
import { paintFor } from "../report/colours.ts";
import { unifiedDiff } from "../report/unified.ts";
import { visible } from "../report/visible.ts";
import { statusOf, writeText } from "../report/write.ts";
import { testEnv } from "../serve/config.ts";
import { askedTests, whole } from "./asked.ts";
import type { TestOptions } from "./options.ts";
import { playTests } from "./play.ts";
import type { Stage } from "./stage.ts";
import { applied, updateTests } from "./update.ts";

/** Where there are errors nothing is changed: the run that follows tells them. */
export async function updateProjects(compiled: readonly Compiled[], how: TestOptions): Promise<void> {
  if (bugIn(compiled) || statusOf(reportOn(whole(compiled)), how.limits) !== EXIT.clean) return;
  for (const one of compiled) await updateProject(one, how);
}

async function updateProject(compiled: Compiled, { filter, seed, jobs }: TestOptions): Promise<void> {
  const { project } = compiled;
  const output = outputOf(compiled);
  const tests = output ? askedTests(compiled, output.tests, filter) : [];
  if (!output || tests.length === 0) return;
  const env = testEnv(project.settings.env, process.env);
  const stage: Stage = { machine: output.machine, env, ...(seed === undefined ? {} : { seed }) };
  const { tests: played } = await playTests(stage, tests, jobs, () => undefined);
  const failed = tests.filter((_, at) => played[at]?.result.failure !== undefined);
  const { edits, tests: count, failures } = await updateTests(stage, failed, project.sources);
  const { stderr } = process;
  const paint = paintFor(stderr);
  for (const [source, some] of edits) {
    if (some.length === 0) continue;
    stderr.write(unifiedDiff(source, some, project.show(source.path), paint));
    writeText(join(project.dir, source.path), applied(source, some));
  }
  for (const { title, failure } of failures) {
    const { file, line, column } = failure.place;
    const at = `${project.show(file)}:${line}:${column}`;
    stderr.write(`${at}: "${visible(title)}" goes no further: ${visible(failure.message)}\n`);
  }
  if (count > 0) stderr.write(`updated ${plural(count, "test")}\n\n`);
}

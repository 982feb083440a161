/** A project made ready to run. */
import type { Machine, TestDef } from "@parley/machine";
import { UsageError } from "../exit.ts";
import { human } from "../formats/human.ts";
import { bugIn, compileProject, outputOf, reportOn } from "../project/compile.ts";
import { loadProject, type Project } from "../project/load.ts";
import { paintFor } from "../report/colours.ts";

export interface Built {
  readonly project: Project;
  readonly machine: Machine;
  readonly tests: readonly TestDef[];
}

/** Compiles; where there are errors they go to standard error, and there is nothing. */
export async function builtBot(path: string | undefined): Promise<Built | undefined> {
  const project = await loadProject(path, process.cwd());
  const compiled = compileProject(project);
  const output = outputOf(compiled);
  const bug = bugIn([compiled]);
  if (!output) {
    const report = reportOn([compiled]);
    const { stderr } = process;
    stderr.write(await human.write(report, { paint: paintFor(stderr), width: stderr.columns ?? 100, max: 20 }));
    if (bug) throw bug;
    return undefined;
  }
  if (Object.keys(output.machine.flows).length === 0) throw new UsageError(`${project.show(".")} has no flow to run`);
  return { project, machine: output.machine, tests: output.tests };
}

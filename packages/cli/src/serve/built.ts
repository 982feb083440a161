/** A project made ready to run. */
import type { CompileOutput } from "@parley/compiler";
import { UsageError } from "../exit.ts";
import { human } from "../formats/human.ts";
import { compileProject, reportOn } from "../project/compile.ts";
import { loadProject, type Project } from "../project/load.ts";
import { paintFor } from "../report/colours.ts";

export interface Built {
  readonly project: Project;
  readonly output: CompileOutput;
}

/** Compiles; where there are errors they go to standard error, and there is nothing. */
export async function builtBot(path: string | undefined): Promise<Built | undefined> {
  const project = await loadProject(path, process.cwd());
  const compiled = compileProject(project);
  const report = reportOn([compiled]);
  const { output } = compiled.compilation;
  if (report.errors > 0 || !output) {
    const { stderr } = process;
    stderr.write(await human.write(report, { paint: paintFor(stderr), width: stderr.columns ?? 100, max: 20 }));
    return undefined;
  }
  if (Object.keys(output.machine.flows).length === 0) throw new UsageError(`${project.show(".")} has no flow to run`);
  return { project, output };
}

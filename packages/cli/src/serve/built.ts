/** A project made ready to run. */
import type { Machine, TestDef } from "@parley/machine";
import { UsageError } from "../exit.ts";
import { outputOf } from "../project/compile.ts";
import type { Project } from "../project/load.ts";
import { compileForUse } from "../project/use.ts";

export interface Built {
  readonly project: Project;
  readonly machine: Machine;
  readonly tests: readonly TestDef[];
}

/** Compiles; where there are errors they go to standard error, and there is nothing. */
export async function builtBot(path: string | undefined): Promise<Built | undefined> {
  const compiled = await compileForUse(path);
  const output = compiled && outputOf(compiled);
  if (!output) return undefined;
  const { project } = compiled;
  if (Object.keys(output.machine.flows).length === 0) throw new UsageError(`${project.show(".")} has no flow to run`);
  return { project, machine: output.machine, tests: output.tests };
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../exit.ts";
import { bugIn, type Compiled, compileProject, reportOn } from "../project/compile.ts";
import { reasonOf, textOf } from "../project/files.ts";
import { type Given, loadProjects, type Project } from "../project/load.ts";
import { notesOn } from "../project/notes.ts";
import { statusOf, writeReport } from "../report/write.ts";
import type { Options, Run } from "./command.ts";
import { type ReportOptions, reportOptions } from "./options.ts";

export const check: Run = async (paths, options) => {
  const how = reportOptions(options);
  refuse(paths, options);
  const given = paths.includes("-") ? standardInput(paths, options.stdinFilePath) : undefined;
  const load = (): Promise<readonly Project[]> => loadProjects(paths, process.cwd(), given);
  if (options.watch) {
    const { watchProjects } = await import("../watch/watch.ts");
    const { compileChanged } = await import("../project/recompile.ts");
    const compileAgain = compileChanged();
    return watchProjects(paths, load, async (projects) => void (await tell(projects.map(compileAgain), how)));
  }
  if (!options.fix) return tell((await load()).map(compileProject), how);
  const { repair } = await import("../repair/repair.ts");
  const { compiled, notes } = await repair(load, options.unsafeFixes === true);
  for (const note of notes) process.stderr.write(`${note}\n`);
  return tell(compiled, how);
};

/** Combinations that mean nothing. */
function refuse(paths: readonly string[], { fix, unsafeFixes, watch }: Options): void {
  if (unsafeFixes && !fix) throw new UsageError("--unsafe-fixes needs --fix");
  if (fix && watch) throw new UsageError("--fix and --watch do not go together: --fix repeats by itself");
  if ((fix || watch) && paths.includes("-")) {
    throw new UsageError(`standard input (-) cannot be ${fix ? "repaired" : "watched"}`);
  }
}

/** Writes the report and gives the exit status. */
async function tell(compiled: readonly Compiled[], how: ReportOptions): Promise<number> {
  const report = reportOn(compiled);
  for (const note of notesOn(compiled.map((c) => c.project))) process.stderr.write(`note: ${note}\n`);
  await writeReport(report, how);
  const bug = bugIn(compiled);
  if (bug) throw bug;
  return statusOf(report, how);
}

function standardInput(paths: readonly string[], path = "stdin.flow"): Given {
  if (paths.length > 1) throw new UsageError("standard input (-) cannot be checked together with other paths");
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(0);
  } catch (error) {
    throw new UsageError(`standard input cannot be read: ${reasonOf(error)}`);
  }
  return { path: resolve(process.cwd(), path), text: textOf(bytes, "standard input") };
}

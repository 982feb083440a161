import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "../exit.ts";
import { bugIn, compileProject, reportOn } from "../project/compile.ts";
import { reasonOf, textOf } from "../project/files.ts";
import { type Given, loadProjects } from "../project/load.ts";
import { notesOn } from "../project/notes.ts";
import { statusOf, writeReport } from "../report/write.ts";
import type { Run } from "./command.ts";
import { reportOptions } from "./options.ts";

export const check: Run = async (paths, options) => {
  const how = reportOptions(options);
  const given = paths.includes("-") ? standardInput(paths, options.stdinFilePath) : undefined;
  const projects = await loadProjects(paths, process.cwd(), given);
  const compiled = projects.map(compileProject);
  const report = reportOn(compiled);
  for (const note of notesOn(projects)) process.stderr.write(`note: ${note}\n`);
  await writeReport(report, how);
  const bug = bugIn(compiled);
  if (bug) throw bug;
  return statusOf(report, how);
};

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

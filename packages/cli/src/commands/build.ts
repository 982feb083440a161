import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { buildFiles } from "@parley/compiler";
import { EXIT, UsageError } from "../exit.ts";
import { plural } from "../formats/plural.ts";
import { bugIn, compileProject, outputOf, reportOn } from "../project/compile.ts";
import { kindOf, reasonOf } from "../project/files.ts";
import { loadProject } from "../project/load.ts";
import { notesOn } from "../project/notes.ts";
import { showPath } from "../project/show.ts";
import { statusOf, writeReport } from "../report/write.ts";
import type { Run } from "./command.ts";
import { reportOptions } from "./options.ts";

export const build: Run = async ([path], options) => {
  const how = reportOptions(options);
  const cwd = process.cwd();
  const project = await loadProject(path, cwd);
  const compiled = compileProject(project);
  const report = reportOn([compiled]);
  for (const note of notesOn([project])) process.stderr.write(`note: ${note}\n`);
  await writeReport(report, how);
  const bug = bugIn([compiled]);
  if (bug) throw bug;
  const output = outputOf(compiled);
  if (!output) return EXIT.findings;
  const out = resolve(cwd, options.out ?? join(project.dir, "dist"));
  const files = buildFiles(output);
  writeAll(out, files, showPath(out, cwd));
  process.stderr.write(`wrote ${plural(files.size, "file")} to ${showPath(out, cwd)}\n`);
  return statusOf(report, how);
};

/** Writes what has changed, and removes payloads of messages that are gone. */
function writeAll(out: string, files: ReadonlyMap<string, string>, shown: string): void {
  try {
    const payloads = join(out, "payloads");
    if (kindOf(payloads) === "folder") {
      for (const name of readdirSync(payloads))
        if (!files.has(`payloads/${name}`)) rmSync(join(payloads, name), { recursive: true });
    }
    for (const [name, content] of files) {
      const path = join(out, name);
      if (kindOf(path) === "file" && readFileSync(path, "utf8") === content) continue;
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  } catch (error) {
    throw new UsageError(`${shown} cannot be written: ${reasonOf(error)}`);
  }
}

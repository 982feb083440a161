import { readFileSync } from "node:fs";
import type { Diagnostic, Source } from "@parley/compiler";
import { format, formatRange } from "@parley/compiler/format";
import { EXIT, UsageError } from "../exit.ts";
import { plural } from "../formats/plural.ts";
import { readText, reasonOf, textOf } from "../project/files.ts";
import { flowFiles } from "../project/flow-files.ts";
import { showPath } from "../project/show.ts";
import { paintFor } from "../report/colours.ts";
import { unifiedDiff } from "../report/unified.ts";
import type { Options, Run } from "./command.ts";
import { reportOptions } from "./options.ts";

export const fmt: Run = async (paths, options) => {
  if (paths.includes("-")) return formatInput(paths, options);
  const cwd = process.cwd();
  const files = flowFiles(paths, cwd);
  const broken: Diagnostic[] = [];
  let changed = 0;
  for (const file of files) {
    const path = showPath(file, cwd);
    const source = { path, text: readText(file, path) };
    const result = format(source);
    if (result.kind === "not formatted") broken.push(...result.diagnostics);
    else if (result.changed) {
      changed++;
      if (!options.check && !options.diff) await replace(file, source, result.text);
      if (options.diff) writeDiff(source);
      else process.stdout.write(`${path}\n`);
    }
  }
  process.stderr.write(`${summary(changed, files.length, options)}\n`);
  return endWith(broken, options.check === true && changed > 0);
};

/** Standard input to standard output; a text with syntax errors gives none. */
async function formatInput(paths: readonly string[], options: Options): Promise<number> {
  if (paths.length > 1) throw new UsageError("standard input (-) cannot be formatted together with other paths");
  const source = { path: options.stdinFilePath ?? "stdin.flow", text: standardInput() };
  const result = format(source);
  if (result.kind === "not formatted") return endWith(result.diagnostics, false);
  if (options.diff) writeDiff(source);
  else if (!options.check) process.stdout.write(result.text);
  else if (result.changed) process.stdout.write(`${source.path}\n`);
  return endWith([], options.check === true && result.changed);
}

function standardInput(): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(0);
  } catch (error) {
    throw new UsageError(`standard input cannot be read: ${reasonOf(error)}`);
  }
  return textOf(bytes, "standard input");
}

function writeDiff(source: Source): void {
  const edits = formatRange(source, 0, source.text.length);
  process.stdout.write(unifiedDiff(source, edits, source.path, paintFor(process.stdout)));
}

async function replace(file: string, source: Source, text: string): Promise<void> {
  const { replaceText } = await import("../repair/replace.ts");
  replaceText(file, source.text, text, source.path);
}

function summary(changed: number, files: number, { check, diff }: Options): string {
  if (changed === 0) return `nothing to format in ${plural(files, "file")}`;
  return `${check || diff ? "to format" : "formatted"}: ${changed} of ${plural(files, "file")}`;
}

/** Tells the syntax errors of the files that were left alone, and gives the exit status. */
async function endWith(broken: readonly Diagnostic[], unclean: boolean): Promise<number> {
  if (broken.length === 0) return unclean ? EXIT.findings : EXIT.clean;
  const [{ findingOf, reportOf }, { writeReport }] = await Promise.all([
    import("../report/finding.ts"),
    import("../report/write.ts"),
  ]);
  const files = new Set(broken.map((d) => d.span.source.path)).size;
  const report = reportOf(
    broken.map((d) => findingOf(d, (path) => path)),
    files,
  );
  await writeReport(report, reportOptions({}), process.stderr);
  return EXIT.findings;
}

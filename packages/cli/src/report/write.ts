/** Findings to where they are wanted, and the exit status that follows from them. */
import { writeFileSync } from "node:fs";
import type { Limits, ReportOptions } from "../commands/options.ts";
import { EXIT, UsageError } from "../exit.ts";
import { reasonOf } from "../project/files.ts";
import { paintFor, plain } from "./colours.ts";
import type { Report } from "./finding.ts";

/** Writes the report in each format that was asked for. */
export async function writeReport(
  report: Report,
  options: ReportOptions,
  stdout: NodeJS.WriteStream = process.stdout,
): Promise<void> {
  for (const { format: load, file } of options.outputs) {
    const format = await load();
    const max = format.forPeople ? options.maxDiagnostics : Number.POSITIVE_INFINITY;
    if (file === undefined) {
      stdout.write(await format.write(report, { paint: paintFor(stdout), width: stdout.columns ?? 100, max }));
      continue;
    }
    writeText(file, await format.write(report, { paint: plain, width: 100, max }));
  }
}

export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${reasonOf(error)}`);
  }
}

export function statusOf(report: Report, options: Limits): number {
  return report.errors > 0 || report.warnings > options.maxWarnings ? EXIT.findings : EXIT.clean;
}

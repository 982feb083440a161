/** Results of tests to where they are wanted. */
import { type BotCoverage, percentOf, percentText } from "../covered/report.ts";
import { human } from "../formats/human.ts";
import { plural } from "../formats/plural.ts";
import type { TestRun } from "../formats/tests/run.ts";
import { paintFor, plain } from "../report/colours.ts";
import { type Report, reportOf } from "../report/finding.ts";
import { visible } from "../report/visible.ts";
import { writeText } from "../report/write.ts";
import type { TestOptions } from "./options.ts";

/** People read errors before the tests run, and how to see the rest; where a program reads standard output, beside it. */
export async function tellErrors(
  report: Report,
  stream: NodeJS.WriteStream,
  { paths, limits }: Pick<TestOptions, "paths" | "limits">,
): Promise<void> {
  const paint = paintFor(stream);
  const errors = reportOf(
    report.findings.filter(({ severity }) => severity === "error"),
    report.files,
  );
  const max = limits.maxDiagnostics;
  if (errors.errors > 0) stream.write(await human.write(errors, { paint, width: stream.columns ?? 100, max }));
  if (report.warnings === 0) return;
  const command = ["parley check", ...paths].join(" ");
  const shows = report.warnings === 1 ? "shows it" : "shows them";
  stream.write(`${paint("yellow", plural(report.warnings, "warning"))}: \`${command}\` ${shows}\n\n`);
}

/** In each format that was asked for; what people read on standard output stands there already. */
export async function writeRun(run: TestRun, { outputs }: TestOptions): Promise<void> {
  for (const { name, format, file } of outputs) {
    if (name === "human" && file === undefined) continue;
    const text = await (await format()).write(run, { paint: plain, width: 100, max: Number.POSITIVE_INFINITY });
    if (file === undefined) process.stdout.write(text);
    else writeText(file, text);
  }
}

/** False where tests go through less than was asked for. */
export async function writeCoverage(bots: readonly BotCoverage[], options: TestOptions): Promise<boolean> {
  for (const { format, file } of options.coverage) {
    const text = (await format())(bots);
    if (file === undefined) process.stdout.write(`\n${text}`);
    else writeText(file, text);
  }
  const short = bots.filter((bot) => percentOf(bot) < options.coverageMin);
  for (const bot of short)
    process.stderr.write(
      `coverage of ${visible(bot.name)}: ${percentText(bot)}, and --coverage-min is ${options.coverageMin} %\n`,
    );
  return short.length === 0;
}

/** What the flags of `parley test` say. */

import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import type { Options } from "../commands/command.ts";
import { count, type Limits, limitsOf, type Output, outputsOf } from "../commands/options.ts";
import { COVERAGE_FORMATS } from "../covered/formats.ts";
import type { CoverageFormat } from "../covered/report.ts";
import { UsageError } from "../exit.ts";
import { TEST_FORMATS } from "../formats/tests/index.ts";
import type { TestFormat } from "../formats/tests/run.ts";

export interface TestOptions {
  readonly paths: readonly string[];
  readonly outputs: readonly Output<TestFormat>[];
  readonly coverage: readonly Output<CoverageFormat>[];
  /** In percent. */
  readonly coverageMin: number;
  readonly limits: Limits;
  readonly filter: string | undefined;
  readonly locales: "all" | readonly string[] | undefined;
  readonly seed: string | undefined;
  readonly jobs: number | undefined;
}

export function testOptions(given: readonly string[], options: Options): TestOptions {
  const { filter, locales, seed, watch, update } = options;
  if (update && watch) throw new UsageError("--update and --watch do not go together: what fails would never be seen");
  if (update && locales !== undefined)
    throw new UsageError("--update and --locales do not go together: a test is written in one language");
  const outputs = outputsOf(options.format ?? ["human"], TEST_FORMATS);
  const { formats, paths } = coverageOf(options.coverage ?? [], given);
  const coverage = outputsOf(formats, COVERAGE_FORMATS, "--coverage");
  if (coverage.some(toStandard) && outputs.some((one) => toStandard(one) && one.name !== "human"))
    throw new UsageError(
      "results and coverage cannot both go to standard output, give one a file: --coverage json=FILE",
    );
  const coverageMin = count(options.coverageMin, "--coverage-min", 0);
  if (coverageMin > 100) throw new UsageError(`--coverage-min takes a percentage, not ${coverageMin}`);
  return {
    ...{ paths, outputs, coverage, coverageMin, filter },
    limits: limitsOf(options),
    locales: locales === undefined || locales === "all" ? locales : locales.split(",").map((name) => name.trim()),
    seed: seed === "random" ? randomUUID().slice(0, 8) : seed,
    jobs: options.jobs === undefined ? undefined : Math.max(1, count(options.jobs, "--jobs", 1)),
  };
}

function toStandard({ file }: Output<unknown>): boolean {
  return file === undefined;
}

/** `--coverage examples/shop`: what is no format and is there on the disk is a path, and the flag stands by itself. */
function coverageOf(
  values: readonly string[],
  given: readonly string[],
): { readonly formats: readonly string[]; readonly paths: readonly string[] } {
  const paths = values.filter((value) => !Object.hasOwn(COVERAGE_FORMATS, value) && existsSync(value));
  return { formats: values.map((value) => (paths.includes(value) ? "text" : value)), paths: [...given, ...paths] };
}

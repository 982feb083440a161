/** Values of options, or why they are not values. */
import { UsageError } from "../exit.ts";
import type { Format } from "../formats/format.ts";
import { FORMATS } from "../formats/index.ts";
import type { Options } from "./command.ts";

export interface Output<F> {
  readonly name: string;
  readonly format: () => Promise<F>;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

/** What limits a report. */
export interface Limits {
  readonly maxDiagnostics: number;
  readonly maxWarnings: number;
}

export interface ReportOptions extends Limits {
  readonly outputs: readonly Output<Format>[];
}

export function reportOptions(options: Options): ReportOptions {
  return { outputs: outputsOf(options.format ?? ["human"], FORMATS), ...limitsOf(options) };
}

export function limitsOf(options: Options): Limits {
  const shown = options.maxDiagnostics;
  return {
    maxDiagnostics: shown === "none" ? Number.POSITIVE_INFINITY : count(shown, "--max-diagnostics", 20, " or none"),
    maxWarnings: count(options.maxWarnings, "--max-warnings", Number.POSITIVE_INFINITY),
  };
}

/** The values of `--format`, or of such an option: names of a table, each optionally with a file. */
export function outputsOf<F>(
  values: readonly string[],
  table: Readonly<Record<string, () => Promise<F>>>,
  flag = "--format",
): readonly Output<F>[] {
  const outputs = values.map((value) => outputOf(value, table, flag));
  if (outputs.filter((o) => o.file === undefined).length > 1) {
    throw new UsageError(`only one format can go to standard output, give the others a file: ${flag} json=FILE`);
  }
  return outputs;
}

function outputOf<F>(value: string, table: Readonly<Record<string, () => Promise<F>>>, flag: string): Output<F> {
  const at = value.indexOf("=");
  const name = at < 0 ? value : value.slice(0, at);
  const format = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!format) throw new UsageError(`there is no format ${name}; there are ${Object.keys(table).join(", ")}`);
  if (at === value.length - 1) throw new UsageError(`${flag} ${value} lacks the file's name`);
  return { name, format, file: at < 0 ? undefined : value.slice(at + 1) };
}

/** A whole number that is not negative. */
export function count(value: string | undefined, flag: string, otherwise: number, or = ""): number {
  if (value === undefined) return otherwise;
  if (/^[0-9]{1,9}$/.test(value)) return Number(value);
  throw new UsageError(`${flag} takes a number${or}, not ${value}`);
}

export function port(value: string | undefined, flag: string, otherwise: number): number {
  const number = count(value, flag, otherwise);
  if (number > 65_535) throw new UsageError(`${flag} takes a number up to 65535, not ${number}`);
  return number;
}

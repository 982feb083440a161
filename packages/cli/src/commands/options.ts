/** Values of options, or why they are not values. */
import { UsageError } from "../exit.ts";
import type { Format } from "../formats/format.ts";
import { FORMATS } from "../formats/index.ts";
import type { Options } from "./command.ts";

export interface Output {
  readonly format: () => Promise<Format>;
  /** Standard output where there is none. */
  readonly file: string | undefined;
}

export interface ReportOptions {
  readonly outputs: readonly Output[];
  readonly maxDiagnostics: number;
  readonly maxWarnings: number;
}

export function reportOptions(options: Options): ReportOptions {
  const outputs = (options.format ?? ["human"]).map(outputOf);
  if (outputs.filter((o) => o.file === undefined).length > 1) {
    throw new UsageError("only one format can go to standard output, give the others a file: --format json=FILE");
  }
  const shown = options.maxDiagnostics;
  return {
    outputs,
    maxDiagnostics: shown === "none" ? Number.POSITIVE_INFINITY : count(shown, "--max-diagnostics", 20, " or none"),
    maxWarnings: count(options.maxWarnings, "--max-warnings", Number.POSITIVE_INFINITY),
  };
}

function outputOf(value: string): Output {
  const at = value.indexOf("=");
  const name = at < 0 ? value : value.slice(0, at);
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (!format) throw new UsageError(`there is no format ${name}; there are ${Object.keys(FORMATS).join(", ")}`);
  if (at === value.length - 1) throw new UsageError(`--format ${value} lacks the file's name`);
  return { format, file: at < 0 ? undefined : value.slice(at + 1) };
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

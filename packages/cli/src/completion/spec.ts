/** What there is to complete, read off the table of commands. */
import type { CommandEntry, OptionEntry } from "../commands/command.ts";

/** `nothing`: whatever people like to write. */
export type Values = readonly string[] | "paths" | "nothing";

export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionSpec[];
  readonly argument: Values;
}

export interface OptionSpec {
  /** `--out`. */
  readonly long: string;
  /** `-o`. */
  readonly short: string | undefined;
  readonly description: string;
  /** Absent of an option without a value. */
  readonly value: Values | undefined;
  readonly repeats: boolean;
}

const HELP: OptionSpec = {
  long: "--help",
  short: "-h",
  description: "print help",
  value: undefined,
  repeats: false,
};

/** What stands before a command. */
export const GLOBAL: readonly OptionSpec[] = [
  HELP,
  { ...HELP, long: "--version", short: "-V", description: "print the version" },
];

/** Names of values and arguments that are places in the file system. */
const PATHS = /^(?:dir|path|paths|file|flow|name=file)$/;

export function specsOf(commands: readonly CommandEntry[], codes: readonly string[]): readonly CommandSpec[] {
  const specs = commands.map((entry) => ({
    name: nameOf(entry),
    description: entry.description,
    options: [...entry.options.map(optionSpec), HELP],
    argument: argumentOf(entry, codes),
  }));
  const help = {
    name: "help",
    description: "print help for a command",
    options: [HELP],
    argument: commands.map(nameOf),
  };
  return [...specs, help];
}

function nameOf({ usage }: CommandEntry): string {
  return usage.split(" ")[0] ?? usage;
}

function argumentOf({ usage, argument }: CommandEntry, codes: readonly string[]): Values {
  if (argument !== undefined) return argument === "codes" ? codes : argument;
  const name = /[[<]([^\]>.]+)/.exec(usage)?.[1];
  return name !== undefined && PATHS.test(name) ? "paths" : "nothing";
}

function optionSpec({ flags, description, values }: OptionEntry): OptionSpec {
  const name = /[[<]([^\]>.]+)/.exec(flags)?.[1];
  const value = values ?? (name !== undefined && PATHS.test(name) ? "paths" : "nothing");
  return {
    long: /--[a-z-]+/.exec(flags)?.[0] ?? "",
    short: /^-[a-zA-Z]/.exec(flags)?.[0],
    description,
    value: name === undefined ? undefined : value,
    repeats: flags.includes("..."),
  };
}

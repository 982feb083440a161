import { type CommandSpec, GLOBAL, type OptionSpec, type Values } from "./spec.ts";

export function fish(commands: readonly CommandSpec[]): string {
  const before = "__fish_use_subcommand";
  return `${[
    "# Completion of parley for fish: parley completion fish > ~/.config/fish/completions/parley.fish",
    "complete -c parley -f",
    ...GLOBAL.map((option) => line(before, optionWords(option))),
    ...commands.map((c) => line(before, `-a ${c.name} -d ${quoted(c.description)}`)),
    ...commands.flatMap(commandLines),
  ].join("\n")}\n`;
}

function commandLines({ name, options, argument }: CommandSpec): readonly string[] {
  const within = `__fish_seen_subcommand_from ${name}`;
  const words = argumentWords(argument);
  return [...options.map((o) => line(within, optionWords(o))), ...(words === "" ? [] : [line(within, words)])];
}

function line(condition: string, words: string): string {
  return `complete -c parley -n '${condition}' ${words}`;
}

function optionWords({ short, long, description, value }: OptionSpec): string {
  const names = `${short === undefined ? "" : `-s ${short.slice(1)} `}-l ${long.slice(2)}`;
  return `${names}${valueWords(value)} -d ${quoted(description)}`;
}

function valueWords(value: Values | undefined): string {
  if (value === undefined) return "";
  if (value === "paths") return " -r -F";
  return value === "nothing" ? " -x" : ` -x -a ${quoted(value.join(" "))}`;
}

function argumentWords(argument: Values): string {
  if (argument === "nothing") return "";
  return argument === "paths" ? "-F" : `-a ${quoted(argument.join(" "))}`;
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, "\\$&")}'`;
}

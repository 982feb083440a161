/** Both as a file `_parley` in `fpath` and through `eval` after `compinit`. */
import { type CommandSpec, GLOBAL, type OptionSpec, type Values } from "./spec.ts";

export function zsh(commands: readonly CommandSpec[]): string {
  return `#compdef parley
# Completion of parley for zsh: eval "$(parley completion zsh)", after compinit
_parley() {
  local curcontext="$curcontext" state line
  local -a commands
  commands=(
${commands.map((c) => `    ${quoted(`${c.name}:${c.description.replaceAll(":", "\\:")}`)}`).join("\n")}
  )
  _arguments -C \\
${GLOBAL.flatMap(optionWords).join(" \\\n")} \\
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command)
      _describe -t commands 'command' commands
      ;;
    rest)
      case $words[1] in
${commands.map(branch).join("\n")}
      esac
      ;;
  esac
}

if [ "$funcstack[1]" = "_parley" ]; then
  _parley "$@"
else
  compdef _parley parley
fi
`;
}

function branch({ name, options, argument }: CommandSpec): string {
  const words = [...options.flatMap(optionWords), ...argumentWords(argument)];
  return `        ${name})\n          _arguments \\\n${words.map((w) => `        ${w}`).join(" \\\n")}\n          ;;`;
}

function optionWords({ short, long, description, value, repeats }: OptionSpec): readonly string[] {
  const text = `[${description.replace(/[[\]\\:]/g, "\\$&")}]`;
  const names = short === undefined ? [long] : [short, long];
  const others = names.length > 1 && !repeats ? `(${names.join(" ")})` : "";
  return names.map((name) => `    ${quoted(`${repeats ? "*" : others}${name}${text}${actionOf(value)}`)}`);
}

function actionOf(value: Values | undefined): string {
  if (value === undefined) return "";
  if (value === "paths") return ":path:_files";
  return value === "nothing" ? ":value: " : `:value:(${value.join(" ")})`;
}

function argumentWords(argument: Values): readonly string[] {
  if (argument === "nothing") return [];
  return [`    ${quoted(argument === "paths" ? "*:path:_files" : `1:value:(${argument.join(" ")})`)}`];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

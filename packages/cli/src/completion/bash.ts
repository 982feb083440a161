/** For Bash 3.2 and later, without the bash-completion package. */
import { type CommandSpec, GLOBAL, type OptionSpec, type Values } from "./spec.ts";

export function bash(commands: readonly CommandSpec[]): string {
  const names = commands.map((c) => c.name);
  return `# Completion of parley for bash: eval "$(parley completion bash)"
_parley_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=($(compgen -W "$1" -- "$2"))
}

_parley_files() {
  local IFS=$'\\n'
  type compopt >/dev/null 2>&1 && compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$1"))
}

_parley() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= i
  COMPREPLY=()
  # Bash makes a word of its own of the = in --format json=FILE.
  if [[ $cur == = ]]; then _parley_files ""; return; fi
  if [[ $prev == = ]]; then _parley_files "$cur"; return; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then command=\${COMP_WORDS[i]}; break; fi
  done
  case $command in
    "")
      _parley_words "${[...names, ...flags(GLOBAL)].join(" ")}" "$cur"
      ;;
${commands.map(branch).join("\n")}
  esac
}

complete -F _parley parley
`;
}

function branch({ name, options, argument }: CommandSpec): string {
  const valued = options.filter((o) => o.value !== undefined);
  const cases = valued.map((o) => `        ${flags([o]).join("|")}) ${complete(o.value ?? "nothing", "return")} ;;`);
  return [
    `    ${name})`,
    ...(cases.length > 0 ? ["      case $prev in", ...cases, "      esac"] : []),
    `      if [[ $cur == -* ]]; then ${complete(flags(options), "return")}; fi`,
    `      ${complete(argument)}`,
    "      ;;",
  ].join("\n");
}

function complete(values: Values, then?: string): string {
  const end = then === undefined ? "" : `; ${then}`;
  if (values === "nothing") return then ?? ":";
  return `${values === "paths" ? '_parley_files "$cur"' : `_parley_words "${values.join(" ")}" "$cur"`}${end}`;
}

function flags(options: readonly OptionSpec[]): readonly string[] {
  return options.flatMap(({ short, long }) => (short === undefined ? [long] : [short, long]));
}

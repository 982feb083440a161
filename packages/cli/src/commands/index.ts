/** The commands: what `--help` says and where each one is. Nothing of a command is loaded before it is needed. */
import { SHELLS } from "../completion/shells.ts";
import { FORMATS } from "../formats/index.ts";
import { TEST_FORMATS } from "../formats/tests/index.ts";
import { GRAPH_FORMATS } from "../graph/formats.ts";
import { TEMPLATES } from "../init/templates.ts";
import type { CommandEntry, OptionEntry } from "./command.ts";

const REPORT: readonly OptionEntry[] = [
  formatOption(FORMATS),
  { flags: "--max-diagnostics <n>", description: "how many findings people see, or none for all (default: 20)" },
  { flags: "--max-warnings <n>", description: "exit 1 if there are more warnings than this" },
];

/** `--format` with the names of a table. */
function formatOption(table: object): OptionEntry {
  const values = Object.keys(table);
  const names = `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
  return {
    flags: "--format <name=file...>",
    description: `${names}; repeatable, each optionally to a file (default: ${values[0]})`,
    values,
  };
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    usage: "check [paths...]",
    description: "report everything that is wrong; writes nothing without --fix",
    options: [
      { flags: "--fix", description: "apply the fixes that keep the meaning, then report what is left" },
      { flags: "--unsafe-fixes", description: "with --fix: also those that may change what the bot does" },
      { flags: "--watch", description: "check again whenever a file changes" },
      ...REPORT,
      { flags: "--stdin-file-path <path>", description: "what the text from standard input (path -) is called" },
    ],
    examples: [
      "parley check                                  the bot in this folder",
      "parley check flows/order.flow                 one file of it, seen with the others",
      "parley check --fix                            repair what can be repaired safely",
      "parley check --watch                          again after each change",
      "parley check --format human --format json=report.json",
      "parley check --format github --format sarif=parley.sarif   in a GitHub workflow",
      "parley check - < draft.flow                   standard input",
    ],
    load: async () => (await import("./check.ts")).check,
  },
  {
    usage: "build [path]",
    description: "check, then write machine, payloads, types and reports",
    options: [
      { flags: "-o, --out <dir>", description: "folder for the outputs (default: dist in the bot's folder)" },
      ...REPORT,
    ],
    examples: ["parley build", "parley build examples/02-pizzeria -o out"],
    load: async () => (await import("./build.ts")).build,
  },
  {
    usage: "test [paths...]",
    description: "run the test declarations on the real runtime with a virtual clock",
    options: [
      { flags: "--filter <text>", description: "only tests whose title contains this" },
      formatOption(TEST_FORMATS),
      ...REPORT.filter((o) => !o.flags.startsWith("--format")),
    ],
    examples: [
      "parley test",
      'parley test examples/02-pizzeria --filter "regular order"',
      "parley test --format human --format junit=tests.xml        for a CI server",
    ],
    load: async () => (await import("./test.ts")).test,
  },
  {
    usage: "fmt [paths...]",
    description: "write .flow files in their one layout; prints the names of those that it changes",
    options: [
      { flags: "--check", description: "write nothing, exit 1 if a file is not in that layout" },
      { flags: "--diff", description: "write nothing, print what would change" },
      { flags: "--stdin-file-path <path>", description: "what the text from standard input (path -) is called" },
    ],
    examples: [
      "parley fmt                                    all files in this folder and below",
      "parley fmt --check --diff                     for a CI server",
      "parley fmt - < draft.flow                     standard input, to standard output",
    ],
    load: async () => (await import("./fmt.ts")).fmt,
  },
  {
    usage: "chat [flow]",
    description: "talk to the bot in the terminal; nothing leaves this process",
    options: [],
    examples: ["parley chat", "parley chat order.flow", "printf 'hi\\n1\\n' | parley chat order.flow"],
    load: async () => (await import("./chat.ts")).chat,
  },
  {
    usage: "serve [dir]",
    description: "run the bot: webhook server, runtime, SQLite",
    options: [
      { flags: "--port <n>", description: "of the webhook server (default: 8080)" },
      { flags: "--emulator", description: "run against a WhatsApp of its own; no account needed" },
      { flags: "--emulator-port <n>", description: "of the emulator (default: 8081)" },
      { flags: "--demo", description: "with --emulator: talk to it here, or play the bot's test without a terminal" },
    ],
    examples: [
      "parley serve --emulator                       develop without an account",
      "parley serve --emulator --demo                and talk to it at once",
      "PARLEY_TOKEN=… PARLEY_APP_SECRET=… PARLEY_VERIFY_TOKEN=… PARLEY_PHONE_NUMBER_ID=… parley serve",
    ],
    load: async () => (await import("./serve.ts")).serve,
  },
  {
    usage: "explain [code]",
    argument: "codes",
    description: "print the page of a diagnostic; without a code, list them all",
    options: [],
    examples: ["parley explain P3001", "parley explain"],
    load: async () => (await import("./explain.ts")).explain,
  },
  {
    usage: "graph [flow]",
    description: "draw the states of a bot and the ways between them",
    options: [
      formatOption(GRAPH_FORMATS),
      { flags: "--flow <name...>", description: "only this flow of the bot; repeatable" },
    ],
    examples: [
      "parley graph                                  Mermaid, which GitHub and GitLab draw in Markdown",
      "parley graph --flow order --format mermaid=docs/order.mmd",
      "parley graph order.flow --format dot | dot -Tsvg > order.svg",
    ],
    load: async () => (await import("./graph.ts")).graph,
  },
  {
    usage: "init [dir]",
    description: "begin a new bot: project file, a flow with tests, a CI workflow",
    options: [
      {
        flags: "--template <name>",
        description: TEMPLATES.map((t) => `${t.name} (${t.description})`).join(", "),
        values: TEMPLATES.map((t) => t.name),
      },
      { flags: "-y, --yes", description: "ask nothing, take what is not given as hello" },
    ],
    examples: [
      "parley init                                   here, after a question or two",
      "parley init my-bot --template order --yes",
    ],
    load: async () => (await import("./init.ts")).init,
  },
  {
    usage: "completion <shell>",
    argument: SHELLS,
    description: "print a script that completes commands, options and their values",
    options: [],
    examples: [
      'eval "$(parley completion bash)"              in ~/.bashrc',
      'eval "$(parley completion zsh)"               in ~/.zshrc, after compinit',
      "parley completion fish > ~/.config/fish/completions/parley.fish",
    ],
    load: async () => (await import("./completion.ts")).completionOf(COMMANDS),
  },
];

/** The commands: what `--help` says and where each one is. Nothing of a command is loaded before it is needed. */
import type { CommandEntry, OptionEntry } from "./command.ts";

const REPORT: readonly OptionEntry[] = [
  { flags: "--format <name=file...>", description: "human, json or concise; repeatable, each optionally to a file" },
  { flags: "--max-diagnostics <n>", description: "how many findings people see, or none for all (default: 20)" },
  { flags: "--max-warnings <n>", description: "exit 1 if there are more warnings than this" },
];

export const COMMANDS: readonly CommandEntry[] = [
  {
    usage: "check [paths...]",
    description: "report everything that is wrong; writes nothing",
    options: [
      ...REPORT,
      { flags: "--stdin-file-path <path>", description: "what the text from standard input (path -) is called" },
    ],
    examples: [
      "parley check                                  the bot in this folder",
      "parley check flows/order.flow                 one file of it, seen with the others",
      "parley check --format human --format json=report.json",
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
      ...REPORT.filter((o) => !o.flags.startsWith("--format")),
    ],
    examples: ["parley test", 'parley test examples/02-pizzeria --filter "regular order"'],
    load: async () => (await import("./test.ts")).test,
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
    description: "print the page of a diagnostic; without a code, list them all",
    options: [],
    examples: ["parley explain P3001", "parley explain"],
    load: async () => (await import("./explain.ts")).explain,
  },
];

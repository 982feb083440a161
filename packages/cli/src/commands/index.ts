/** The commands: what `--help` says and where each one is. Nothing of a command is loaded before it is needed. */
import { SHELLS } from "../completion/shells.ts";
import { COST_FORMATS } from "../cost/formats.ts";
import { COVERAGE_FORMATS } from "../covered/formats.ts";
import { EXPLORE_FORMATS } from "../explore/formats.ts";
import { FORMATS } from "../formats/index.ts";
import { TEST_FORMATS } from "../formats/tests/index.ts";
import { GRAPH_FORMATS } from "../graph/formats.ts";
import { TEMPLATES } from "../init/templates.ts";
import { PLAN_FORMATS } from "../plan/formats.ts";
import { REPLAY_FORMATS } from "../replay/formats.ts";
import { TEMPLATE_FORMATS } from "../templates/formats.ts";
import type { CommandEntry, OptionEntry } from "./command.ts";

const REPORT: readonly OptionEntry[] = [
  formatOption(FORMATS),
  { flags: "--max-diagnostics <n>", description: "how many findings people see, or none for all (default: 20)" },
  { flags: "--max-warnings <n>", description: "exit 1 if there are more warnings than this" },
];

/** `a, b or c`. */
function names(table: object): string {
  const values = Object.keys(table);
  return `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** `--format` with the names of a table. */
function formatOption(table: object): OptionEntry {
  const values = Object.keys(table);
  return {
    flags: "--format <name=file...>",
    description: `${names(table)}; repeatable, each optionally to a file (default: ${values[0]})`,
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
      { flags: "--watch", description: "run them again whenever a file changes" },
      { flags: "--update", description: "rewrite what failing tests expect to what came, and show the changes" },
      {
        flags: "--coverage [name=file...]",
        description: `what tests go through, as ${names(COVERAGE_FORMATS)}; repeatable, each optionally to a file`,
        values: Object.keys(COVERAGE_FORMATS),
        bare: "text",
      },
      { flags: "--coverage-min <percent>", description: "exit 1 if tests go through less of a bot than this" },
      {
        flags: "--locales <names>",
        description: "each test for contacts of these languages: all, or names with commas",
      },
      {
        flags: "--seed <text>",
        description: "what chance depends on: any text, or random (default: each test's title)",
      },
      { flags: "--jobs <n>", description: "how many tests at the same time (default: the cores, where it pays)" },
      formatOption(TEST_FORMATS),
      ...REPORT.filter((o) => !o.flags.startsWith("--format")),
    ],
    examples: [
      "parley test",
      "parley test order.test.flow                   the tests of this file",
      'parley test examples/02-pizzeria --filter "regular order"',
      "parley test --watch                           again after each change",
      "parley test --update                          after a text was changed on purpose",
      "parley test --coverage --coverage lcov=lcov.info --coverage-min 90",
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
      { flags: "--host <address>", description: "of the webhook server (default: 127.0.0.1)" },
      {
        flags: "--admin-port <n>",
        description: "health, metrics and dead letters on this port of 127.0.0.1 (default: off)",
      },
      {
        flags: "--database <url>",
        description: "file of SQLite, or postgres://USER:PASSWORD@HOST/DATABASE (default: .parley/bot.db)",
      },
      { flags: "--standby", description: "wait while another process has the SQLite file, then take over" },
      { flags: "--emulator", description: "run against a WhatsApp of its own; no account needed" },
      { flags: "--emulator-port <n>", description: "of the emulator (default: 8081)" },
      { flags: "--trace <file>", description: "append what it does, without values: parley replay reads it" },
      {
        flags: "--record <file>",
        description: "with --emulator: at the end, write what the phones did as tests (.flow)",
      },
      { flags: "--demo", description: "with --emulator: talk to it here, or play the bot's test without a terminal" },
    ],
    examples: [
      "parley serve --emulator                       develop without an account",
      "parley serve --emulator --demo                and talk to it at once",
      "parley serve --emulator --record talk.test.flow          phones driven over HTTP, written down as tests",
      "PARLEY_TOKEN=… PARLEY_APP_SECRET=… PARLEY_VERIFY_TOKEN=… PARLEY_PHONE_NUMBER_ID=… parley serve",
    ],
    load: async () => (await import("./serve.ts")).serve,
  },
  {
    usage: "emulator",
    description: "a WhatsApp Cloud API to develop against, for a bot in any language",
    options: [
      { flags: "--port <n>", description: "of the API and of the control API (default: 8081)" },
      { flags: "--host <address>", description: "of both (default: 127.0.0.1)" },
      { flags: "--webhook <url>", description: "the bot's webhook; asked to verify itself until it does" },
      { flags: "--app-secret <text>", description: "that webhooks are signed with (default: secret)" },
      { flags: "--verify-token <text>", description: "that the webhook has to know (default: verify)" },
      { flags: "--token <text>", description: "the bearer token to accept (default: any)" },
      { flags: "--templates <file>", description: "JSON: a list of templates, or what the Graph API lists" },
      { flags: "--seed <text>", description: "of ids and faults; the same gives the same (default: the time)" },
    ],
    examples: [
      "parley emulator --webhook http://localhost:3000/webhook",
      "parley emulator --port 4000 --token token --templates templates.json --seed 1",
    ],
    load: async () => (await import("./emulator.ts")).emulator,
  },
  {
    usage: "lsp",
    description: "the language server, for an editor to start: it talks over standard input and output",
    options: [{ flags: "--stdio", description: "what it does anyway; editors pass it" }],
    examples: ["parley lsp                                    as the command of a language client"],
    load: async () => (await import("./lsp.ts")).lsp,
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
      "parley graph order.flow --format svg > order.svg      a picture",
    ],
    load: async () => (await import("./graph.ts")).graph,
  },
  {
    usage: "templates [path]",
    description: "print the declared templates as WhatsApp's template API takes them",
    options: [
      formatOption(TEMPLATE_FORMATS),
      { flags: "-o, --out <dir>", description: "also write one request a file: NAME.LANGUAGE.json" },
      {
        flags: "--check <file>",
        description: "report what differs from the templates in this file, as the Graph API lists them",
      },
    ],
    examples: [
      "parley templates                              what there is to hand in, to read",
      "parley templates -o requests                  and as files to send: POST /ACCOUNT/message_templates",
      "parley templates --check templates.json       what is not approved, or approved with other texts",
    ],
    load: async () => (await import("./templates.ts")).templates,
  },
  {
    usage: "cost [flow]",
    description: "how many messages a conversation and a turn send, by billing category, and what they cost",
    options: [
      formatOption(COST_FORMATS),
      { flags: "--rates <file>", description: "prices per message, YAML or JSON (docs/cost.md)" },
    ],
    examples: [
      "parley cost                                   the bot in this folder",
      "parley cost order.flow --rates rates.yaml     and in money",
      "parley cost --format json=cost.json",
    ],
    load: async () => (await import("./cost.ts")).cost,
  },
  {
    usage: "explore [path]",
    description: "walk all branches of a bot with values at their edges; exit 1 if something goes wrong on the way",
    options: [
      { flags: "--steps <n>", description: "how many steps to try at most (default: 60000)" },
      { flags: "--write <file>", description: "the .flow file for tests of what no test goes through" },
      formatOption(EXPLORE_FORMATS),
    ],
    examples: [
      "parley explore                                what can be reached, and what no test reaches",
      "parley explore --write other-branches.test.flow          tests for the rest",
    ],
    load: async () => (await import("./explore.ts")).explore,
  },
  {
    usage: "plan <old> [new]",
    description: "what a deployment changes for people in the middle of a conversation; exit 1 if it strands someone",
    options: [
      {
        flags: "--sessions <file>",
        description: "count the conversations of a `parley store export` instead of places",
      },
      formatOption(PLAN_FORMATS),
    ],
    examples: [
      "parley plan git:HEAD                          the bot in this folder, against its last commit",
      "parley plan dist --sessions store.jsonl       a build, with the people that the store holds",
      "parley plan old/machine.json new --format json",
    ],
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    usage: "replay <file> [bot]",
    description: "take recorded conversations through a bot; exit 1 where it behaves differently",
    options: [formatOption(REPLAY_FORMATS)],
    examples: [
      "parley replay trace.jsonl                     what parley serve --trace wrote, against the bot in this folder",
      "parley replay trace.jsonl git:HEAD --format json",
    ],
    load: async () => (await import("./replay.ts")).replay,
  },
  {
    usage: "import [file]",
    description: "turn requests of the Cloud API, as JSON, into a flow that sends them",
    options: [{ flags: "-o, --out <file>", description: "the .flow file to write (default: standard output)" }],
    examples: [
      "parley import message.json -o shop/greeting.flow",
      "parley import < messages.json                 a list of requests, one state each",
    ],
    load: async () => (await import("./import.ts")).importFlow,
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
    usage: "i18n <what...>",
    argument: ["extract", "check"],
    description: "translations: write what there is to translate, or report what is missing or out of date",
    options: [
      { flags: "--check", description: "with extract: write nothing, exit 1 if a locale file would change" },
      ...REPORT,
    ],
    examples: [
      "parley i18n extract                           a place for every text in each locale file",
      "parley i18n extract --check                   exit 1 if a file lacks one, for CI",
      "parley i18n check                             what is missing, unused, out of date or too long",
      "parley i18n check examples/05-support",
    ],
    load: async () => (await import("./i18n.ts")).i18n,
  },
  {
    usage: "store <what...>",
    argument: ["export", "import", "backup"],
    description: "carry the conversations of a bot that stands still to another database, or copy its file",
    options: [
      {
        flags: "--database <url>",
        description: "file of SQLite, or postgres://USER:PASSWORD@HOST/DATABASE (default: .parley/bot.db)",
      },
    ],
    examples: [
      "parley store export bot.jsonl                 what .parley/bot.db holds, as JSON lines",
      "parley store import bot.jsonl --database postgres://bot@db.example/bot",
      "parley store backup bot-copy.db               a copy; the bot may run",
    ],
    load: async () => (await import("./store.ts")).store,
  },
  {
    usage: "dead-letters <what...>",
    argument: ["list", "redrive"],
    description: "events that a running bot could not handle: list them, or take them up again",
    options: [
      { flags: "--admin <url>", description: "operator port of the bot (default: http://127.0.0.1:9464)" },
      { flags: "--all", description: "with redrive: all of them" },
    ],
    examples: [
      "parley dead-letters list                      exit 1 if there are some",
      "parley dead-letters redrive 4a3debfceab4694d  after the cause is repaired",
      "parley dead-letters redrive --all",
    ],
    load: async () => (await import("./dead-letters.ts")).deadLetters,
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

/** The `parley` command: what there is, and how each way to end becomes an exit status. */
import { Command, CommanderError } from "commander";
import type { OptionEntry, Options } from "./commands/command.ts";
import { COMMANDS } from "./commands/index.ts";
import { BugIn, EXIT, UsageError } from "./exit.ts";
import { paintFor } from "./report/colours.ts";
import { VERSION } from "./version.ts";

/** Runs the command and gives its exit status; all output has been handed to the streams by then. */
export async function main(args: readonly string[]): Promise<number> {
  let status: number = EXIT.clean;
  const program = programOf((code) => {
    status = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    return statusOf(error);
  }
}

function programOf(done: (status: number) => void): Command {
  const program = new Command("parley")
    .description("Conversations for WhatsApp: check, build, test and run .flow files.")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError("(parley --help lists the commands)")
    .addHelpText("after", TOP_HELP);
  for (const entry of COMMANDS) {
    const command = program.command(entry.usage).description(entry.description).exitOverride();
    command.showHelpAfterError(`(parley ${command.name()} --help shows examples)`);
    for (const option of entry.options) declare(command, option);
    command.addHelpText("after", `\nExamples:\n${entry.examples.map((e) => `  $ ${e}`).join("\n")}\n`);
    // One parameter for each argument that was declared, then the options, then the command itself.
    command.action(async (...given: unknown[]) => {
      const options = given.at(-2) as Options;
      const args = given
        .slice(0, -2)
        .flat()
        .filter((argument) => argument !== undefined) as string[];
      const run = await entry.load();
      done(await run(args, options));
    });
  }
  return program;
}

const TOP_HELP = `
Examples:
  $ parley check                         all findings of the bot in this folder
  $ parley chat order.flow               talk to a bot in the terminal
  $ parley serve --emulator              run the bot against a WhatsApp of its own, no account needed
  $ parley explain P3001                 what a finding means and how to repair it

Exit status: 0 clean, 1 findings, 2 wrong use or input, 3 a mistake of parley, 4 serve: its disk failed, 130 interrupted.
`;

/** An option whose value ends in `...` may be given several times. */
function declare(command: Command, { flags, description, bare }: OptionEntry): void {
  const option = command.createOption(flags.replace("...", ""), description);
  if (bare !== undefined) option.preset(bare);
  if (flags.includes("...")) option.argParser((value, before: string[] | undefined) => [...(before ?? []), value]);
  command.addOption(option);
}

function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  const paint = paintFor(process.stderr);
  if (error instanceof UsageError) {
    process.stderr.write(`${paint(["red", "bold"], "error")}${paint("bold", `: ${error.message}`)}\n`);
    return EXIT.usage;
  }
  process.stderr.write(bugText(error, paint));
  return EXIT.bug;
}

function bugText(error: unknown, paint: ReturnType<typeof paintFor>): string {
  const { cause, while: during } = error instanceof BugIn ? error : { cause: error, while: undefined };
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return [
    `${paint(["red", "bold"], "bug")}${paint("bold", `: parley ${VERSION} failed${during === undefined ? "" : ` at ${during}`}`)}`,
    "This is a mistake of parley, not of yours. Please report it with this text and the file:",
    `  parley ${VERSION}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    ...stack.split("\n").map((line) => `  ${line}`),
    "",
  ].join("\n");
}

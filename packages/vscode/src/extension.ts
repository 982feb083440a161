/** The extension where there is a Node: the language server and the command line that come with it are run as processes. */
import type { ExtensionContext } from "vscode";
import { commands, window } from "vscode";
import { LanguageClient, type ServerOptions, TransportKind } from "vscode-languageclient/node";
import { type Cli, findCli } from "./cli.ts";
import { registerCommands } from "./commands.ts";
import { showFindings } from "./findings.ts";
import { leaveForeignFilesAlone } from "./foreign.ts";
import { clientOptions, register, startClient } from "./language-client.ts";
import { registerPaste } from "./paste.ts";
import { registerTasks } from "./tasks.ts";
import { registerTests } from "./tests.ts";

/** Commands that lenses offer, and that run the command line. */
const LENSES = ["parley.tryIt", "parley.showGraph", "parley.runTest"];

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Parley", { log: true });
  const cli = findCli(context);
  const findings = showFindings();
  client = new LanguageClient("parley", "Parley", serverOf(cli), clientOptions(log, findings.middleware, LENSES));
  const registration = register({ context, client, log, cli });
  context.subscriptions.push(
    log,
    ...leaveForeignFilesAlone(),
    ...registerCommands({ context, client, cli, log }),
    ...registerTasks(cli),
    ...registerPaste(client),
    ...registerTests({ client, cli, log }),
    ...registration,
    findings.follow(client),
  );
  // Not `isWeb`: a page can show an editor whose extensions run on a machine.
  await commands.executeCommand("setContext", "parley.hasCli", true);
  await startClient(client, log);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** The same process for all: the command line's own language server, so that both always are of one version. */
function serverOf({ node, script, environment }: Cli): ServerOptions {
  const options = { env: { ...process.env, ...environment } };
  return { command: node, args: [script, "lsp", "--stdio"], transport: TransportKind.stdio, options };
}

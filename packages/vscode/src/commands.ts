/** Commands that the command line does the work of. */
import { basename, dirname, join } from "node:path";
import {
  commands,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type Terminal,
  tasks,
  Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type Cli, run } from "./cli.ts";
import { showGraph } from "./graph-view.ts";
import { taskOf } from "./tasks.ts";

export interface Tools {
  readonly context: ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly cli: Cli;
  readonly log: LogOutputChannel;
}

export function registerCommands(tools: Tools): readonly Disposable[] {
  const { cli } = tools;
  return [
    commands.registerCommand("parley.tryIt", (uri?: string, place?: string) => talk(tools, uri, place)),
    commands.registerCommand("parley.showGraph", (uri?: string, flow?: string) => graph(tools, uri, flow)),
    commands.registerCommand("parley.build", () => tasks.executeTask(taskOf(cli, "build"))),
    commands.registerCommand("parley.newBot", () => newBot(tools)),
  ];
}

/** Of an argument of a code lens, which is text, or of a menu, which is a `Uri`; else of what is being edited. */
function fileOf(uri: string | Uri | undefined): Uri | undefined {
  if (uri instanceof Uri) return uri;
  return typeof uri === "string" ? Uri.parse(uri) : window.activeTextEditor?.document.uri;
}

/** `place`: the state that the conversation is brought to; without one that of the cursor. */
async function talk(
  { cli, log, client }: Tools,
  uri: string | Uri | undefined,
  place?: string,
): Promise<Terminal | undefined> {
  const file = fileOf(uri);
  if (!file) return undefined;
  // People talk to what they see.
  await workspace.saveAll(false);
  // A terminal would be gone with what it said.
  const { status, stderr } = await run(cli, ["check", "--format", "concise", file.fsPath], dirname(file.fsPath));
  if (status !== 0) {
    log.warn(stderr);
    const shown = await window.showWarningMessage("You can talk to the bot when it has no errors.", "Show Problems");
    if (shown) await commands.executeCommand("workbench.actions.view.problems");
    return undefined;
  }
  const terminal = window.createTerminal({
    name: "Parley chat",
    shellPath: cli.node,
    shellArgs: [cli.script, "chat", file.fsPath],
    cwd: dirname(file.fsPath),
    env: { ...cli.environment },
  });
  terminal.show();
  const lines = await linesTo(client, file, place);
  if (lines) terminal.sendText(lines.join("\n"));
  return terminal;
}

/** What to say so that the bot comes there; nothing where no way is known, or where it begins. */
async function linesTo(
  client: BaseLanguageClient,
  file: Uri,
  place: string | undefined,
): Promise<readonly string[] | null> {
  const editor = window.activeTextEditor;
  const cursor = editor?.document.uri.toString() === file.toString() ? editor.selection.active : undefined;
  const position = cursor && client.code2ProtocolConverter.asPosition(cursor);
  const params = {
    command: "parley.linesTo",
    arguments: [file.toString(), typeof place === "string" ? place : position],
  };
  return client.sendRequest<readonly string[] | null>("workspace/executeCommand", params);
}

async function graph(
  { context, cli, log }: Tools,
  uri: string | Uri | undefined,
  flow: string | undefined,
): Promise<void> {
  const file = fileOf(uri);
  if (!file) return;
  const args = ["graph", file.fsPath, "--format", "svg", ...(typeof flow === "string" ? ["--flow", flow] : [])];
  const { status, stdout, stderr } = await run(cli, args, dirname(file.fsPath));
  if (status !== 0) {
    log.warn(stderr);
    void window.showWarningMessage("The graph can be drawn when the bot has no errors.");
    return;
  }
  showGraph(context, typeof flow === "string" ? flow : basename(file.fsPath), stdout);
}

async function newBot({ cli }: Tools): Promise<void> {
  const templates = [
    { label: "hello", description: "a greeting and a question" },
    { label: "pizzeria", description: "an order, with an action and its failures" },
    { label: "appointments", description: "free slots, a reminder, cancelling" },
  ];
  const template = await window.showQuickPick(templates, { placeHolder: "What should it begin with?" });
  const folder =
    template &&
    (await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, openLabel: "Create here" }));
  const [into] = folder ?? [];
  if (!template || !into) return;
  const { status, stderr } = await run(cli, ["init", into.fsPath, "--template", template.label, "--yes"], into.fsPath);
  if (status !== 0) {
    void window.showErrorMessage(stderr.trim());
    return;
  }
  await commands.executeCommand("vscode.openFolder", Uri.file(join(into.fsPath)), { forceReuseWindow: true });
}

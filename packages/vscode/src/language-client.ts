/** What Node and the browser have in common: the client's options, its commands for the log, and the status. */
import {
  commands,
  type Disposable,
  type ExtensionContext,
  LanguageStatusSeverity,
  type Location,
  type LogOutputChannel,
  languages,
  Position,
  Uri,
  window,
  workspace,
} from "vscode";
import {
  type BaseLanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  State,
} from "vscode-languageclient";
import type { Cli } from "./cli.ts";
import { explain } from "./explain.ts";

/** All that the server has features for. */
const SELECTOR = [
  { language: "parley" },
  { pattern: "**/parley.yaml" },
  { pattern: "**/locales/*.yaml" },
  { pattern: "**/templates.{yaml,json}" },
];

/** `lenses`: the commands of lenses beside those that are here. */
export function clientOptions(
  log: LogOutputChannel,
  middleware: Middleware,
  lenses: readonly string[] = [],
): LanguageClientOptions {
  return {
    documentSelector: SELECTOR,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    synchronize: {
      configurationSection: "parley",
      fileEvents: workspace.createFileSystemWatcher("**/{*.flow,parley.yaml,*.yaml,*.json}"),
    },
    markdown: { isTrusted: true, supportHtml: true },
    initializationOptions: { commands: ["parley.showReferences", ...lenses] },
    middleware,
  };
}

export async function startClient(client: BaseLanguageClient, log: LogOutputChannel): Promise<void> {
  try {
    await client.start();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    const shown = await window.showErrorMessage("Parley's language server could not be started.", "Show Log");
    if (shown) log.show();
  }
}

export interface Registered {
  readonly context: ExtensionContext;
  readonly client: BaseLanguageClient;
  readonly log: LogOutputChannel;
  readonly cli?: Cli;
}

export function register({ context, client, log, cli }: Registered): readonly Disposable[] {
  const status = languages.createLanguageStatusItem("parley.status", SELECTOR);
  status.name = "Parley";
  status.command = { command: "parley.restart", title: "Restart" };
  const version = (): string =>
    client.initializeResult?.serverInfo?.version ?? String(context.extension.packageJSON.version);
  const show = (state: State): void => {
    status.busy = state === State.Starting;
    status.severity = state === State.Stopped ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    status.text = state === State.Stopped ? "Parley stopped" : `Parley ${version()}`;
    status.detail = !cli || cli.isBundled ? "with the extension" : cli.script;
  };
  show(State.Starting);
  return [
    status,
    client.onDidChangeState(({ newState }) => show(newState)),
    commands.registerCommand("parley.restart", async () => {
      await client.stop();
      await client.start();
    }),
    commands.registerCommand("parley.showLog", () => log.show()),
    commands.registerCommand("parley.explain", (code?: string) => explain(context, client, code)),
    commands.registerCommand("parley.showReferences", showReferences),
  ];
}

/** Of a lens: its place comes as the protocol writes it. */
async function showReferences(
  given: string,
  { line, character }: { readonly line: number; readonly character: number },
): Promise<void> {
  const [uri, position] = [Uri.parse(given), new Position(line, character)];
  const found = await commands.executeCommand<Location[]>("vscode.executeReferenceProvider", uri, position);
  await commands.executeCommand("editor.action.showReferences", uri, position, found);
}

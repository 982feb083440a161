/** The extension in a browser: the language server in a worker, no command line. */
import { type ExtensionContext, Uri, window } from "vscode";
import { LanguageClient } from "vscode-languageclient/browser";
import { showFindings } from "./findings.ts";
import { leaveForeignFilesAlone } from "./foreign.ts";
import { clientOptions, register, startClient } from "./language-client.ts";
import { registerPaste } from "./paste.ts";
import { answerFiles } from "./worker-files.ts";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const log = window.createOutputChannel("Parley", { log: true });
  const worker = new Worker(Uri.joinPath(context.extensionUri, "dist", "worker.js").toString(true));
  const findings = showFindings();
  client = new LanguageClient("parley", "Parley", worker, clientOptions(log, findings.middleware));
  context.subscriptions.push(
    log,
    ...leaveForeignFilesAlone(),
    ...answerFiles(client),
    ...registerPaste(client),
    ...register({ context, client, log }),
    findings.follow(client),
  );
  await startClient(client, log);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

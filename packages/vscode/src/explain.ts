/** The page of a code, as a preview. It comes with the extension. */
import { commands, type ExtensionContext, Uri, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

const PAGES = ["dist", "cli", "dist", "bundle", "pages"] as const;

interface Explained {
  /** Of its page, from the root of the project that it is of. */
  readonly path: string;
}

export async function explain(context: ExtensionContext, client: BaseLanguageClient, given?: string): Promise<void> {
  const code =
    given ?? (await window.showInputBox({ prompt: "Code of a diagnostic", placeHolder: "P3001", value: codeHere() }));
  if (!code) return;
  const params = { command: "parley.explainCode", arguments: [code.trim().toUpperCase()] };
  const found = await client.sendRequest<Explained | null>("workspace/executeCommand", params);
  const name = found?.path.split("/").at(-1);
  if (name === undefined) void window.showErrorMessage(`There is no page of ${code}.`);
  else await commands.executeCommand("markdown.showPreviewToSide", Uri.joinPath(context.extensionUri, ...PAGES, name));
}

/** The code of a diagnostic at the cursor. */
function codeHere(): string {
  const line = window.activeTextEditor?.document.lineAt(window.activeTextEditor.selection.active.line).text ?? "";
  return /\bP\d{4}\b/.exec(line)?.[0] ?? "";
}

/** Findings on their way into the editor: shown or not by the setting, with the page of a code behind the code. */
import { type Diagnostic, type Disposable, Uri, workspace } from "vscode";
import type { BaseLanguageClient, Middleware } from "vscode-languageclient";

interface Findings {
  readonly middleware: Pick<Middleware, "handleDiagnostics">;
  /** Takes up a change of the setting. */
  readonly follow: (client: BaseLanguageClient) => Disposable;
}

export function showFindings(): Findings {
  const known = new Map<string, readonly [uri: Uri, diagnostics: Diagnostic[]]>();
  const isOn = (): boolean => workspace.getConfiguration("parley").get("diagnostics.enabled", true);
  return {
    middleware: {
      handleDiagnostics: (uri, diagnostics, next) => {
        const told = diagnostics.map(withPage);
        if (told.length > 0) known.set(uri.toString(), [uri, told]);
        else known.delete(uri.toString());
        next(uri, isOn() ? told : []);
      },
    },
    follow: (client) =>
      workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration("parley.diagnostics.enabled")) return;
        for (const [uri, told] of known.values()) client.diagnostics?.set(uri, isOn() ? told : []);
      }),
  };
}

/** The link of a code opens the page as people read it, not its source. */
function withPage(diagnostic: Diagnostic): Diagnostic {
  const { code } = diagnostic;
  const value = typeof code === "object" ? code.value : code;
  if (typeof value !== "string") return diagnostic;
  const target = Uri.parse(`command:parley.explain?${encodeURIComponent(JSON.stringify([value]))}`);
  diagnostic.code = { value, target };
  return diagnostic;
}

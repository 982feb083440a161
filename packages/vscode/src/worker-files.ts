/** The server in a worker has no file system: it asks for files, and the editor reads them wherever they are. */
import { type Disposable, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { findFiles } from "./find-files.ts";

export function answerFiles(client: BaseLanguageClient): readonly Disposable[] {
  return [
    client.onRequest("parley/readFile", async ({ uri }: { readonly uri: string }) => {
      try {
        return new TextDecoder().decode(await workspace.fs.readFile(Uri.parse(uri)));
      } catch {
        return null;
      }
    }),
    client.onRequest("parley/findFiles", ({ pattern }: { readonly pattern: string }) => findFiles(pattern)),
  ];
}

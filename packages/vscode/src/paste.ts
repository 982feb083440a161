/** Requests of the Cloud API that are pasted as JSON become statements. */
import { type Disposable, DocumentDropOrPasteEditKind, DocumentPasteEdit, languages } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

const KIND = DocumentDropOrPasteEditKind.Text.append("parley");

export function registerPaste(client: BaseLanguageClient): readonly Disposable[] {
  const provider = languages.registerDocumentPasteEditProvider(
    { language: "parley" },
    {
      provideDocumentPasteEdits: async (document, ranges, data, _context, token) => {
        const text = await data.get("text/plain")?.asString();
        const [range] = ranges;
        if (!text || !range || !/"(?:messaging_product|interactive|template|type)"\s*:/.test(text)) return undefined;
        const params = {
          command: "parley.import",
          arguments: [document.uri.toString(), client.code2ProtocolConverter.asRange(range), text],
        };
        const made = await client.sendRequest<string | null>("workspace/executeCommand", params, token);
        return made ? [new DocumentPasteEdit(made, "Paste as .flow", KIND)] : undefined;
      },
    },
    { pasteMimeTypes: ["text/plain"], providedPasteEditKinds: [KIND] },
  );
  return [provider];
}

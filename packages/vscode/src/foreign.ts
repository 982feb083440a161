/** Other tools have `.flow` files, too: JSON of FLOIP and Twilio, XML of UiPath. Such a file is opened as what it is. */
import { type Disposable, languages, type TextDocument, workspace } from "vscode";
import { foreignLanguage } from "./foreign-language.ts";

export function leaveForeignFilesAlone(): readonly Disposable[] {
  for (const document of workspace.textDocuments) void rename(document);
  return [workspace.onDidOpenTextDocument(rename)];
}

async function rename(document: TextDocument): Promise<void> {
  if (document.languageId !== "parley") return;
  const language = foreignLanguage(document.getText());
  if (language) await languages.setTextDocumentLanguage(document, language);
}

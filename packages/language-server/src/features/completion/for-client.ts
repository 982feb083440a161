/** Items as one client can take them. */
import type { ClientCapabilities, CompletionItem } from "vscode-languageserver";
import { isForm, isKeyword } from "./item.ts";

/**
 * Where forms can be filled in, the bare word beside one says nothing more. A client that knows no placeholders would write
 * them out: it gets the words and the names.
 */
export function forClient(
  items: readonly CompletionItem[],
  { textDocument }: ClientCapabilities,
): readonly CompletionItem[] {
  if (textDocument?.completion?.completionItem?.snippetSupport) {
    const forms = new Set(items.filter(isForm).map(({ label }) => label));
    return items.filter((one) => !isKeyword(one) || !forms.has(one.label));
  }
  return items
    .filter((one) => !isForm(one))
    .map(({ insertText, insertTextFormat, ...rest }) =>
      insertTextFormat === undefined && insertText !== undefined ? { ...rest, insertText } : rest,
    );
}

/** Documentation of an item, made when a reader looks at it. */
import { CATALOG, type Code, type FunctionName } from "@parley/compiler";
import type { CompletionItem } from "vscode-languageserver";
import { functionDoc, wordDoc } from "../../docs/markdown.ts";
import { expanded } from "../../docs/snippets.ts";
import type { ItemData } from "./item.ts";

/** `docs`: where the pages of the documentation stand; without it there are no links. */
export function resolveCompletion(given: CompletionItem, docs?: string): CompletionItem {
  const text = documentation(given.data as ItemData | undefined, docs);
  return text === undefined ? given : { ...given, documentation: { kind: "markdown", value: text } };
}

function documentation(data: ItemData | undefined, docs: string | undefined): string | undefined {
  switch (data?.kind) {
    case "word":
      return wordDoc(data.word, docs, data.company);
    case "function":
      return functionDoc(data.name as FunctionName, docs);
    case "doc":
      return data.doc;
    case "snippet":
      return `\`\`\`flow\n${expanded(data.body).replaceAll("\t", "  ")}\n\`\`\`\n\n${wordDoc(data.word, docs) ?? ""}`;
    case "code":
      return Object.hasOwn(CATALOG, data.code) ? CATALOG[data.code as Code].why : undefined;
    case undefined:
      return undefined;
  }
}

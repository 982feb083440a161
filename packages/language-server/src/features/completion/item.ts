/** Items as the protocol wants them. */
import type { CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver";

type KindName =
  | "text"
  | "function"
  | "field"
  | "variable"
  | "class"
  | "module"
  | "property"
  | "value"
  | "enum"
  | "keyword"
  | "snippet"
  | "file"
  | "reference"
  | "enumMember"
  | "constant"
  | "event";

/** Numbers of the protocol. */
const KIND: Readonly<Record<KindName, CompletionItemKind>> = {
  text: 1,
  function: 3,
  field: 5,
  variable: 6,
  class: 7,
  module: 9,
  property: 10,
  value: 12,
  enum: 13,
  keyword: 14,
  snippet: 15,
  file: 17,
  reference: 18,
  enumMember: 20,
  constant: 21,
  event: 23,
};

const SNIPPET: InsertTextFormat = 2;

/** What an item's documentation is made from when it is asked for. */
export type ItemData =
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "function"; readonly name: string }
  /** Of a declaration with a doc comment. */
  | { readonly kind: "doc"; readonly doc: string }
  | { readonly kind: "snippet"; readonly body: string; readonly word: string }
  | { readonly kind: "code"; readonly code: string };

export interface ItemParts {
  readonly kind: KindName;
  readonly detail?: string | undefined;
  /** Smaller ones come first; within one rank by label. */
  readonly rank: number;
  readonly snippet?: string;
  readonly insert?: string;
  readonly filter?: string;
  readonly data?: ItemData | undefined;
  readonly preselect?: boolean;
}

export function item(label: string, parts: ItemParts): CompletionItem {
  const { kind, detail, rank, snippet, insert, filter, data, preselect } = parts;
  return {
    label,
    kind: KIND[kind],
    sortText: `${String(rank).padStart(2, "0")} ${label}`,
    ...(detail ? { detail } : {}),
    ...(snippet === undefined ? {} : { insertText: snippet, insertTextFormat: SNIPPET }),
    ...(insert === undefined ? {} : { insertText: insert }),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(data ? { data } : {}),
    ...(preselect ? { preselect } : {}),
  };
}

export function docData(doc: string): ItemData | undefined {
  return doc === "" ? undefined : { kind: "doc", doc };
}

/** Items as the protocol wants them. */
import type { CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver";
import type { Company } from "../../docs/words-in.ts";

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
  | { readonly kind: "word"; readonly word: string; readonly company?: Company }
  | { readonly kind: "function"; readonly name: string }
  /** Of a declaration with a doc comment. */
  | { readonly kind: "doc"; readonly doc: string }
  | { readonly kind: "snippet"; readonly body: string; readonly word: string }
  | { readonly kind: "code"; readonly code: string };

export interface ItemParts {
  readonly kind: KindName;
  readonly detail?: string | undefined;
  /** Smaller ones come first; within one rank by `order`, then by label. */
  readonly rank: number;
  readonly order?: number;
  readonly snippet?: string;
  readonly insert?: string;
  readonly filter?: string;
  readonly data?: ItemData | undefined;
  readonly preselect?: boolean;
}

export function item(label: string, parts: ItemParts): CompletionItem {
  const { kind, detail, rank, order = 0, snippet, insert, filter, data, preselect } = parts;
  return {
    label,
    kind: KIND[kind],
    sortText: `${padded(rank)} ${padded(order)} ${label}`,
    ...(detail ? { detail } : {}),
    ...(snippet === undefined ? {} : { insertText: snippet, insertTextFormat: SNIPPET }),
    ...(insert === undefined ? {} : { insertText: insert }),
    ...(filter === undefined ? {} : { filterText: filter }),
    ...(data ? { data } : {}),
    ...(preselect ? { preselect } : {}),
  };
}

function padded(number: number): string {
  return String(number).padStart(2, "0");
}

/** A form with its required parts. */
export function isForm({ kind }: CompletionItem): boolean {
  return kind === KIND.snippet;
}

export function isKeyword({ kind }: CompletionItem): boolean {
  return kind === KIND.keyword;
}

export function docData(doc: string): ItemData | undefined {
  return doc === "" ? undefined : { kind: "doc", doc };
}

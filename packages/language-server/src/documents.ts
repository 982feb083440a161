/** The texts that the editor has open: they count, not what is on the disk. */
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import { offsetAt } from "./positions.ts";
import { canonical } from "./uris.ts";

export interface OpenText {
  /** As the client spells it. */
  readonly uri: string;
  readonly language: string;
  readonly version: number;
  readonly text: string;
}

export interface Documents {
  readonly open: (document: OpenText) => void;
  readonly change: (uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]) => void;
  readonly close: (uri: string) => void;
  readonly get: (uri: string) => OpenText | undefined;
  readonly all: () => Iterable<readonly [uri: string, document: OpenText]>;
}

export function createDocuments(): Documents {
  const texts = new Map<string, OpenText>();
  return {
    open: (document) => void texts.set(canonical(document.uri), document),
    change: (uri, version, changes) => {
      const key = canonical(uri);
      const before = texts.get(key);
      if (before) texts.set(key, { ...before, version, text: changes.reduce(applied, before.text) });
    },
    close: (uri) => void texts.delete(canonical(uri)),
    get: (uri) => texts.get(canonical(uri)),
    all: () => texts,
  };
}

/** Each change is about the text that the one before it left. */
export function applied(text: string, change: TextDocumentContentChangeEvent): string {
  if (!("range" in change)) return change.text;
  const source = { path: "", text };
  const start = offsetAt(source, change.range.start);
  const end = offsetAt(source, change.range.end);
  return text.slice(0, Math.min(start, end)) + change.text + text.slice(Math.max(start, end));
}

/** Edits of several files as one code action. */
import type { Source, Syntax } from "@parley/compiler";
import type { CodeAction, TextEdit } from "vscode-languageserver";
import { childrenOf, type Node } from "../../at.ts";
import { toRange } from "../../positions.ts";
import { uriOf, type View } from "../../view.ts";

export interface Change {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function replace(node: Syntax.Name | Node, text: string): Change {
  return { source: node.source, start: node.start, end: node.end, text };
}

export function insert(source: Source, at: number, text: string): Change {
  return { source, start: at, end: at, text };
}

export function action(view: View, title: string, kind: string, changes: readonly Change[]): CodeAction {
  const byUri: Record<string, TextEdit[]> = {};
  for (const change of changes) {
    const uri = uriOf(view, change.source);
    byUri[uri] ??= [];
    byUri[uri].push({ range: toRange(change), newText: change.text });
  }
  return { title, kind, edit: { changes: byUri } };
}

/** White space at the beginning of the line that an offset lies on. */
export function indentAt({ text }: Source, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

/** Lines with another indentation: those that have less than what is taken away are left as far as they go. */
export function indented(text: string, from: string, to: string): string {
  return text
    .split("\n")
    .map((line, i) => {
      if (i === 0) return line;
      if (line.trim() === "") return "";
      return line.startsWith(from) ? to + line.slice(from.length) : line;
    })
    .join("\n");
}

/** All nodes below one, itself first. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesIn(child);
}

/** `name`, or with the first number behind it that makes it new. */
export function freshName(name: string, taken: (name: string) => boolean): string {
  if (!taken(name)) return name;
  for (let i = 2; ; i++) if (!taken(`${name}_${i}`)) return `${name}_${i}`;
}

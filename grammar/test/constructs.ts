/** Every construct that the language has, and which of them some files show. */
import { readFileSync } from "node:fs";
import { ASK_WORDS } from "../../packages/compiler/src/syntax/ask-words.ts";
import type { File } from "../../packages/compiler/src/syntax/ast.ts";
import { FUNCTION_NAMES } from "../../packages/machine/src/expr/function-names.ts";

const AST = new URL("../../packages/compiler/src/syntax/ast.ts", import.meta.url);

/** Constructs that the files do not show: kinds of nodes, kinds of asks, functions. */
export interface Missing {
  readonly nodes: readonly string[];
  readonly asks: readonly string[];
  readonly functions: readonly string[];
}

export function missingIn(files: readonly File[]): Missing {
  const nodes = new Set<string>();
  const asks = new Set<string>();
  const calls = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const node = value as {
      readonly kind?: unknown;
      readonly ask?: unknown;
      readonly name?: { readonly text?: unknown };
    };
    if (typeof node.kind === "string") nodes.add(node.kind);
    if (node.kind === "Ask") asks.add(String(node.ask));
    if (node.kind === "CallExpr") calls.add(String(node.name?.text));
    for (const [key, inner] of Object.entries(value)) if (key !== "source") visit(inner);
  };
  visit(files);
  return {
    nodes: [...nodeKinds()].filter((kind) => !nodes.has(kind)),
    asks: Object.keys(ASK_WORDS).filter((kind) => !asks.has(kind)),
    functions: FUNCTION_NAMES.filter((name) => !calls.has(name)),
  };
}

/** All but those of broken programs. */
function nodeKinds(): ReadonlySet<string> {
  const declared = readFileSync(AST, "utf8").matchAll(/readonly kind: "(\w+)"/g);
  return new Set([...declared].map((m) => m[1] ?? "").filter((kind) => !/^Missing|Invalid/.test(kind)));
}

/** What the names of a file stand for, to be coloured. */
import { lineStarts, positionAt, type Syntax } from "@parley/compiler";
import type { SemanticTokens, SemanticTokensLegend } from "vscode-languageserver";
import { childrenOf, type Node } from "../at.ts";
import { foundIn } from "../symbols.ts";
import type { View } from "../view.ts";

const TYPES = [
  "namespace",
  "class",
  "event",
  "enumMember",
  "variable",
  "parameter",
  "property",
  "type",
  "enum",
  "function",
  "interface",
  "label",
] as const;

type TokenType = (typeof TYPES)[number];

const MODIFIERS = ["declaration", "modification", "readonly", "unreachable", "personal", "defaultLibrary"] as const;

type Modifier = (typeof MODIFIERS)[number];

/** Flows are namespaces, states classes, asks and messages labels, options and cases enum members, templates interfaces. */
export const LEGEND: SemanticTokensLegend = { tokenTypes: [...TYPES], tokenModifiers: [...MODIFIERS] };

const OF_KEY: Readonly<Record<string, TokenType>> = {
  FlowDecl: "namespace",
  StateDecl: "class",
  Ask: "label",
  Say: "label",
  Wait: "label",
  Call: "label",
  Option: "enumMember",
  EnumCase: "enumMember",
  TemplateOption: "enumMember",
  Let: "variable",
  ForRows: "variable",
  ComprehensionExpr: "variable",
  TypeDecl: "type",
  ActionDecl: "function",
  TemplateDecl: "interface",
  ProfileDecl: "variable",
};

export interface Token {
  readonly start: number;
  readonly end: number;
  readonly type: TokenType;
  readonly modifiers: readonly Modifier[];
}

export function tokensOf(view: View, file: Syntax.File, start = 0, end: number = file.end): readonly Token[] {
  const dead = deadStates(view, file);
  const found: Token[] = [];
  // One list for all ways down: this goes over every node of a file after every keystroke.
  const path: Node[] = [];
  const visit = (node: Node): void => {
    if (node.end < start || node.start > end) return;
    path.push(node);
    if (node.kind !== "Name" && node.kind !== "NameExpr") {
      for (const child of childrenOf(node)) visit(child);
    } else if (node.end > node.start) {
      const token = tokenOf(view, path, dead);
      if (token) found.push(token);
    }
    path.pop();
  };
  visit(file);
  return found.sort((a, b) => a.start - b.start);
}

function deadStates({ compilation }: View, { source }: Syntax.File): ReadonlySet<number> {
  const found = compilation.diagnostics.filter(
    ({ code, span }) => code === "P5001" && span.source.path === source.path,
  );
  return new Set(found.map(({ span }) => span.start));
}

function tokenOf(view: View, path: readonly Node[], dead: ReadonlySet<number>): Token | undefined {
  const node = path.at(-1) as Node & (Syntax.Name | Syntax.NameExpr);
  const { start, end } = node;
  const found = foundIn(view, path);
  const [key] = found?.keys ?? [];
  if (!found || key === undefined) {
    const referent = view.compilation.names.refs.get(node);
    if (referent?.kind === "function") return { start, end, type: "function", modifiers: ["defaultLibrary"] };
    if (referent?.kind === "builtinType") return { start, end, type: "type", modifiers: ["defaultLibrary"] };
    if (referent?.kind === "root") return { start, end, type: "variable", modifiers: ["readonly", "defaultLibrary"] };
    return undefined;
  }
  const type = typeof key === "string" ? "event" : key.kind === "FieldDecl" ? ofField(path, node) : OF_KEY[key.kind];
  if (!type) return undefined;
  const modifiers: Modifier[] = [];
  if (found.role === "declaration") modifiers.push("declaration");
  if (found.role === "write") modifiers.push("modification");
  if (typeof key !== "string") {
    if (READONLY.has(key.kind)) modifiers.push("readonly");
    if (key.kind === "StateDecl" && isDead(key as Node & Syntax.StateDecl, dead)) modifiers.push("unreachable");
    const { personal } = view.compilation.types;
    if (key.kind === "FieldDecl" && personal.has(key as Node & Syntax.FieldDecl)) modifiers.push("personal");
  }
  return { start, end, type, modifiers };
}

const READONLY: ReadonlySet<string> = new Set(["Let", "ForRows", "ComprehensionExpr"]);

function isDead(state: Syntax.StateDecl, dead: ReadonlySet<number>): boolean {
  return dead.has(state.start) || dead.has(state.name.start);
}

/** A field of a value or where one is declared; else a variable. */
function ofField(path: readonly Node[], node: Syntax.Name | Syntax.NameExpr): TokenType {
  const parent = path.at(-2);
  if (parent?.kind === "FieldExpr" || parent?.kind === "RecordExpr") return "property";
  if (parent?.kind === "LValue") return (parent as Node & Syntax.LValue).names[0] === node ? "variable" : "property";
  if (parent?.kind !== "FieldDecl") return "variable";
  const owner: (Node & { readonly vars?: readonly unknown[] }) | undefined = path.at(-3);
  if (owner?.kind === "RecordType" || owner?.kind === "ProfileDecl") return "property";
  return owner?.vars?.includes(parent) ? "variable" : "parameter";
}

export function semanticTokens(view: View, file: Syntax.File, start?: number, end?: number): SemanticTokens {
  const data: number[] = [];
  const starts = lineStarts(file.source);
  const tokens = tokensOf(view, file, start, end);
  let [line, column] = [0, 0];
  let newLine = positionAt(file.source, tokens[0]?.start ?? 0).line - 1;
  for (const token of tokens) {
    while ((starts[newLine + 1] ?? Number.POSITIVE_INFINITY) <= token.start) newLine++;
    const newColumn = token.start - (starts[newLine] ?? 0);
    const bits = token.modifiers.reduce((sum, one) => sum + 2 ** MODIFIERS.indexOf(one), 0);
    const from = newLine === line ? column : 0;
    data.push(newLine - line, newColumn - from, token.end - token.start, TYPES.indexOf(token.type), bits);
    [line, column] = [newLine, newColumn];
  }
  return { data };
}

/** Where a line may be broken that is too long: before these tokens, the places of the lowest level first. */
import type * as Ast from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import type { Node } from "./spacing.ts";
import type * as S from "./stream.ts";

export interface Breaks {
  readonly levels: ReadonlyMap<number, number>;
}

/** Broken only where the next part does not fit, like words of prose: texts of a trigger, cases of a match. */
export const FILLED = 3;
/** Broken only where what is before it fits on its line: the type of a result. */
export const RESULT = 4;
const CLAUSE = 1;
/** Within a clause. */
const PART = 2;
const EXPRESSION = 10;

/** Places in the part of a node that lies between two tokens. */
export function breaksOf(stream: S.Stream, node: Node, from: number, to: number): Breaks {
  const start = sure(stream.tokens[from]?.startOffset);
  const end = stream.tokens[to]?.startOffset ?? stream.text.length;
  const collector: Collector = { stream, start, end, levels: new Map() };
  collect(collector, node, EXPRESSION);
  return { levels: collector.levels };
}

interface Collector {
  readonly stream: S.Stream;
  readonly start: number;
  readonly end: number;
  readonly levels: Map<number, number>;
}

type AnyNode =
  | Ast.Declaration
  | Ast.Trigger
  | Ast.ElseClause
  | Ast.Statement
  | Ast.SendKind
  | Ast.AskClause
  | Ast.TemplateClause
  | Ast.SayClause
  | Ast.ActionClause
  | Ast.Card
  | Ast.MatchArm
  | Ast.TestStep
  | Ast.Expr;

function collect(c: Collector, given: Node, depth: number): void {
  const node = given as AnyNode;
  ownBreaks(c, node, depth);
  if (node.kind === "BinaryExpr") {
    collect(c, node.left, sameChain(node) ? depth : depth + 1);
    collect(c, node.right, depth + 1);
    return;
  }
  const inner = isNested(node.kind) ? depth + 1 : depth;
  for (const child of childrenOf(node)) {
    if (child.end > c.start && child.start < c.end) collect(c, child, inner);
  }
}

function isNested(kind: string): boolean {
  return kind === "ConditionalExpr" || kind === "ComprehensionExpr" || kind === "UnaryExpr";
}

/** `a and b and c` is one list of three. */
function sameChain({ op, left }: Ast.BinaryExpr): boolean {
  return left.kind === "BinaryExpr" && RANK[left.op] === RANK[op];
}

const RANK: Readonly<Record<Ast.BinaryOp, number>> = {
  or: 1,
  and: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  "??": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
};

/** Nodes directly below a node; texts are never broken, so what is in them does not count. */
function childrenOf(node: object): readonly Node[] {
  const children: Node[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== "object" || value === null || key === "source" || key === "parts") continue;
    for (const child of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (typeof child !== "object" || child === null) continue;
      if ("kind" in child) children.push(child as Node);
      else children.push(...childrenOf(child));
    }
  }
  return children;
}

/** One case a kind of node that has places of its own. */
function ownBreaks(c: Collector, node: AnyNode, depth: number): void {
  switch (node.kind) {
    case "TypeDecl":
      for (const { name } of node.cases) at(c, CLAUSE, name);
      break;
    case "ActionDecl":
      for (const clause of node.clauses) at(c, CLAUSE, clause);
      before(c, RESULT, node.result);
      break;
    case "FlowDecl":
      before(c, RESULT, node.result);
      break;
    case "Trigger":
      if (node.on.kind === "OnText") filled(c, [...node.on.texts, node.arrow]);
      break;
    case "TextClause":
      filled(c, [...node.texts, node.arm]);
      break;
    case "MatchArm":
      filled(c, [...node.cases, node.arm]);
      break;
    case "TemplateLocales":
      filled(c, node.names);
      break;
    case "Option":
      if (node.description !== undefined) at(c, PART, node.description);
      before(c, CLAUSE, node.short, node.when);
      if (node.arm?.kind === "Arrow") at(c, CLAUSE, node.arm);
      break;
    case "HeaderClause":
    case "FooterClause":
    case "Section":
      before(c, CLAUSE, node.when);
      break;
    case "ElseClause":
      if (node.retry !== undefined) before(c, CLAUSE, node.retry.countSpan);
      break;
    case "LinkClause":
      at(c, CLAUSE, node.url);
      break;
    case "HttpHeader":
      at(c, PART, node.value);
      break;
    case "Let":
    case "Set":
    case "Do":
      before(c, CLAUSE, node.orElse);
      break;
    case "Schedule":
      before(c, CLAUSE, node.time);
      break;
    case "Expect":
      optionBreak(c, node);
      break;
    case "BinaryExpr":
      before(c, depth, node.right);
      break;
    case "ConditionalExpr":
      before(c, depth, node.then, node.orElse);
      break;
    case "ComprehensionExpr":
      before(c, depth, node.name, node.condition);
      break;
    default:
      messageBreaks(c, node);
  }
}

function messageBreaks(c: Collector, node: AnyNode): void {
  switch (node.kind) {
    case "Ask":
      if (node.ask === "product" || node.ask === "form") before(c, CLAUSE, node.body);
      break;
    case "SendMedia":
      before(c, CLAUSE, node.name, node.caption);
      break;
    case "SendLocation":
      before(c, CLAUSE, node.name, node.address);
      break;
    case "SendProduct":
    case "Card":
      before(c, CLAUSE, node.body);
      break;
    case "SendCatalog":
      before(c, CLAUSE, node.thumbnail);
      break;
    default:
  }
}

/** Before `with option ID`. */
function optionBreak(c: Collector, { option }: Ast.TestStep & { readonly kind: "Expect" }): void {
  if (option !== undefined) mark(c, (c.stream.indexAt[option.start] as number) - 2, CLAUSE);
}

/** All but the first, and what follows the last. */
function filled(c: Collector, nodes: readonly Span[]): void {
  for (const node of nodes.slice(1)) {
    if ((node as Partial<Node>).kind !== "Block") at(c, FILLED, node);
  }
}

function at(c: Collector, level: number, node: Span): void {
  mark(c, c.stream.indexAt[node.start] as number, level);
}

/** Before the word or operator in front of a node and the parentheses around it. */
function before(c: Collector, level: number, ...nodes: readonly (Span | undefined)[]): void {
  for (const node of nodes) {
    if (node === undefined) continue;
    let i = (c.stream.indexAt[node.start] as number) - 1;
    while (c.stream.tokens[i]?.image === "(") i--;
    mark(c, i, level);
  }
}

function mark(c: Collector, i: number, level: number): void {
  const offset = c.stream.tokens[i]?.startOffset ?? -1;
  if (offset > c.start && offset < c.end) c.levels.set(i, level);
}

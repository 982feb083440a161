/** What stands on lines of its own, and the blocks that hold it. */
import type * as Ast from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import type { Node } from "./spacing.ts";
import type { Stream } from "./stream.ts";

/** A declaration, statement, clause, arm or step. */
export interface Item {
  readonly node: ItemNode;
  /** Its first token; it ends where the next item begins, or its block. */
  readonly from: number;
}

export interface Block {
  /** The tokens of its braces. */
  readonly open: number;
  readonly close: number;
  readonly items: readonly Item[];
}

/** `back after D ARM` of a hand-off, which has no node of its own. */
interface Back extends Node {
  readonly kind: "Back";
  readonly arm: Ast.Arm;
}

export type ItemNode =
  | Ast.Declaration
  | Member
  | Ast.Statement
  | Ast.AskClause
  | Ast.TemplateClause
  | Ast.SayClause
  | Ast.Card
  | Ast.MatchArm
  | Ast.TestStep
  | Back;

type Member = Ast.Trigger | Ast.FieldDecl | Ast.StateDecl | Ast.ElseClause | Ast.AfterClause;

export function itemsOf(stream: Stream, nodes: readonly ItemNode[]): readonly Item[] {
  return nodes.map((node) => {
    const from = stream.indexAt[node.start] as number;
    // The node of a `var` begins at its name.
    return { node, from: node.kind === "FieldDecl" ? from - 1 : from };
  });
}

/** The blocks of an item, in written order; `to` is the token after it. */
export function blocksOf(stream: Stream, node: ItemNode, to: number): readonly Block[] {
  switch (node.kind) {
    case "FlowDecl":
      return lastBlock(stream, to, membersOf(node));
    case "TemplateDecl":
    case "Ask":
    case "Say":
    case "Section":
    case "ForRows":
      return lastBlock(stream, to, node.clauses);
    case "TestDecl":
      return lastBlock(stream, to, node.steps);
    case "Match":
      return lastBlock(stream, to, node.arms);
    case "Card":
      return lastBlock(stream, to, node.links);
    case "Send":
      return sendBlock(stream, to, node.what);
    case "Handoff":
      return backBlock(stream, to, node);
    case "StateDecl":
      return [armBlock(stream, node.body)];
    case "If":
      return branchesOf(stream, node);
    default:
      return armsOf(node).flatMap((arm) => (arm?.kind === "Block" ? [armBlock(stream, arm)] : []));
  }
}

function membersOf(flow: Ast.FlowDecl): readonly Member[] {
  const members = [...flow.triggers, ...flow.vars, ...flow.states, ...flow.elses, ...flow.afters];
  return members.sort((a, b) => a.start - b.start);
}

/** The block that ends an item, if it ends with one. */
function lastBlock(stream: Stream, to: number, nodes: readonly ItemNode[]): readonly Block[] {
  const close = to - 1;
  if (stream.tokens[close]?.image !== "}") return [];
  return [{ open: stream.partner[close] as number, close, items: itemsOf(stream, nodes) }];
}

function sendBlock(stream: Stream, to: number, what: Ast.SendKind): readonly Block[] {
  if (what.kind === "SendProducts") return lastBlock(stream, to, what.clauses);
  return what.kind === "SendCarousel" ? lastBlock(stream, to, what.cards) : [];
}

function backBlock(stream: Stream, to: number, { back, source }: Ast.Handoff): readonly Block[] {
  if (back === undefined) return [];
  const close = to - 1;
  const open = stream.partner[close] as number;
  const start = sure(stream.tokens[open + 1]?.startOffset);
  const node: Back = { kind: "Back", source, start, end: back.arm.end, arm: back.arm };
  return [{ open, close, items: [{ node, from: open + 1 }] }];
}

function armBlock(stream: Stream, block: Ast.Block): Block {
  const open = stream.indexAt[block.start] as number;
  return { open, close: stream.partner[open] as number, items: itemsOf(stream, block.statements) };
}

function branchesOf(stream: Stream, first: Ast.If): readonly Block[] {
  const blocks: Block[] = [];
  let branch: Ast.If | Ast.Block | undefined = first;
  while (branch !== undefined) {
    const block: Ast.Block = branch.kind === "If" ? branch.then : branch;
    blocks.push(armBlock(stream, block));
    branch = branch.kind === "If" ? branch.orElse : undefined;
  }
  return blocks;
}

function armsOf(node: ItemNode): readonly (Ast.Arm | undefined)[] {
  switch (node.kind) {
    case "Option":
    case "TextClause":
    case "AfterClause":
    case "EmptyClause":
    case "MatchArm":
    case "Back":
      return [node.arm];
    case "ElseClause":
      return [node.retry?.arm ?? node.arm];
    case "Let":
    case "Set":
    case "Do":
      return [node.orElse];
    default:
      return [];
  }
}

/** The canonical form of a file: its items, their blocks, and the comments and empty lines between them. */
import type { File } from "../syntax/ast.ts";
import type { Comment } from "./comments.ts";
import { type Block, blocksOf, type Item, type ItemNode, itemsOf } from "./items.ts";
import { flatText, INDENT, layOut, type Run, writeToken } from "./layout.ts";
import { gapBefore, type Stream } from "./stream.ts";
import { Writer } from "./writer.ts";

interface Page {
  readonly stream: Stream;
  readonly writer: Writer;
}

export function print(stream: Stream, file: File): string {
  const page: Page = { stream, writer: new Writer() };
  const end = stream.tokens.length;
  writeItems(page, itemsOf(stream, file.declarations), end, 0);
  writeGap(page, end, 0, { first: file.declarations.length === 0, last: true, apart: false });
  return page.writer.finish();
}

function writeItems(page: Page, items: readonly Item[], end: number, indent: number): void {
  for (const [k, item] of items.entries()) {
    const before = items[k - 1];
    const apart = before !== undefined && (standsApart(before.node) || standsApart(item.node));
    writeGap(page, item.from, indent, { first: before === undefined, last: false, apart });
    writeItem(page, item, items[k + 1]?.from ?? end, indent);
  }
}

/** With an empty line before and after. */
function standsApart({ kind }: ItemNode): boolean {
  return kind === "StateDecl" || kind === "FlowDecl" || kind === "TestDecl" || kind === "TemplateDecl";
}

// ---------------------------------------------------------------- items

function writeItem(page: Page, { node, from }: Item, to: number, indent: number): void {
  const { stream, writer } = page;
  const run: Run = { stream, writer, node, first: from, told: from };
  const blocks = blocksOf(stream, node, to);
  if (blocks.length > 0 && mayBeInline(stream, node, blocks)) {
    const flat = flatText(run, from, to, 0);
    if (flat !== undefined) {
      writer.write(flat);
      return;
    }
  }
  let at = from;
  for (const block of blocks) {
    if (at < block.open) layOut(run, at, block.open, indent, BRACE);
    writeBlock(page, run, block, writer.lineIndent);
    at = block.close + 1;
  }
  if (at < to) layOut(run, at, to, indent, 0, node.kind === "ActionDecl" && node.clauses.length > 1);
}

/** Columns of ` {`. */
const BRACE = 2;

/** A block stays on its line if it was written so and holds one thing at most, and that no block of its own. */
function mayBeInline(stream: Stream, node: ItemNode, blocks: readonly Block[]): boolean {
  const empty = blocks.every((b) => b.items.length === 0);
  if (!empty && (standsApart(node) || node.kind === "Match")) return false;
  return blocks.every(({ open, close, items }) => {
    const [item] = items;
    if (item === undefined) return stream.commented[close] === 0 || stream.line[open] === stream.line[close];
    if (stream.line[open] !== stream.line[close] || items.length > 1) return false;
    return blocksOf(stream, item.node, close).length === 0;
  });
}

function writeBlock(page: Page, run: Run, { open, close, items }: Block, indent: number): void {
  const { stream, writer } = page;
  writeToken(run, open, indent);
  if (items.length === 0 && stream.commented[close] === 0) {
    writer.write("}");
    return;
  }
  writeItems(page, items, close, indent + INDENT);
  if (stream.commented[close] === 1) {
    writeGap(page, close, indent + INDENT, { first: items.length === 0, last: true, apart: false });
  }
  writer.newline(indent);
  writer.write("}");
}

// ---------------------------------------------------------------- what stands between items

interface Place {
  /** Whether nothing stands before it in its block. */
  readonly first: boolean;
  /** Whether nothing stands behind it in its block. */
  readonly last: boolean;
  /** Whether an empty line is wanted even where none was written. */
  readonly apart: boolean;
}

/** The comments before an item, and one empty line where there were some; leaves the writer where the item begins. */
function writeGap(page: Page, i: number, indent: number, { first, last, apart }: Place): void {
  const { stream, writer } = page;
  if (stream.commented[i] === 0) {
    writer.newline(indent, !first && (apart || (stream.breaks[i] as number) > 1));
    return;
  }
  const { comments, breaks } = gapBefore(stream, i);
  const trailing = trailingCount(page, comments);
  let wanted = apart;
  for (const { text } of comments.slice(0, trailing)) writer.trail(` ${text}`);
  let alone = false;
  let ended = true;
  for (const comment of comments.slice(trailing)) {
    if (comment.breaks > 0 || ended) {
      writer.newline(indent, wanted || (comment.breaks > 1 && !(first && !alone)));
      wanted = false;
    } else writer.trail(" ");
    writer.write(comment.text);
    alone = true;
    ended = comment.kind !== "block";
  }
  if (ended || last || breaks > 0) writer.newline(indent, wanted || (breaks > 1 && !(first && !alone)));
  else writer.trail(" ");
}

/** How many comments stand on the line of what is before them; documentation belongs to what follows. */
function trailingCount({ writer }: Page, comments: readonly Comment[]): number {
  if (writer.empty) return 0;
  const end = comments.findIndex((c) => c.breaks > 0 || c.kind === "doc");
  return end === -1 ? comments.length : end;
}

/** P9005: a picture and the message after it that can be one. */
import { LIMITS } from "@parley/whatsapp";
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { Ask, Block, Say, Send, SendKind, Statement } from "../syntax/ast.ts";
import { lineStarts, positionAt, spanOf, spanText } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { maxLength } from "../types/length.ts";
import { at, type Checked, type Report } from "./program.ts";

type Media = Extract<SendKind, { readonly kind: "SendMedia" }>;

export function messagesMerged(program: Checked, report: Report): void {
  for (const block of blocksOf(program)) {
    block.statements.forEach((statement, i) => {
      if (statement.kind !== "Send" || statement.what.kind !== "SendMedia" || statement.what.caption) return;
      const next = block.statements[i + 1];
      if (next?.kind === "Ask") withAsk(program, statement, statement.what, next, report);
      else if (next?.kind === "Say") withSay(program, statement, statement.what, next, report);
    });
  }
}

/** Every sequence of statements that a message can stand in. */
function blocksOf({ graph }: Checked): readonly Block[] {
  const found: Block[] = [];
  const inArm = (arm: { readonly kind: string } | undefined): void => {
    if (arm?.kind === "Block") inBlock(arm as Block);
  };
  const inBlock = (block: Block): void => {
    found.push(block);
    for (const s of block.statements) inStatement(s);
  };
  const inStatement = (s: Statement): void => {
    switch (s.kind) {
      case "If":
        inBlock(s.then);
        if (s.orElse?.kind === "If") inStatement(s.orElse);
        else inArm(s.orElse);
        return;
      case "Match":
        for (const arm of s.arms) inArm(arm.arm);
        return;
      case "Ask":
        for (const c of s.clauses) if ("arm" in c) inArm(c.arm);
        return;
      case "Let":
      case "Set":
      case "Do":
        return inArm(s.orElse);
      default:
    }
  };
  for (const state of graph.states.keys()) inBlock(state.body);
  return found;
}

function withAsk({ layouts }: Checked, send: Send, media: Media, ask: Ask, report: Report): void {
  if (media.media !== "image" && media.media !== "video" && media.media !== "document") return;
  if (media.name || layouts.get(ask)?.layout !== "buttons") return;
  if (ask.clauses.some((c) => c.kind === "HeaderClause")) return;
  const header = `header ${media.media} ${spanText(media.value)}`;
  const fixes = headerFix(send, ask, header);
  const what = `this ${media.media}`;
  at(report, "P9005", send, { what, becomes: `\`header ${media.media}\`` }, { fixes });
}

function headerFix(send: Send, ask: Ask, header: string): readonly Fix[] {
  const [first] = ask.clauses;
  if (!first || !spaceOnly(send, ask)) return [];
  const { source } = ask;
  const line = sure(lineStarts(source)[positionAt(source, first.start).line - 1]);
  const indent = source.text.slice(line, first.start);
  const gap = /^[ \t]*$/.test(indent) ? `\n${indent}` : " ";
  const edits = [
    { span: spanOf(source, send.start, ask.start), text: "" },
    { span: spanOf(source, first.start, first.start), text: `${header}${gap}` },
  ];
  return [{ title: "Make it the header", safe: false, edits }];
}

function withSay({ types }: Checked, send: Send, media: Media, say: Say, report: Report): void {
  if (media.media !== "image" && media.media !== "video" && media.media !== "document") return;
  if (say.clauses.length > 0 || say.label || maxLength(types.ofExpr, say.body).codePoints > LIMITS.caption.max) return;
  const fixes: readonly Fix[] = spaceOnly(send, say)
    ? [
        {
          title: "Make the text its caption",
          safe: false,
          edits: [{ span: spanOf(send.source, send.end, say.end), text: ` caption ${spanText(say.body)}` }],
        },
      ]
    : [];
  const what = `this ${media.media}`;
  at(report, "P9005", send, { what, becomes: "`caption`" }, { fixes });
}

/** A comment between the two would be lost or stand at the wrong place. */
function spaceOnly(first: Send, second: Ask | Say): boolean {
  return /^\s*$/.test(first.source.text.slice(first.end, second.start));
}

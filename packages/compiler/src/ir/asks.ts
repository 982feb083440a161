/** Asks: the prompt, and what each kind of answer does. */
import type { AnswerDef, AskDef, FileAnswer, Pc, PromptDef, ValueType } from "@parley/machine";
import { leaves } from "../flow/leaves.ts";
import type { AfterClause, Ask, AskClause, AskKind, ElseClause } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { gatherMs } from "../types/gather.ts";
import { showsOptions } from "../types/rows.ts";
import type { Type } from "../types/type.ts";
import { type Ending, type LowerBlock, later } from "./arms.ts";
import { here, type Mutable, put } from "./code.ts";
import { lowerShownPrompt } from "./commerce.ts";
import { lowerExpr, targetPath } from "./expressions.ts";
import { lowerFooter, lowerHeader } from "./frame.ts";
import { layoutsFor } from "./layouts.ts";
import type { FlowLowering, SharedClauses } from "./lowering.ts";
import { type Asking, keepSlot, lowerSections, templateOptions } from "./options.ts";
import { lowerTexts } from "./patterns.ts";
import { addText } from "./texts.ts";
import { valueType } from "./values.ts";

export function lowerAsk(l: FlowLowering, ask: Ask, lowerBlock: LowerBlock): void {
  const id = sure(l.names.ids.get(ask));
  put(l.code, ask, { op: "ask", ask: id });
  const next = here(l.code);
  const into = ask.as && targetPath(l, ask.as);
  const type = ask.as && l.types.ofTarget.get(ask.as);
  const asking: Asking = { l, ask, id, next, lowerBlock, type: type ? required(type) : undefined };
  const texts: Mutable<AskDef["texts"][number]>[] = [];
  const after: Mutable<AskDef["after"][number]>[] = [];
  const answer = answerOf(asking);
  const def: Mutable<AskDef> = { id, flow: l.flow, state: l.state, prompt: promptOf(asking), next, texts, after };
  if (ask.once) def.once = true;
  if (into && into[0] !== "contact") def.into = into as NonNullable<AskDef["into"]>;
  if (answer) def.answer = answer;
  const pause = gatherMs(ask);
  if (pause > 0) def.gatherMs = pause;
  for (const clause of ask.clauses) lowerClause(asking, def, texts, after, clause);
  if (ask.ask !== "template") useShared(asking, def, after);
  l.asks[id] = def;
  l.places.asks.push({ key: id, span: ask });
}

function required(type: Type): Type {
  return type.kind === "optional" ? type.of : type;
}

// ---------------------------------------------------------------- prompts

function promptOf(asking: Asking): PromptDef {
  const { l, ask, id } = asking;
  if (ask.template) {
    return {
      kind: "template",
      template: ask.template.name.text,
      args: ask.template.args.map((arg) => lowerExpr(l, arg)),
      options: templateOptions(asking),
    };
  }
  const shown = lowerShownPrompt(l, ask, id, (loop) => keepSlot(l, loop));
  if (shown) return shown;
  const body = ask.body ? addText(l, `${id}.body`, ask.body) : `${id}.body`;
  if (ask.ask === "location") return { kind: "location", body };
  return showsOptions(ask) ? optionsPrompt(asking, body) : { kind: "text", body };
}

function optionsPrompt(asking: Asking, body: string): PromptDef {
  const { l, ask, id } = asking;
  const prompt: Mutable<Extract<PromptDef, { kind: "options" }>> = {
    kind: "options",
    layout: layoutsFor(l, ask),
    body,
    sections: lowerSections(asking),
  };
  for (const c of ask.clauses) {
    if (c.kind === "HeaderClause") prompt.header = lowerHeader(l, c, `${id}.header`);
    else if (c.kind === "FooterClause") prompt.footer = lowerFooter(l, c, `${id}.footer`);
    else if (c.kind === "OpenClause") prompt.open = addText(l, `${id}.open`, c.text);
    else if (c.kind === "MoreClause") prompt.more = addText(l, `${id}.more`, c.text);
  }
  return prompt;
}

// ---------------------------------------------------------------- typed answers

type TypedKind = "text" | "number" | "date" | "phone" | "url" | "email";

/** What is taken where no variable says it. */
const DEFAULT_TYPES: Readonly<Record<TypedKind, ValueType>> = {
  text: { t: "text", max: 4096 },
  number: { t: "number" },
  date: { t: "date" },
  phone: { t: "phone" },
  url: { t: "url" },
  email: { t: "text", max: 254 },
};

function answerOf({ l, ask, type }: Asking): AnswerDef | undefined {
  const kind: AskKind = ask.ask;
  if (kind === "location") return { kind };
  if (kind === "product" || kind === "products" || kind === "catalog") return { kind: "order" };
  if (kind === "form" || kind === "address") return type ? { kind, type: valueType(l, type, ask) } : { kind };
  if (isFiles(kind)) return type?.kind === "list" ? { kind, type: valueType(l, type, ask) } : { kind };
  if (!isTyped(kind)) return undefined;
  return { kind, type: type ? valueType(l, type, ask) : DEFAULT_TYPES[kind] };
}

type FilesKind = FileAnswer["kind"];

function isFiles(kind: AskKind): kind is FilesKind {
  return ["image", "video", "audio", "document", "media", "contact"].includes(kind);
}

function isTyped(kind: AskKind): kind is TypedKind {
  return Object.hasOwn(DEFAULT_TYPES, kind);
}

// ---------------------------------------------------------------- clauses

function lowerClause(
  asking: Asking,
  def: Mutable<AskDef>,
  texts: Mutable<AskDef["texts"][number]>[],
  after: Mutable<AskDef["after"][number]>[],
  clause: AskClause,
): void {
  const { l, id, next, lowerBlock } = asking;
  switch (clause.kind) {
    case "TextClause": {
      const answer: Mutable<AskDef["texts"][number]> = { ...lowerTexts(clause.texts), to: next };
      texts.push(answer);
      later(l, clause.arm, next, lowerBlock, (pc) => {
        answer.to = pc;
      });
      return;
    }
    case "EmptyClause":
      def.empty = next;
      later(l, clause.arm, next, lowerBlock, (pc) => {
        def.empty = pc;
      });
      return;
    case "ElseClause":
      def.orElse = lowerElse(l, clause, `${id}.else`, lowerBlock);
      return;
    case "AfterClause":
      after.push(lowerAfter(l, clause, lowerBlock));
      return;
    case "FallbackClause":
      def.fallback = false;
      return;
    default:
  }
}

export function lowerElse(
  l: FlowLowering,
  clause: ElseClause,
  key: string,
  lowerBlock: LowerBlock,
): NonNullable<AskDef["orElse"]> {
  const orElse: Mutable<NonNullable<AskDef["orElse"]>> = {};
  l.places.parts.set(orElse, clause);
  if (clause.text) orElse.text = addText(l, key, clause.text);
  if (clause.retry) orElse.retries = clause.retry.count;
  const arm = clause.retry?.arm ?? clause.arm;
  const ending: Ending = "again";
  if (arm) {
    later(l, arm, ending, lowerBlock, (pc) => {
      orElse.to = pc;
    });
  }
  return orElse;
}

export function lowerAfter(
  l: FlowLowering,
  clause: AfterClause,
  lowerBlock: LowerBlock,
): Mutable<AskDef["after"][number]> {
  const after: { ms: number; to: Pc } = { ms: clause.duration.value, to: 0 };
  l.places.parts.set(after, clause);
  later(l, clause.arm, "keep", lowerBlock, (pc) => {
    after.to = pc;
  });
  return after;
}

/** The flow's own `else` and `after` for an ask that has no `else`, or no `after` that leaves. */
function useShared({ l, ask }: Asking, def: Mutable<AskDef>, after: Mutable<AskDef["after"][number]>[]): void {
  const ownElse = ask.clauses.some((c) => c.kind === "ElseClause");
  const ownAfter = ask.clauses.some((c) => c.kind === "AfterClause" && leaves(c.arm));
  if (ownElse && ownAfter) return;
  l.sharing.push((shared: SharedClauses) => {
    if (!ownElse && shared.orElse) def.orElse = shared.orElse;
    if (ownAfter) return;
    after.push(...shared.after);
    after.sort((a, b) => a.ms - b.ms);
  });
}

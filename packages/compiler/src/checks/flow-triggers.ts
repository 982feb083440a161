/** P5005: the same trigger twice in a project. */
import { foldText } from "@parley/machine";
import type { Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { FlowDecl, PatternLiteral, TextExpr, Trigger } from "../syntax/ast.ts";
import { withSpaceBefore } from "../text/removal.ts";
import { type Span, spanOf } from "../text/source.ts";
import { plainText } from "../types/length.ts";
import { type FlowProgram, place, type Report } from "./flow-program.ts";

export function triggers({ names }: FlowProgram, report: Report): void {
  const first = new Map<string, Span>();
  for (const flow of names.flows.values()) {
    for (const trigger of flow.triggers) {
      for (const { key, show, span } of keysOf(flow, trigger)) {
        const before = first.get(key);
        if (!before) first.set(key, span);
        else {
          const related = [{ span: place(before), message: "this one comes first" }];
          report(diagnostic("P5005", place(span), { trigger: show }, { related, fixes: removal(flow, trigger, span) }));
        }
      }
    }
  }
}

/** The trigger, or the one of its texts. */
function removal(flow: FlowDecl, trigger: Trigger, span: Span): readonly Fix[] {
  const texts = trigger.on.kind === "OnText" ? trigger.on.texts : [];
  const at = texts.indexOf(span as TextExpr);
  const next = texts[at + 1];
  const before = texts[at - 1];
  if (at < 0 || texts.length === 1) {
    // Without any trigger nothing would start the flow.
    if (flow.triggers.length === 1) return [];
    return [{ title: "Delete the trigger", safe: false, edits: [{ span: withSpaceBefore(trigger), text: "" }] }];
  }
  const { source } = span;
  const edit = next ? spanOf(source, span.start, next.start) : spanOf(source, before?.end ?? span.start, span.end);
  return [{ title: "Delete the text", safe: false, edits: [{ span: edit, text: "" }] }];
}

interface Key {
  readonly key: string;
  readonly show: string;
  readonly span: Span;
}

function keysOf(flow: FlowDecl, { on }: Trigger): readonly Key[] {
  switch (on.kind) {
    case "OnMessage":
      return [{ key: "message", show: "on message", span: on }];
    case "OnOrder":
      return [{ key: "order", show: "on order", span: on }];
    case "OnReferral":
      return [{ key: on.sourceId ? `referral ${plainText(on.sourceId)}` : "referral", show: "on referral", span: on }];
    case "OnText":
      return on.texts.map((text) => textKey(text));
    case "OnEvent":
      return [{ key: `event ${on.name.text}`, show: `on event ${on.name.text}`, span: on.name }];
    case "OnScheduled":
      // Events of both kinds share one namespace: what is kept of them is kept by name.
      return [{ key: `event ${on.name.text}`, show: `on scheduled ${on.name.text}`, span: on.name }];
    // One of each flow: they concern that flow's own messages.
    case "OnStale":
      return [{ key: `stale ${flow.name.text}`, show: "on stale", span: on }];
    case "OnWindowClosed":
      return [{ key: `window_closed ${flow.name.text}`, show: "on window_closed", span: on }];
    case "OnInvalid":
      return [];
  }
}

function textKey(text: TextExpr | PatternLiteral): Key {
  if (text.kind === "PatternLiteral") {
    const source = `/${text.pattern}/${text.ignoreCase ? "i" : ""}`;
    return { key: `pattern ${source}`, show: `on text ${source}`, span: text };
  }
  return { key: `text ${foldText(plainText(text))}`, show: `on text "${plainText(text)}"`, span: text };
}

/** Flows: triggers, variables, and the code of their states. */
import type { AskDef, FieldType, Pc, TriggerDef, TriggerOn } from "@parley/machine";
import type { FieldDecl, FlowDecl, Trigger } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { lowerAfter, lowerElse } from "./asks.ts";
import { flush, here, newCode, put } from "./code.ts";
import { literalText, lowerExpr } from "./expressions.ts";
import { emptyRecord, type FlowLowering, type Lowering } from "./lowering.ts";
import { lowerTexts } from "./patterns.ts";
import type { FlowProgram } from "./program.ts";
import { lowerBlock } from "./statements.ts";
import { valueType } from "./values.ts";

export function lowerFlow(lowering: Lowering, flow: FlowDecl): FlowProgram {
  const name = flow.name.text;
  const base: FlowLowering = {
    ...lowering,
    flow: name,
    state: "",
    code: newCode(),
    vars: emptyRecord(),
    lets: emptyRecord(),
    sharing: [],
  };
  for (const [slot, field] of lowering.names.inFlow.get(flow)?.vars ?? []) base.vars[slot] = fieldType(base, field);
  const states = emptyRecord<Pc>();
  const spans = new Map<string, Span>();
  for (const state of flow.states) {
    if (spans.has(state.name.text)) continue;
    states[state.name.text] = here(base.code);
    spans.set(state.name.text, state.name);
    lowerBlock({ ...base, state: state.name.text }, state.body);
    flush(base.code);
  }
  share(base, flow);
  // Where every arm of the last ask leaves, its `next` is never taken, and must be a place all the same.
  if (base.code.instrs.at(-1)?.op === "ask") put(base.code, flow.name, { op: "end" });
  const result = flow.result && lowering.types.ofType.get(flow.result);
  return {
    def: {
      params: flow.params.map((param) => param.name.text),
      ...(flow.result ? { result: valueType(base, result, flow.result) } : {}),
      vars: base.vars,
      lets: base.lets,
      triggers: flow.triggers.flatMap(lowerTrigger),
      states,
      code: base.code.instrs,
    },
    span: flow.name,
    states: spans,
    places: base.code.places,
  };
}

export function fieldType(l: Lowering, field: FieldDecl): FieldType {
  return {
    type: valueType(l, l.types.ofDecl.get(field) ?? l.types.ofType.get(field.type), field.name),
    ...(field.value ? { init: lowerExpr(l, field.value) } : {}),
    ...(l.types.personal.has(field) ? { personal: true as const } : {}),
  };
}

/** The flow's own `else` and `after` lie behind its states, once for all asks. */
function share(l: FlowLowering, flow: FlowDecl): void {
  if (l.sharing.length === 0) return;
  const clause = flow.elses[0];
  const orElse: AskDef["orElse"] = clause && lowerElse(l, clause, `${l.flow}.else`, lowerBlock);
  const after = flow.afters.map((one) => lowerAfter(l, one, lowerBlock));
  flush(l.code);
  for (const use of l.sharing) use({ orElse, after });
}

// ---------------------------------------------------------------- triggers

function lowerTrigger(trigger: Trigger): readonly TriggerDef[] {
  const on = lowerOn(trigger);
  if (!on || trigger.arrow.target !== "state") return [];
  return [{ on, ...(trigger.anytime ? { anytime: true as const } : {}), state: trigger.arrow.name.text }];
}

function lowerOn({ on }: Trigger): TriggerOn | undefined {
  switch (on.kind) {
    case "OnMessage":
      return { kind: "message" };
    case "OnOrder":
      return { kind: "order" };
    case "OnStale":
      return { kind: "stale" };
    case "OnWindowClosed":
      return { kind: "window_closed" };
    case "OnText":
      return { kind: "text", ...lowerTexts(on.texts) };
    case "OnReferral":
      return { kind: "referral", ...(on.sourceId ? { source: literalText(on.sourceId) } : {}) };
    case "OnEvent":
    case "OnScheduled":
      return {
        kind: on.kind === "OnEvent" ? "event" : "scheduled",
        name: on.name.text,
        params: on.params.map((param) => param.name.text),
      };
    case "OnInvalid":
      return undefined;
  }
}

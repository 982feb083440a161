/** Statements as instructions. */
import { calledAction } from "../bind/names.ts";
import type {
  Block,
  Call,
  Do,
  Handoff,
  If,
  Let,
  Match,
  Schedule,
  Set as SetStatement,
  Statement,
  Wait,
} from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { later, putArrow } from "./arms.ts";
import { lowerAsk } from "./asks.ts";
import { here, type InstrOf, put } from "./code.ts";
import { literalText, lowerExpr, type TargetPath, targetPath } from "./expressions.ts";
import { emptyRecord, type FlowLowering } from "./lowering.ts";
import { lowerSay, lowerSend } from "./messages.ts";
import { keepSlot } from "./options.ts";
import { addText } from "./texts.ts";
import { valueType } from "./values.ts";

/** Says whether a way goes on behind the block. */
export function lowerBlock(l: FlowLowering, block: Block): boolean {
  for (const statement of block.statements) if (!lowerStatement(l, statement)) return false;
  return true;
}

// One case for each kind of statement. Says whether a way goes on behind it.
function lowerStatement(l: FlowLowering, s: Statement): boolean {
  switch (s.kind) {
    case "Say":
      put(l.code, s, { op: "send", message: lowerSay(l, s) });
      return true;
    case "Send": {
      const message = lowerSend(l, s, (loop) => keepSlot(l, loop));
      if (message !== undefined) put(l.code, s, { op: "send", message });
      return true;
    }
    case "React":
      put(l.code, s, { op: "react", emoji: s.emoji ? literalText(s.emoji) : "" });
      return true;
    case "Ask":
      lowerAsk(l, s, lowerBlock);
      return true;
    case "Let":
      lowerLet(l, s);
      return true;
    case "Set":
      lowerSet(l, s);
      return true;
    case "Do":
      lowerAction(l, s, undefined);
      return true;
    case "If":
      return lowerIf(l, s);
    case "Match":
      return lowerMatch(l, s);
    case "Schedule":
      lowerSchedule(l, s);
      return true;
    case "Cancel":
      put(l.code, s, s.name ? { op: "cancel", event: s.name.text } : { op: "cancel" });
      return true;
    case "Wait":
      lowerWait(l, s);
      return true;
    case "Call":
      lowerCall(l, s);
      return true;
    case "Arrow":
      putArrow(l.code, l, s);
      return false;
    case "Return":
      put(l.code, s, s.value ? { op: "return", value: lowerExpr(l, s.value) } : { op: "return" });
      return false;
    case "Handoff":
      lowerHandoff(l, s);
      return false;
    case "Typing":
      put(l.code, s, { op: "typing" });
      return true;
    case "Forget":
      put(l.code, s, { op: "forget" });
      return false;
    case "InvalidStatement":
      return true;
  }
}

// ---------------------------------------------------------------- values

function lowerLet(l: FlowLowering, s: Let): void {
  const slot = sure(l.names.slots.get(s));
  l.lets[slot] = valueType(l, l.types.ofDecl.get(s), s.name);
  assign(l, s, ["slot", slot]);
}

function lowerSet(l: FlowLowering, s: SetStatement): void {
  const path = targetPath(l, s.target);
  if (path) assign(l, s, path);
}

function assign(l: FlowLowering, s: Let | SetStatement, path: TargetPath): void {
  if (s.value.kind === "CallExpr" && calledAction(l.names, s.value)) lowerAction(l, s, path);
  else put(l.code, s, { op: "set", path, value: lowerExpr(l, s.value) });
}

function lowerAction(l: FlowLowering, s: Let | SetStatement | Do, into: TargetPath | undefined): void {
  const call = s.kind === "Do" ? s : s.value.kind === "CallExpr" ? s.value : undefined;
  if (!call) return;
  const action: InstrOf<"action"> = put(l.code, s, {
    op: "action",
    id: sure(l.names.ids.get(s)),
    action: call.name.text,
    args: call.args.map((arg) => lowerExpr(l, arg)),
    ...(into ? { into } : {}),
  });
  if (!s.orElse) return;
  later(l, s.orElse, here(l.code), lowerBlock, (pc) => {
    action.fail = pc;
  });
}

// ---------------------------------------------------------------- branches

function lowerIf(l: FlowLowering, s: If): boolean {
  const unless: InstrOf<"unless"> = put(l.code, s, { op: "unless", condition: lowerExpr(l, s.condition), to: 0 });
  const thenGoesOn = lowerBlock(l, s.then);
  if (!s.orElse) {
    unless.to = here(l.code);
    return true;
  }
  const jump: InstrOf<"jump"> | undefined = thenGoesOn ? put(l.code, s, { op: "jump", to: 0 }) : undefined;
  unless.to = here(l.code);
  const elseGoesOn = s.orElse.kind === "If" ? lowerIf(l, s.orElse) : lowerBlock(l, s.orElse);
  if (jump) jump.to = here(l.code);
  return thenGoesOn || elseGoesOn;
}

function lowerMatch(l: FlowLowering, s: Match): boolean {
  const cases = emptyRecord<number>();
  const match: InstrOf<"match"> = put(l.code, s, { op: "match", value: lowerExpr(l, s.value), cases, orElse: 0 });
  const jumps: InstrOf<"jump">[] = [];
  let hasElse = false;
  for (const arm of s.arms) {
    const at = here(l.code);
    for (const name of arm.cases) cases[name.text] = at;
    if (arm.isElse) {
      match.orElse = at;
      hasElse = true;
    }
    if (arm.arm.kind === "Arrow") putArrow(l.code, l, arm.arm);
    else if (arm.arm.kind === "MissingArm" || lowerBlock(l, arm.arm)) {
      jumps.push(put<InstrOf<"jump">>(l.code, arm, { op: "jump", to: 0 }));
    }
  }
  for (const jump of jumps) jump.to = here(l.code);
  if (!hasElse) match.orElse = here(l.code);
  return jumps.length > 0;
}

// ---------------------------------------------------------------- time and other flows

function lowerSchedule(l: FlowLowering, s: Schedule): void {
  put(l.code, s, {
    op: "schedule",
    event: s.name.text,
    args: s.args.map((arg) => lowerExpr(l, arg)),
    time: lowerExpr(l, s.time),
    unit: s.when === "in" ? "duration" : "moment",
  });
}

function lowerWait(l: FlowLowering, s: Wait): void {
  const unit = l.types.ofExpr.get(s.time)?.kind === "moment" ? "moment" : "duration";
  put(l.code, s, { op: "wait", id: sure(l.names.ids.get(s)), time: lowerExpr(l, s.time), unit });
}

function lowerCall(l: FlowLowering, s: Call): void {
  const into = s.as && l.names.refs.get(s.as);
  put(l.code, s, {
    op: "call",
    id: sure(l.names.ids.get(s)),
    flow: s.name.text,
    args: s.args.map((arg) => lowerExpr(l, arg)),
    ...(into?.kind === "var" ? { into: into.slot } : {}),
  });
}

function lowerHandoff(l: FlowLowering, s: Handoff): void {
  const id = sure(l.names.ids.get(s));
  const handoff: InstrOf<"handoff"> = put(l.code, s, {
    op: "handoff",
    id,
    queue: addText(l, `${id}.queue`, s.queue),
    ...(s.back ? { backAfterMs: s.back.after.value } : {}),
  });
  if (!s.back) return;
  later(l, s.back.arm, here(l.code), lowerBlock, (pc) => {
    handoff.back = pc;
  });
}

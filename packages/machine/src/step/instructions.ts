/** What each instruction does. */
import { StepError } from "../errors.ts";
import { evaluate, isTrue } from "../expr/evaluate.ts";
import type { Expr, Instr, Pc, Value } from "../format.ts";
import { own, setOwn } from "../own.ts";
import type { PreparedFlow } from "../prepare.ts";
import { renderMessage, sendingOf } from "../render/message.ts";
import { printText } from "../render/parts.ts";
import { DAY_MS } from "../value/calendar.ts";
import { againOf, askOf, sendAsk } from "./asks.ts";
import { endConversation, forget } from "./ends.ts";
import { assign, draftOf, evaluateAll, newFrame, replaceTop, setFrames, setSlot, standAt } from "./frames.ts";
import { liveScope } from "./live-scope.ts";
import { enterFlow, enterState, placeOf, STOP } from "./places.ts";
import { resume } from "./resume.ts";
import { conversationTimer } from "./timers.ts";
import { note, setTimer, type Turn } from "./turn.ts";

type Op<K extends Instr["op"]> = Extract<Instr, { op: K }>;

/** Gives the pc that follows, in what is then the innermost flow. */
export function execute(turn: Turn, flow: PreparedFlow, instr: Instr, pc: Pc): Pc {
  switch (instr.op) {
    case "send":
      sendMessage(turn, instr.message);
      return pc + 1;
    case "ask":
      return sendAsk(turn, askOf(turn, instr.ask)) ?? STOP;
    case "set":
      assign(turn, instr.path, evaluate(turn, instr.value));
      return pc + 1;
    case "jump":
      return instr.to;
    case "unless":
      return isTrue(turn, instr.condition) ? pc + 1 : instr.to;
    case "match":
      return matchCase(instr, evaluate(turn, instr.value));
    case "go":
      return enterState(turn, flow, instr.state);
    case "action":
      return startAction(turn, instr);
    case "wait":
      return startWait(turn, instr);
    case "call":
      return callFlow(turn, instr);
    case "leave":
      return leaveFor(turn, instr);
    case "return":
      return returnValue(turn, instr.value === undefined ? null : evaluate(turn, instr.value));
    case "end":
      endConversation(turn);
      return STOP;
    case "resume":
      return resume(turn);
    case "handoff":
      return startHandoff(turn, instr);
    case "schedule":
      schedule(turn, instr);
      return pc + 1;
    case "cancel":
      cancel(turn, instr.event);
      return pc + 1;
    case "react":
      react(turn, instr.emoji);
      return pc + 1;
    case "typing":
      if (turn.reply) turn.effects.push({ kind: "read", messageId: turn.reply.id, typing: true });
      return pc + 1;
    case "forget":
      forget(turn);
      return STOP;
    case "keep":
      return STOP;
    case "again":
      return sendAgain(turn);
    default:
      return instr satisfies never;
  }
}

function sendMessage(turn: Turn, id: string): void {
  const def = turn.machine.messages[id];
  if (!def) throw new StepError(`the machine has no message ${id}`);
  const { window, category } = sendingOf(turn, def.content.kind === "template" ? def.content.template : undefined);
  const message = renderMessage(liveScope(turn, turn.locale), def);
  if (!message) return note(turn, { kind: "ignored", what: id });
  const replyTo = def.reply && turn.reply ? { replyTo: turn.reply.id } : {};
  turn.effects.push({ kind: "send", message, window, category, of: id, ...replyTo });
  note(turn, { kind: "send", message: id });
}

function react(turn: Turn, emoji: string): void {
  if (!turn.reply) return;
  const message = { type: "reaction", reaction: { message_id: turn.reply.id, emoji } } as const;
  turn.effects.push({ kind: "send", message, window: true, category: "service", of: "react" });
}

function matchCase(instr: Op<"match">, value: Value): Pc {
  return (typeof value === "string" ? own(instr.cases, value) : undefined) ?? instr.orElse;
}

function startAction(turn: Turn, instr: Op<"action">): Pc {
  const def = turn.machine.actions[instr.action];
  if (!def) throw new StepError(`the machine has no action ${instr.action}`);
  const conversation = draftOf(turn);
  const args: Record<string, Value> = {};
  for (const [i, name] of Object.keys(def.params).entries()) setOwn(args, name, evaluate(turn, instr.args[i] ?? null));
  standAt(turn, instr.id);
  conversation.wait = { kind: "action", id: instr.id, turn: turn.number };
  turn.effects.push({
    kind: "action",
    call: instr.id,
    armed: turn.number,
    action: instr.action,
    args,
    timeoutMs: def.timeoutMs,
    once: def.once === true,
    idempotencyKey: `${conversation.id}-${turn.number.toString(36)}-${turn.seed.slice(0, 16)}`,
  });
  note(turn, { kind: "action", call: instr.id });
  return STOP;
}

/** Ms from now until a duration has passed or a moment has come. */
function msUntil(turn: Turn, time: Expr, unit: "duration" | "moment"): number {
  const value = evaluate(turn, time);
  if (typeof value !== "number") throw new StepError("a time that is none");
  return Math.max(0, unit === "duration" ? value : value - turn.now);
}

function startWait(turn: Turn, instr: Op<"wait">): Pc {
  const ms = msUntil(turn, instr.time, instr.unit);
  standAt(turn, instr.id);
  draftOf(turn).wait = { kind: "wait", id: instr.id, turn: turn.number, due: turn.now + ms };
  setTimer(turn, conversationTimer(turn, "wait"), turn.number, ms, "now");
  return STOP;
}

function callFlow(turn: Turn, instr: Op<"call">): Pc {
  const flow = turn.prepared.flow(instr.flow);
  const frame = newFrame(turn, flow, evaluateAll(turn, instr.args));
  standAt(turn, instr.id);
  setFrames(turn, [...draftOf(turn).frames, frame]);
  return enterFlow(turn, flow);
}

/** This flow's caller becomes that one's. */
function leaveFor(turn: Turn, instr: Op<"leave">): Pc {
  const flow = turn.prepared.flow(instr.flow);
  replaceTop(turn, newFrame(turn, flow, evaluateAll(turn, instr.args)));
  return enterFlow(turn, flow);
}

/** Without a caller, the conversation is over. */
function returnValue(turn: Turn, value: Value): Pc {
  const { frames } = draftOf(turn);
  if (frames.length === 1) {
    endConversation(turn);
    return STOP;
  }
  setFrames(turn, frames.slice(0, -1));
  const { pc, instr: call } = placeOf(turn, "call");
  if (call.into !== undefined) setSlot(turn, [call.into], value);
  return pc + 1;
}

function startHandoff(turn: Turn, instr: Op<"handoff">): Pc {
  const queue = printText(liveScope(turn, turn.machine.locales.default), instr.queue);
  standAt(turn, instr.id);
  draftOf(turn).wait = { kind: "handoff", id: instr.id, turn: turn.number, queue };
  turn.effects.push({ kind: "handoff", queue });
  setTimer(turn, conversationTimer(turn, "handoff"), turn.number, instr.backAfterMs ?? DAY_MS, "now");
  note(turn, { kind: "handoff", what: queue });
  return STOP;
}

/** Also what fell due already and is kept until it may start; `name` undefined: all. */
function cancel(turn: Turn, name: string | undefined): void {
  turn.effects.push(name === undefined ? { kind: "cancelSchedule" } : { kind: "cancelSchedule", name });
  const kept = Object.entries(turn.pending).filter(
    ([event, { kind }]) => kind !== "scheduled" || (name !== undefined && event !== name),
  );
  if (kept.length < Object.keys(turn.pending).length) turn.pending = Object.fromEntries(kept);
}

function schedule(turn: Turn, instr: Op<"schedule">): void {
  const due = turn.now + msUntil(turn, instr.time, instr.unit);
  turn.effects.push({ kind: "schedule", name: instr.event, args: evaluateAll(turn, instr.args), due });
}

/** The end of a block of `else`: the ask goes out again. */
function sendAgain(turn: Turn): Pc {
  const { wait } = draftOf(turn);
  if (wait?.kind !== "ask") throw new StepError("there is no ask to send again");
  return sendAsk(turn, askOf(turn, wait.id), againOf(wait)) ?? STOP;
}

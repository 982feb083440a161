/** Inbound messages: the order in which they are handled (section 5 of the language). */
import type { MessageEvent } from "../events.ts";
import { resolveAsk } from "../prepare.ts";
import { type Firing, firedBy, type Trigger } from "../triggers.ts";
import type { WireId } from "../wire-id.ts";
import { takeTextClause, takeTypedOption, takeValue, takeWrong } from "./answer.ts";
import { type AskWait, askOf } from "./asks.ts";
import { endConversation } from "./ends.ts";
import { stayHandedOff } from "./handed-off.ts";
import { type Inbound, readInbound } from "./inbound.ts";
import { begin, interrupt } from "./interrupt.ts";
import { reopen } from "./reopen.ts";
import { handleStale, handleTap } from "./taps.ts";
import { note, type Turn } from "./turn.ts";

/** A typed message this much older than the ask was written before it could be seen. */
const LATE_MS = 2_000;

export function handleMessage(turn: Turn, event: MessageEvent): void {
  const inbound = readInbound(event);
  if (!inbound) return note(turn, { kind: "ignored", what: event.message.type });
  turn.lastUserAt = Math.max(turn.lastUserAt ?? event.sentAt, event.sentAt);
  const wait = turn.conversation?.wait;
  if (wait?.kind === "action") return note(turn, { kind: "ignored", what: "action" });
  turn.reply = inbound.reply;
  if (wait?.kind === "handoff") return stayHandedOff(turn, wait);
  if (inbound.tap && handleTap(turn, event, inbound.tap)) return;
  const typed = inbound.tap ? withLabel(inbound) : inbound;
  if (handleQuoting(turn, event, typed)) return;
  if (wait?.kind === "ask") return handleAtAsk(turn, event, wait, typed);
  const trigger = firedBy(turn.prepared.triggers().all, firingOf(typed));
  fire(turn, trigger, event);
}

/** A tap that names no ask of ours counts as its label, typed. */
function withLabel(inbound: Inbound): Inbound {
  return { ...inbound, tap: undefined, text: inbound.reply.text };
}

function firingOf({ text, referral, reply }: Inbound): Firing {
  return {
    text,
    source: referral?.source_id ?? null,
    isReferral: referral !== undefined,
    isOrder: reply.kind === "order",
  };
}

/** Begins the trigger's flow; an `anytime` one on top of what waits, others in its place. */
function fire(turn: Turn, trigger: Trigger | undefined, event: MessageEvent): void {
  if (!trigger) return note(turn, { kind: "ignored", what: event.message.type });
  if (turn.conversation && trigger.def.anytime) return interrupt(turn, trigger, "message");
  endConversation(turn);
  begin(turn, trigger);
}

/** A location, a contact, an order or a form that answers an earlier ask of the conversation. */
function handleQuoting(turn: Turn, event: MessageEvent, inbound: Inbound): boolean {
  const { answers } = inbound;
  const { conversation } = turn;
  if (!answers || isWaiting(turn, answers)) return false;
  const stale = (): boolean => inbound.filled !== undefined && handleStale(turn, answers);
  if (answers.conversation !== conversation?.id) return stale();
  const ask = resolveAsk(turn.machine, answers.ask);
  if (!ask?.answer) return stale();
  const reopened = reopen(turn, event, answers, ask);
  if (reopened === "again") return true;
  if (reopened === undefined) return stale();
  if (!takeValue(turn, ask, inbound)) takeWrong(turn, ask, reopened);
  return true;
}

function isWaiting(turn: Turn, id: WireId): boolean {
  const { conversation } = turn;
  const wait = conversation?.wait;
  return wait?.kind === "ask" && id.conversation === conversation?.id && id.turn === wait.turn;
}

function handleAtAsk(turn: Turn, event: MessageEvent, wait: AskWait, inbound: Inbound): void {
  const answersIt = inbound.answers !== undefined && isWaiting(turn, inbound.answers);
  if (!answersIt && isForgotten(turn, wait, event)) {
    endConversation(turn);
    return fire(turn, firedBy(turn.prepared.triggers().all, firingOf(inbound)), event);
  }
  const late = !answersIt && event.sentAt < wait.sentAt - LATE_MS;
  answerOrElse(turn, inbound, late);
}

/** So long after the ask that nobody remembers it. */
function isForgotten(turn: Turn, wait: AskWait, event: MessageEvent): boolean {
  if (wait.gathered) return false;
  return event.sentAt - Math.max(wait.sentAt, wait.afterAt ?? 0) > turn.machine.idleMs;
}

function answerOrElse(turn: Turn, inbound: Inbound, late: boolean): void {
  const wait = turn.conversation?.wait;
  if (wait?.kind !== "ask") return;
  const ask = askOf(turn, wait.id);
  const { text } = inbound;
  if (!late && takeTypedOption(turn, ask, wait, text)) return;
  const trigger = firedBy(turn.prepared.triggers().anytime, firingOf(inbound));
  if (trigger) return interrupt(turn, trigger, "message");
  if (late) return note(turn, { kind: "ignored", what: "late" });
  if (takeTextClause(turn, ask, text) || takeValue(turn, ask, inbound)) return;
  takeWrong(turn, ask, wait);
}

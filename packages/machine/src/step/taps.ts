/** Taps: each names the ask, the conversation and the very message that it answers. */
import type { MessageEvent } from "../events.ts";
import type { AskDef } from "../format.ts";
import { flowOfAsk, resolveAsk } from "../prepare.ts";
import type { WireId } from "../wire-id.ts";
import { sendAgain, takeChoice } from "./answer.ts";
import { type AskWait, sendPage } from "./asks.ts";
import { choiceById } from "./choice.ts";
import { endConversation } from "./ends.ts";
import { draftOf, setFrames } from "./frames.ts";
import { begin, interrupt } from "./interrupt.ts";
import { inLocale } from "./live-scope.ts";
import { reopen } from "./reopen.ts";
import { note, type Turn } from "./turn.ts";

/** The same option of the same message again within this time is a finger that slipped. */
const DUPLICATE_MS = 30_000;

/** Whether the tap was handled; where not, it counts as its label, typed. */
export function handleTap(turn: Turn, event: MessageEvent, tap: WireId): boolean {
  if (isDuplicate(turn, event, tap)) {
    note(turn, {
      kind: "answer",
      ask: tap.ask,
      by: "duplicate",
      ...(tap.option === undefined ? {} : { option: tap.option }),
    });
    return true;
  }
  const { conversation } = turn;
  if (conversation?.id !== tap.conversation) return handleStale(turn, tap);
  const ask = resolveAsk(turn.machine, tap.ask);
  if (!ask) return handleStale(turn, tap);
  const { wait } = conversation;
  if (wait?.kind === "ask" && wait.turn === tap.turn && wait.id === ask.id) return takeTap(turn, event, tap, ask, wait);
  return tap.page === undefined ? tapEarlier(turn, event, tap, ask) : pageOfEarlier(turn, event, tap, ask);
}

/** Within 30 s of the first tap, or before anything was sent in answer to it. */
function isDuplicate(turn: Turn, event: MessageEvent, tap: WireId): boolean {
  const { tapped } = turn;
  if (!tapped || tap.option !== tapped.option || tap.turn !== tapped.turn) return false;
  if (tap.conversation !== tapped.conversation) return false;
  const unanswered = tapped.answeredAt === undefined || event.sentAt <= tapped.answeredAt;
  return unanswered || event.sentAt - tapped.at <= DUPLICATE_MS;
}

function takeTap(turn: Turn, event: MessageEvent, tap: WireId, ask: AskDef, wait: AskWait): boolean {
  if (tap.page !== undefined) {
    sendPageOf(turn, tap, ask, wait, tap.page);
    return true;
  }
  const choice = tap.option === undefined ? undefined : choiceById(turn, ask, wait, tap.option);
  if (!choice) {
    // The option is gone from the program since it was sent.
    sendAgain(turn, wait);
    return true;
  }
  const { conversation, option = "" } = tap;
  turn.tapped = { conversation, turn: tap.turn, option, at: event.sentAt };
  takeChoice(turn, ask, choice, "tap");
  return true;
}

function tapEarlier(turn: Turn, event: MessageEvent, tap: WireId, ask: AskDef): boolean {
  const reopened = reopen(turn, event, tap, ask);
  if (reopened === "again") return true;
  return reopened ? takeTap(turn, event, tap, ask, reopened) : handleStale(turn, tap);
}

/** Shows a page of an earlier list; only a row of it reopens that ask. */
function pageOfEarlier(turn: Turn, event: MessageEvent, tap: WireId, ask: AskDef): boolean {
  const conversation = draftOf(turn);
  const now = { ...conversation };
  const effects = turn.effects.length;
  const reopened = reopen(turn, event, tap, ask);
  if (reopened === "again") return true;
  if (!reopened) return handleStale(turn, tap);
  sendPageOf(turn, tap, ask, reopened, tap.page ?? 1);
  Object.assign(conversation, now);
  setFrames(turn, now.frames);
  return turn.effects.length >= effects;
}

/** The rows' ids name the message that the page continues. */
function sendPageOf(turn: Turn, tap: WireId, ask: AskDef, wait: AskWait, page: number): void {
  const rows = wait.rows ? { rows: wait.rows } : {};
  const prompt = { ask: ask.id, conversation: tap.conversation, turn: tap.turn, ...rows };
  inLocale(turn, wait.locale, () => sendPage(turn, ask, prompt, wait.locale, page));
}

/** Of a conversation that has ended, or that nobody remembers. */
export function handleStale(turn: Turn, tap: WireId): boolean {
  const flow = flowOfAsk(turn.machine, tap.ask);
  const trigger = flow === undefined ? undefined : turn.prepared.triggers().stale.get(flow);
  note(turn, { kind: "stale", what: tap.ask });
  const { conversation } = turn;
  if (trigger && conversation && trigger.def.anytime) {
    interrupt(turn, trigger, "message");
    return true;
  }
  if (flow !== undefined && conversation?.wait?.kind === "ask") {
    sendAgain(turn, conversation.wait);
    return true;
  }
  if (!trigger) return false;
  endConversation(turn);
  begin(turn, trigger);
  return true;
}

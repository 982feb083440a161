/** Earlier asks of the conversation that are answered after all. */
import type { MessageEvent } from "../events.ts";
import type { AskDef } from "../format.ts";
import { resolveAsk } from "../prepare.ts";
import type { Conversation } from "../snapshot.ts";
import type { WireId } from "../wire-id.ts";
import { sendAgain } from "./answer.ts";
import type { AskWait } from "./asks.ts";
import { draftOf, setFrames } from "./frames.ts";
import { note, type Turn } from "./turn.ts";

/**
 * Brings the conversation back to where it waited at the ask that `id` names, which is one of its own and not waited at.
 * `again`: that ask is answered once, so the waiting one was sent again instead. Undefined: nobody knows any more.
 */
export function reopen(turn: Turn, event: MessageEvent, id: WireId, ask: AskDef): AskWait | "again" | undefined {
  const conversation = draftOf(turn);
  if (id.conversation !== conversation.id) return undefined;
  const { wait, interrupted } = conversation;
  if (wait?.kind === "ask" && wait.id === ask.id && isCopyOf(wait, id)) {
    if (ask.once || !copyOf(event, id)) return wait;
  }
  for (let outer = interrupted; outer; outer = outer.interrupted) {
    if (outer.wait.kind !== "ask" || outer.wait.id !== ask.id || !isCopyOf(outer.wait, id)) continue;
    return restore(turn, { id: conversation.id, ...outer }, ask);
  }
  if (ask.once) {
    if (wait?.kind === "ask") sendAgain(turn, wait);
    else note(turn, { kind: "ignored", what: "once" });
    return "again";
  }
  const copy = copyOf(event, id);
  // An id of the right message with another ask's name was never sent.
  if (copy && resolveAsk(turn.machine, copy.ask)?.id !== ask.id) return undefined;
  return copy && restore(turn, copy.conversation, ask);
}

/** Of the message that is waited at, or of an earlier one that it repeats. */
function isCopyOf(wait: AskWait, id: WireId): boolean {
  return id.turn <= wait.turn && id.turn >= (wait.since ?? wait.turn);
}

function copyOf(event: MessageEvent, id: WireId): MessageEvent["copy"] {
  const { copy } = event;
  return copy?.conversation.id === id.conversation && copy.turn === id.turn ? copy : undefined;
}

/** The waiting ask under its name in this machine; what came after it counts as not said. */
function restore(turn: Turn, { frames, wait, interrupted }: Conversation, ask: AskDef): AskWait | undefined {
  if (wait.kind !== "ask" || !frames.every(({ flow }) => Object.hasOwn(turn.machine.flows, flow))) return undefined;
  const conversation = draftOf(turn);
  const restored: AskWait = wait.id === ask.id ? wait : { ...wait, id: ask.id };
  conversation.wait = restored;
  conversation.interrupted = interrupted;
  setFrames(turn, frames);
  note(turn, { kind: "reopen", ask: ask.id });
  return restored;
}

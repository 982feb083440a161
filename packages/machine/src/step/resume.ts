import type { Pc } from "../format.ts";
import { takeAfter } from "./after.ts";
import { againOf, askOf, sendAsk } from "./asks.ts";
import { endConversation } from "./ends.ts";
import { draftOf, setFrames } from "./frames.ts";
import { completeGathered } from "./gather.ts";
import { placeOf, STOP } from "./places.ts";
import { note, type Turn } from "./turn.ts";

/** Takes the interruption off. After a message, an interrupted ask is sent again; what fell due meanwhile runs now. */
export function resume(turn: Turn): Pc {
  const conversation = draftOf(turn);
  const { interrupted } = conversation;
  if (!interrupted) {
    endConversation(turn);
    return STOP;
  }
  const { by, frames, wait, fell } = interrupted;
  conversation.interrupted = interrupted.interrupted;
  conversation.wait = wait;
  setFrames(turn, frames);
  note(turn, { kind: "resume", what: wait.id });
  if (wait.kind === "ask") {
    if (by === "message") return sendAsk(turn, askOf(turn, wait.id), againOf(wait)) ?? STOP;
    if (fell !== undefined) return takeAfter(turn, wait, fell);
    return wait.gathered?.done ? completeGathered(turn, askOf(turn, wait.id), wait) : STOP;
  }
  if (wait.kind === "wait" && (fell !== undefined || wait.due <= turn.now)) return placeOf(turn, "wait").pc + 1;
  return STOP;
}

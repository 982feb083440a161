/** How a conversation ends. */
import { note, type Turn } from "./turn.ts";

/** With its callers and with what it interrupted. */
export function endConversation(turn: Turn): void {
  const { conversation } = turn;
  if (!conversation) return;
  note(turn, { kind: "end", what: conversation.frames.at(-1)?.flow ?? conversation.id });
  turn.left.push(...conversation.frames);
  turn.conversation = null;
  turn.vars = {};
  turn.failure = null;
}

/** Nothing of the contact stays but when they wrote last, which the window needs. */
export function forget(turn: Turn): void {
  endConversation(turn);
  turn.profile = {};
  turn.pending = {};
  turn.tapped = null;
  turn.reply = null;
  turn.contactLocale = turn.machine.locales.default;
  turn.locale = turn.contactLocale;
  turn.effects.push({ kind: "forget" });
}

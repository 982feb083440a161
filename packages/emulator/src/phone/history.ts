import type { Bubble, MutableBubble } from "../bubble.ts";
import type { ContactState, Context } from "../context.ts";
import { PhoneError } from "../types.ts";

export function bubbleOf(contact: ContactState, id: string): MutableBubble {
  const bubble = contact.history.find((candidate) => candidate.id === id);
  if (!bubble) throw new PhoneError(`${contact.name}'s phone shows no message ${id}`);
  return bubble;
}

export function newestOf(contact: ContactState, fits: (bubble: Bubble) => boolean): MutableBubble | undefined {
  return contact.history.findLast((bubble) => bubble.from === "business" && fits(bubble));
}

/** The context of an answer to, or a quote of, a message. */
export function contextOf(ctx: Context, contact: ContactState, bubble: Bubble): { from: string; id: string } {
  const from = bubble.from === "business" ? ctx.settings.displayPhoneNumber : (contact.phone ?? contact.id);
  return { from, id: bubble.id };
}

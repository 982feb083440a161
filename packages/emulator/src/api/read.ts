import { LIMITS, type ReadRequest } from "@parley/whatsapp";
import { type ContactState, type Context, emit, publicContact, touch } from "../context.ts";
import { type Answer, broken } from "./answer.ts";

function markRead(ctx: Context, contact: ContactState, until: number): void {
  for (const bubble of contact.history) {
    if (bubble.from !== "user" || bubble.at > until || bubble.status === "read") continue;
    bubble.status = "read";
    touch(ctx, contact, bubble);
  }
}

/** Marks a message of the user, and those before it, as read; may show that the business is typing. */
export function markAsRead(ctx: Context, request: ReadRequest): Answer {
  const message = ctx.messages.get(request.message_id);
  const now = ctx.clock.now();
  if (message?.from !== "user" || now - message.at > LIMITS.markAsReadAge.max) {
    return broken(
      ctx,
      "read-message-is-known",
      `message_id ${request.message_id} is no message of a user of the last 30 days`,
    );
  }
  markRead(ctx, message.contact, message.at);
  if (request.typing_indicator) {
    message.contact.typingUntil = now + LIMITS.typingIndicator.max;
    emit(ctx, { kind: "typing", contact: publicContact(message.contact) });
  }
  return { status: 200, body: { success: true } };
}

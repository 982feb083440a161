import type { MessageRequest } from "@parley/whatsapp";
import type { ContactState, Context } from "../context.ts";
import { addContact, digitsOf, findContact } from "../phone/contacts.ts";
import { type Answer, broken } from "./answer.ts";

/** A number that no contact has: WhatsApp accepts it and finds out later, so it becomes a contact either way. */
function byNumber(ctx: Context, to: string): ContactState | Answer {
  const digits = digitsOf(to);
  if (digits === undefined) return broken(ctx, "recipient-is-a-number", `${to} is not a phone number`);
  if (digits === ctx.settings.displayPhoneNumber)
    return broken(ctx, "recipient-is-another", "Recipient phone number is the sender's");
  const found = findContact(ctx, digits);
  if (found) return found;
  return addContact(ctx, { phone: digits, onWhatsApp: ctx.settings.unknownNumbers === "create" });
}

/** Whom the message is for; `to` wins over `recipient`. */
export function recipientOf(ctx: Context, request: MessageRequest): ContactState | Answer {
  if (request.recipient_type === "group")
    return broken(ctx, "recipient-is-no-group", "There are no groups in the emulator");
  if (request.to !== undefined) return byNumber(ctx, request.to);
  const recipient = request.recipient ?? "";
  const found = ctx.contacts.find((contact) => contact.userId === recipient);
  return found ?? broken(ctx, "user-id-is-known", `recipient ${recipient} is not a user of this business`);
}

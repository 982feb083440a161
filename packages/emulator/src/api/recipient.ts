import type { MessageRequest } from "@parley/whatsapp";
import type { ContactState, Context } from "../context.ts";
import { addContact, digitsOf, findContact } from "../phone/contacts.ts";
import { type Answer, refuse } from "./answer.ts";

/** A number that no contact has: WhatsApp accepts it and finds out later, so it becomes a contact either way. */
function byNumber(ctx: Context, to: string): ContactState | Answer {
  const digits = digitsOf(to);
  if (digits === undefined) return refuse(ctx, 131009, `${to} is not a phone number`);
  if (digits === ctx.settings.displayPhoneNumber) return refuse(ctx, 131021, "Recipient phone number is the sender's");
  const found = findContact(ctx, digits);
  if (found) return found;
  return addContact(ctx, { phone: digits, onWhatsApp: ctx.settings.unknownNumbers === "create" });
}

/** Whom the message is for; `to` wins over `recipient`. */
export function recipientOf(ctx: Context, request: MessageRequest): ContactState | Answer {
  if (request.recipient_type === "group") return refuse(ctx, 131020, "There are no groups in the emulator");
  if (request.to !== undefined) return byNumber(ctx, request.to);
  const recipient = request.recipient ?? "";
  const found = ctx.contacts.find((contact) => contact.userId === recipient);
  return found ?? refuse(ctx, 131009, `recipient ${recipient} is not a user of this business`);
}

/** Answers to messages that ask for something of WhatsApp's own. */
import type { Bubble } from "../bubble.ts";
import type { ContactState, Context } from "../context.ts";
import { PhoneError } from "../types.ts";
import { contextOf, newestOf } from "./history.ts";
import { writes } from "./incoming.ts";

const PERMITTED_MS = 7 * 86_400_000;

export function permitsCalls(ctx: Context, contact: ContactState, accept: boolean): Bubble {
  const asked = newestOf(contact, ({ kind, buttons }) => kind === "call" && buttons?.[0]?.kind === "other");
  if (!asked) throw new PhoneError(`${contact.name}'s phone shows no request for permission to call`);
  const until = Math.floor((ctx.clock.now() + PERMITTED_MS) / 1000);
  const call_permission_reply = {
    response: accept ? "accept" : "reject",
    ...(accept ? { expiration_timestamp: until, is_permanent: false } : {}),
    response_source: "user_action",
  };
  return writes(
    ctx,
    contact,
    { type: "interactive", interactive: { type: "call_permission_reply", call_permission_reply } },
    { kind: "text", text: accept ? "Calls allowed" : "Calls declined" },
    { context: contextOf(ctx, contact, asked) },
  );
}

export function sharesContact(ctx: Context, contact: ContactState): Bubble {
  const asked = newestOf(contact, ({ kind }) => kind === "contactRequest");
  if (!asked) throw new PhoneError(`${contact.name}'s phone shows no request for contact information`);
  const { phone, name } = contact;
  if (phone === undefined) throw new PhoneError(`${contact.name} has no number to share`);
  const card = {
    name: { formatted_name: name, first_name: name },
    phones: [{ phone: `+${phone}`, wa_id: phone, type: "CELL" }],
  };
  return writes(
    ctx,
    contact,
    { type: "contacts", contacts: [{ ...card, origin: "contact_request" }] },
    { kind: "contacts", contacts: [card] },
    { context: contextOf(ctx, contact, asked) },
  );
}

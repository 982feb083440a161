import {
  type EchoesValue,
  errorInfo,
  type MessageStatus,
  type MessagesValue,
  type Pricing,
  type WireContact,
  type WireEcho,
  type WireError,
  type WireMessage,
  type WireStatus,
} from "@parley/whatsapp";
import type { ContactState, Context, Outgoing } from "../context.ts";

/** What the business sees of a contact: never the number of one who hides it. */
function visiblePhone(contact: ContactState): string | undefined {
  return contact.hidden ? undefined : contact.phone;
}

function seconds(ms: number): string {
  return String(Math.floor(ms / 1000));
}

export function accountValue(ctx: Context): Pick<MessagesValue, "messaging_product" | "metadata"> {
  const { displayPhoneNumber, phoneNumberId } = ctx.settings;
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId },
  };
}

export function wireContact(contact: ContactState): WireContact {
  const phone = visiblePhone(contact);
  return {
    profile: { name: contact.name, ...(contact.username === undefined ? {} : { username: contact.username }) },
    ...(phone === undefined ? {} : { wa_id: phone }),
    ...(contact.userId === undefined ? {} : { user_id: contact.userId }),
    ...(contact.identityKey === undefined ? {} : { identity_key_hash: contact.identityKey }),
  };
}

/** Who wrote, as fields of a message. */
export function sender(contact: ContactState): Pick<WireMessage, "from" | "from_user_id"> {
  const phone = visiblePhone(contact);
  return {
    ...(phone === undefined ? {} : { from: phone }),
    ...(contact.userId === undefined ? {} : { from_user_id: contact.userId }),
  };
}

/** To whom a message went, as fields of a status. */
export function recipient(contact: ContactState): Pick<WireStatus, "recipient_id" | "recipient_user_id"> {
  const phone = visiblePhone(contact);
  return {
    ...(phone === undefined ? {} : { recipient_id: phone }),
    ...(contact.userId === undefined ? {} : { recipient_user_id: contact.userId }),
  };
}

export function messageValue(ctx: Context, contact: ContactState, message: WireMessage): MessagesValue {
  return { ...accountValue(ctx), contacts: [wireContact(contact)], messages: [message] };
}

export function wireError(code: number, details?: string): WireError {
  const title = errorInfo(code)?.title ?? "Unknown error";
  return {
    code,
    title,
    message: title,
    error_data: { details: details ?? title },
    href: "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
  };
}

function pricing({ price, category }: Outgoing): Pricing {
  const billable = price === "regular";
  const charged = price === "free_entry_point" ? "referral_conversion" : category;
  return { billable, pricing_model: "PMP", type: price, category: charged };
}

/** Since v24.0 of free entry points alone. */
function conversation({ contact }: Outgoing, status: MessageStatus): Pick<WireStatus, "conversation"> {
  if (contact.freeUntil === undefined) return {};
  const expires = status === "sent" ? { expiration_timestamp: seconds(contact.freeUntil) } : {};
  return { conversation: { id: `fep.${contact.id}`, ...expires, origin: { type: "referral_conversion" } } };
}

/** Pricing comes with `sent` and with `delivered`. */
export function statusValue(ctx: Context, message: Outgoing, status: MessageStatus, error?: WireError): MessagesValue {
  const wire: WireStatus = {
    id: message.id,
    status,
    timestamp: seconds(ctx.clock.now()),
    ...recipient(message.contact),
    ...(message.identityKey === undefined ? {} : { recipient_identity_key_hash: message.identityKey }),
    ...(message.callbackData === undefined ? {} : { biz_opaque_callback_data: message.callbackData }),
    ...(message.price === "free_entry_point" ? conversation(message, status) : {}),
    ...(status === "sent" || status === "delivered" ? { pricing: pricing(message) } : {}),
    ...(error === undefined ? {} : { errors: [error] }),
  };
  return { ...accountValue(ctx), statuses: [wire] };
}

/** A text that a person at the business wrote in the app. */
export function echoValue(ctx: Context, contact: ContactState, id: string, at: number, body: string): EchoesValue {
  const phone = visiblePhone(contact);
  const echo: WireEcho = {
    from: ctx.settings.displayPhoneNumber,
    ...(phone === undefined ? {} : { to: phone }),
    ...(contact.userId === undefined ? {} : { to_user_id: contact.userId }),
    id,
    timestamp: seconds(at),
    type: "text",
    text: { body },
  };
  return { ...accountValue(ctx), message_echoes: [echo] };
}

export { seconds as wireTime };

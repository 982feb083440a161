/** What changes of a user besides the chat. */
import { comesOnline } from "../api/progress.ts";
import { type ContactState, type Context, emit, publicContact } from "../context.ts";
import { createWamid } from "../ids.ts";
import { type Contact, type ContactChange, PhoneError } from "../types.ts";
import { deliverAt, deliverChange } from "../webhooks/deliver.ts";
import { accountValue, recipient, sender, wireContact, wireTime } from "../webhooks/values.ts";
import { digitsOf, findContact, newUserId } from "./contacts.ts";

/** Applies what is given; a phone that comes online gets what waited for it. */
export function changes(ctx: Context, contact: ContactState, change: ContactChange): Contact {
  if (change.hidden === false && contact.phone === undefined) throw new PhoneError("there is no number to show");
  if (change.devices?.length === 0) throw new PhoneError("a user has one device at least");
  if (change.hidden && contact.userId === undefined) contact.userId = newUserId(ctx);
  const { online: wasOnline, marketing, identityKey } = contact;
  Object.assign(contact, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
  if (!wasOnline && contact.online) comesOnline(ctx, contact);
  if (marketing !== contact.marketing) tellsPreference(ctx, contact);
  if (identityKey !== contact.identityKey && contact.lastWroteAt !== undefined) tellsIdentity(ctx, contact);
  emit(ctx, { kind: "contact", contact: publicContact(contact) });
  return publicContact(contact);
}

/** The business hears of who stops marketing messages, and of who takes them again. */
function tellsPreference(ctx: Context, contact: ContactState): void {
  const { marketing } = contact;
  const at = ctx.clock.now();
  const { recipient_id: id, recipient_user_id: userId } = recipient(contact);
  const preference = {
    ...(id === undefined ? {} : { wa_id: id }),
    ...(userId === undefined ? {} : { user_id: userId }),
    detail: `User requested to ${marketing ? "resume" : "stop"} marketing messages`,
    category: "marketing_messages",
    value: marketing ? "resume" : "stop",
    timestamp: Math.floor(at / 1000),
  };
  const { metadata } = accountValue(ctx);
  const contacts = [{ ...wireContact(contact) }];
  const value = { messaging_product: "whatsapp", metadata: { ...metadata }, contacts, user_preferences: [preference] };
  deliverChange(ctx, `in:${contact.id}`, at, { field: "user_preferences", value });
}

/** Of users who have written: others are unknown to it. */
function tellsIdentity(ctx: Context, contact: ContactState): void {
  const at = ctx.clock.now();
  const body = `The identity of ${contact.name} has changed`;
  const identity = contact.identityKey === undefined ? {} : { identity: contact.identityKey };
  const system = { body, type: "customer_identity_changed", ...identity };
  const id = createWamid(ctx.random, contact.id, "in");
  const message = { type: "system", system, ...sender(contact), id, timestamp: wireTime(at) } as const;
  deliverAt(ctx, `in:${contact.id}`, at, { ...accountValue(ctx), messages: [message] });
}

/** The chat goes along; the business hears of it from the old number, and of a new user id as well. */
export function changesNumber(ctx: Context, contact: ContactState, phone: string): void {
  const digits = digitsOf(phone);
  if (digits === undefined) throw new PhoneError(`"${phone}" is no phone number`);
  if (digits === ctx.settings.displayPhoneNumber) throw new PhoneError("this is the number of the business");
  if (findContact(ctx, digits)) throw new PhoneError(`there is a contact ${digits} already`);
  const at = ctx.clock.now();
  const old = { ...sender(contact) };
  const before = contact.phone ?? contact.userId ?? contact.id;
  const previous = contact.userId;
  if (previous !== undefined) contact.userId = newUserId(ctx);
  contact.phone = digits;
  contact.id = digits;
  const shown = contact.hidden ? {} : { wa_id: digits };
  const ids = previous === undefined ? {} : { user_id: contact.userId ?? "", previous_user_id: previous };
  const type = contact.hidden ? "user_changed_user_id" : "user_changed_number";
  const now = contact.hidden ? (contact.userId ?? "") : digits;
  const system = { body: `User ${contact.name} changed from ${before} to ${now}`, type, ...shown, ...ids };
  const id = createWamid(ctx.random, before, "in");
  // WhatsApp sends no contacts with system messages.
  const message = { type: "system", system, ...old, id, timestamp: wireTime(at) } as const;
  deliverAt(ctx, `in:${digits}`, at, { ...accountValue(ctx), messages: [message] });
  emit(ctx, { kind: "contact", contact: publicContact(contact) });
}

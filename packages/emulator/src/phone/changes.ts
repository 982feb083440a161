/** What changes of a user besides the chat. */
import { comesOnline } from "../api/progress.ts";
import { type ContactState, type Context, emit, publicContact } from "../context.ts";
import { createWamid } from "../ids.ts";
import { type Contact, type ContactChange, PhoneError } from "../types.ts";
import { deliverAt } from "../webhooks/deliver.ts";
import { accountValue, sender, wireTime } from "../webhooks/values.ts";
import { digitsOf, findContact, newUserId } from "./contacts.ts";

/** Applies what is given; a phone that comes online gets what waited for it. */
export function changes(ctx: Context, contact: ContactState, change: ContactChange): Contact {
  if (change.hidden === false && contact.phone === undefined) throw new PhoneError("there is no number to show");
  if (change.devices?.length === 0) throw new PhoneError("a user has one device at least");
  if (change.hidden && contact.userId === undefined) contact.userId = newUserId(ctx);
  const wasOffline = !contact.online;
  Object.assign(contact, Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)));
  if (wasOffline && contact.online) comesOnline(ctx, contact);
  emit(ctx, { kind: "contact", contact: publicContact(contact) });
  return publicContact(contact);
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

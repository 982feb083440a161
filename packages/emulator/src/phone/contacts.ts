import { isUserId } from "@parley/whatsapp";
import type { ContactState, Context } from "../context.ts";
import { pairBucket } from "../rates.ts";
import { type ContactInit, PhoneError } from "../types.ts";

/** Digits of a phone number; undefined where there are none or something else stands among them. */
export function digitsOf(phone: string): string | undefined {
  const digits = phone.replace(/[+\-() ]/g, "");
  return /^[0-9]{1,20}$/.test(digits) ? digits : undefined;
}

/** By key, number (in any writing) or user id. */
export function findContact(ctx: Context, id: string): ContactState | undefined {
  const digits = digitsOf(id);
  return ctx.contacts.find(
    (contact) => contact.id === id || contact.userId === id || (digits !== undefined && contact.phone === digits),
  );
}

export function newUserId(ctx: Context): string {
  return `IT.${ctx.random.hex(24)}`;
}

/** Throws `PhoneError` where the number or the user id is not valid, or taken. */
export function addContact(ctx: Context, init: ContactInit): ContactState {
  const phone = init.phone === undefined ? undefined : digitsOf(init.phone);
  if (init.phone !== undefined && phone === undefined) throw new PhoneError(`"${init.phone}" is no phone number`);
  if (init.userId !== undefined && !isUserId(init.userId)) {
    throw new PhoneError(`"${init.userId}" is no business-scoped user id, such as IT.1A2B3C`);
  }
  const hidden = phone === undefined || (init.hidden ?? false);
  const userId = init.userId ?? (hidden ? newUserId(ctx) : undefined);
  for (const id of [phone, userId]) {
    if (id !== undefined && findContact(ctx, id)) throw new PhoneError(`there is a contact ${id} already`);
  }
  if (phone === ctx.settings.displayPhoneNumber) throw new PhoneError("this is the number of the business");
  const contact: ContactState = {
    id: phone ?? userId ?? "",
    phone,
    userId,
    username: init.username,
    name: init.name ?? phone ?? init.username ?? "User",
    hidden,
    reads: init.reads ?? true,
    onWhatsApp: init.onWhatsApp ?? true,
    devices: init.devices ?? [{ kind: "android" }],
    online: true,
    blocks: false,
    blocked: false,
    marketing: true,
    identityKey: init.identityKey,
    lastWroteAt: undefined,
    typingUntil: undefined,
    adAt: undefined,
    freeUntil: undefined,
    callRequests: [],
    waiting: [],
    held: undefined,
    history: [],
    failed: [],
    pair: pairBucket(ctx.clock.now()),
  };
  ctx.contacts.push(contact);
  return contact;
}

import type { ContactInfo } from "@parley/machine";
import { isUserId } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import { ArgumentError } from "../errors.ts";
import { digest } from "../hash.ts";
import type { Address, ContactRow, Find, Quoted } from "../store.ts";

/** Id of a contact that is met for the first time: nobody can tell the number from it, the same store would give it again. */
function contactId(core: Pick<Core, "idSecret">, address: Address): string {
  return digest(20, "contact", core.idSecret, address.phoneNumberId, address.userId ?? "", address.waId ?? "");
}

/** Finds the contact of an address, or makes it. Its new id is made where a store asks for it: most contacts are known. */
export function findOrMake(core: Pick<Core, "idSecret">, address: Address, quoted?: Quoted): Find {
  return {
    by: "address",
    address,
    get newId() {
      return contactId(core, address);
    },
    ...(quoted ? { quoted } : {}),
  };
}

export function contactInfo({ id, phone, name }: ContactRow): ContactInfo {
  return { id, phone, name };
}

/** The host's name of a contact: a phone number with country code, or a business-scoped user id. */
export function addressOfName(phoneNumberId: string, contact: string): Address {
  if (isUserId(contact)) return { phoneNumberId, userId: contact };
  const digits = contact.replace(/[\s()+-]/g, "");
  if (!/^\d{5,20}$/.test(digits)) throw new ArgumentError("a contact is a phone number or a business-scoped user id");
  return { phoneNumberId, waId: digits };
}

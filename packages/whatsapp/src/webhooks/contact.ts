import { isUserId } from "../ids.ts";
import { isObject } from "../json.ts";
import type { InboundContact } from "./items.ts";
import { defined, nonEmpty, object, type Raw } from "./read.ts";

interface Sender {
  readonly waId: string | undefined;
  readonly userId: string | undefined;
  readonly parentUserId: string | undefined;
}

/** `from` is a phone number, can be missing, and was seen to hold a business-scoped id. */
function senderOf(message: Raw): Sender {
  const from = nonEmpty(message, "from");
  const fromIsUserId = from !== undefined && isUserId(from);
  return {
    waId: fromIsUserId ? undefined : from,
    userId: nonEmpty(message, "from_user_id") ?? (fromIsUserId ? from : undefined),
    parentUserId: nonEmpty(message, "from_parent_user_id"),
  };
}

function isOf(contact: Raw, sender: Sender): boolean {
  const waId = nonEmpty(contact, "wa_id");
  const userId = nonEmpty(contact, "user_id");
  return (
    (userId !== undefined && userId === sender.userId) ||
    (waId !== undefined && (waId === sender.waId || waId === sender.userId))
  );
}

/** Whether nothing says that `contact` is another than the sender. */
function canBeOf(contact: Raw, sender: Sender): boolean {
  const waId = nonEmpty(contact, "wa_id");
  const userId = nonEmpty(contact, "user_id");
  const otherPhone = waId !== undefined && sender.waId !== undefined && waId !== sender.waId;
  const otherUser = userId !== undefined && sender.userId !== undefined && userId !== sender.userId;
  return !otherPhone && !otherUser;
}

function entryOf(sender: Sender, contacts: readonly unknown[], soleMessage: boolean): Raw {
  const entries = contacts.filter(isObject);
  const match = entries.find((entry) => isOf(entry, sender));
  if (match) return match;
  const [sole] = entries;
  // One contact beside one message belongs to it: one may have the phone number only, the other the id only.
  return sole && entries.length === 1 && soleMessage && canBeOf(sole, sender) ? sole : {};
}

/** Who wrote `message`, joined from its own fields and its entry in `contacts`. */
export function contactOf(message: Raw, contacts: readonly unknown[], soleMessage: boolean): InboundContact {
  const sender = senderOf(message);
  const entry = entryOf(sender, contacts, soleMessage);
  const profile = object(entry, "profile") ?? {};
  const entryWaId = nonEmpty(entry, "wa_id");
  const entryIsUserId = entryWaId !== undefined && isUserId(entryWaId);
  return defined<InboundContact>({
    waId: sender.waId ?? (entryIsUserId ? undefined : entryWaId),
    userId: sender.userId ?? nonEmpty(entry, "user_id") ?? (entryIsUserId ? entryWaId : undefined),
    parentUserId: sender.parentUserId ?? nonEmpty(entry, "parent_user_id"),
    name: nonEmpty(profile, "name"),
    username: nonEmpty(profile, "username"),
    identityKeyHash: nonEmpty(entry, "identity_key_hash"),
  });
}

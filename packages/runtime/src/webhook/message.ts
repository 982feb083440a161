/** An inbound message as a job. */
import { type Event, encodeWireId, type WireId } from "@parley/machine";
import type { MessageItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { EventBody, Job, Prepared } from "../engine/job.ts";
import { digest } from "../hash.ts";
import type { Address, ContactRow, Filed, Loaded, Quoted } from "../store.ts";
import { contactInfo, findOrMake } from "../turn/contact.ts";
import { filedId } from "../turn/perform.ts";
import { tappedWireId } from "./tapped.ts";

/** Longer than the 7 days for which WhatsApp repeats a webhook. */
export const DEDUPE_MS: number = 8 * 24 * 60 * 60 * 1000;

type MessageEvent = Extract<Event, { kind: "message" }>;

/** The user's names; a notice of a new number or id gives the ones before as well. */
function addressOf(item: MessageItem): Address {
  const { contact, message, phoneNumberId } = item;
  const base = { phoneNumberId, ...(contact.name === undefined ? {} : { name: contact.name }) };
  if (message.type !== "system") return { ...base, ...names(contact.userId, contact.waId) };
  const { system } = message;
  const userId = system.user_id ?? contact.userId;
  const previous = names(system.previous_user_id ?? contact.userId, contact.waId);
  return { ...base, ...names(userId, system.wa_id ?? contact.waId), previous };
}

function names(userId: string | undefined, waId: string | undefined): { userId?: string; waId?: string } {
  return { ...(userId === undefined ? {} : { userId }), ...(waId === undefined ? {} : { waId }) };
}

function quotedOf(item: MessageItem, tapped: WireId | undefined): Quoted | undefined {
  const wamid = item.context?.id;
  if (tapped) return { conversation: tapped.conversation, turn: tapped.turn };
  return wamid === undefined ? undefined : { wamid };
}

/** The ask where only the store knows it; its copy where it is another one than the waiting one. */
function askOf(loaded: Loaded, tapped: WireId | undefined): Pick<MessageEvent, "ask" | "copy"> {
  const { quoted, copy, snapshot } = loaded;
  const conversation = snapshot?.conversation;
  const waiting =
    copy !== undefined &&
    conversation?.id === copy.conversation.id &&
    conversation.wait.kind === "ask" &&
    conversation.wait.turn === copy.turn;
  return {
    ...(quoted && !tapped ? { ask: encodeWireId(quoted) } : {}),
    ...(copy && !waiting ? { copy } : {}),
  };
}

function eventOf(item: MessageItem, contact: ContactRow, loaded: Loaded, tapped: WireId | undefined): EventBody {
  return {
    kind: "message",
    id: item.id,
    contact: contactInfo(contact),
    messageId: item.id,
    sentAt: item.timestampMs,
    message: item.message,
    ...(item.referral ? { referral: item.referral } : {}),
    ...askOf(loaded, tapped),
  };
}

/** Kept, and not stepped. */
function file(item: MessageItem, event: EventBody, kind: Filed["kind"], reason: string, now: number): Prepared {
  const id = filedId(item.id);
  return { writes: [{ kind: "file", file: { id, kind, reason, at: now, event: { ...event, now, seed: id } } }] };
}

function prepare(core: Core, item: MessageItem, loaded: Loaded, tapped: WireId | undefined, now: number): Prepared {
  // A notice of a new number or id is no message of the user; it did its work when the contact was found.
  if (!loaded.contact || item.message.type === "system") return { writes: [] };
  const event = eventOf(item, loaded.contact, loaded, tapped);
  if (item.timestampMs < now - DEDUPE_MS)
    return file(item, event, "expired", "older than the time of deduplication", now);
  if (core.throttle.admits(loaded.contact.id, item.id, item.timestampMs)) return { writes: [], event };
  const { writes } = file(item, event, "throttled", "more messages in a minute than the limit", now);
  return { writes: [...writes, { kind: "heard", at: item.timestampMs }] };
}

/** Undefined for what no conversation of ours can be about: groups, and messages that name nobody. */
export function messageJob(core: Core, item: MessageItem): Job | undefined {
  const address = addressOf(item);
  if (item.groupId !== undefined || (address.userId === undefined && address.waId === undefined)) {
    core.log.debug({ type: item.message.type }, "a message of no contact");
    return undefined;
  }
  const now = core.clock.now();
  const tapped = tappedWireId(item.message);
  const quoted = quotedOf(item, tapped);
  // A notice of a new number or id makes no contact.
  const isNotice = item.message.type === "system";
  return {
    what: "message",
    id: item.id,
    arrival: {
      now,
      dedupe: digest(32, item.phoneNumberId, "message", item.id),
      find: isNotice ? { by: "address", address } : findOrMake(core, address, quoted),
    },
    prepare: (loaded) => prepare(core, item, loaded, tapped, now),
  };
}

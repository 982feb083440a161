import { isUserId } from "../ids.ts";
import { isObject } from "../json.ts";
import { contactOf } from "./contact.ts";
import { readContent } from "./content.ts";
import type {
  EchoItem,
  InboundContact,
  ItemNumber,
  MessageItem,
  StatusItem,
  UnknownItem,
  WebhookError,
  WebhookItem,
} from "./items.ts";
import { defined, list, nonEmpty, number, object, type Raw, text, timestampMs } from "./read.ts";
import type { MessageStatus } from "./wire.ts";

const STATUSES: ReadonlySet<string> = new Set<MessageStatus>([
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "deleted",
  "warning",
]);

function isStatus(value: string | undefined): value is MessageStatus {
  return value !== undefined && STATUSES.has(value);
}

function unknown(path: string, reason: string, raw: unknown): UnknownItem {
  return { kind: "unknown", path, reason, raw };
}

function readError(raw: unknown): WebhookError | undefined {
  if (!isObject(raw)) return undefined;
  const code = number(raw, "code");
  if (code === undefined) return undefined;
  return defined<WebhookError>({
    code,
    title: text(raw, "title"),
    message: text(raw, "message"),
    details: text(object(raw, "error_data") ?? {}, "details") ?? text(raw, "details"),
    href: text(raw, "href"),
  });
}

function readErrors(raw: Raw): readonly WebhookError[] {
  return list(raw, "errors").flatMap((error) => readError(error) ?? []);
}

function readMessage(raw: unknown, path: string, of: ItemNumber, value: Raw): MessageItem | UnknownItem {
  if (!isObject(raw)) return unknown(path, "a message that is no object", raw);
  const id = nonEmpty(raw, "id");
  if (id === undefined) return unknown(path, "a message without an id", raw);
  const at = timestampMs(raw);
  if (at === undefined) return unknown(path, "a message without a timestamp", raw);
  return defined<MessageItem>({
    kind: "message",
    wabaId: of.wabaId,
    phoneNumberId: of.phoneNumberId,
    displayPhoneNumber: of.displayPhoneNumber,
    contact: contactOf(raw, list(value, "contacts"), list(value, "messages").length === 1),
    id,
    timestampMs: at,
    message: readContent(raw),
    context: object(raw, "context"),
    referral: object(raw, "referral"),
    groupId: nonEmpty(raw, "group_id"),
    errors: readErrors(raw),
  });
}

function readStatus(raw: unknown, path: string, of: ItemNumber): StatusItem | UnknownItem {
  if (!isObject(raw)) return unknown(path, "a status that is no object", raw);
  const id = nonEmpty(raw, "id");
  const status = text(raw, "status");
  const at = timestampMs(raw);
  if (id === undefined) return unknown(path, "a status without a message id", raw);
  if (!isStatus(status)) return unknown(path, "a status that is not known", raw);
  if (at === undefined) return unknown(path, "a status without a timestamp", raw);
  return defined<StatusItem>({
    kind: "status",
    wabaId: of.wabaId,
    phoneNumberId: of.phoneNumberId,
    displayPhoneNumber: of.displayPhoneNumber,
    id,
    status,
    timestampMs: at,
    recipientId: nonEmpty(raw, "recipient_id"),
    recipientUserId: nonEmpty(raw, "recipient_user_id"),
    recipientParentUserId: nonEmpty(raw, "parent_recipient_user_id"),
    recipientType: nonEmpty(raw, "recipient_type"),
    participantId: nonEmpty(raw, "recipient_participant_id"),
    identityKeyHash: nonEmpty(raw, "recipient_identity_key_hash"),
    callbackData: text(raw, "biz_opaque_callback_data"),
    conversation: object(raw, "conversation"),
    pricing: object(raw, "pricing"),
    errors: readErrors(raw),
  });
}

/** A user whom the business wrote to: `to` is a phone number, and may hold a business-scoped id as `from` does. */
function receiverOf(raw: Raw): InboundContact {
  const to = nonEmpty(raw, "to");
  const toIsUserId = to !== undefined && isUserId(to);
  return defined<InboundContact>({
    waId: toIsUserId ? undefined : to,
    userId: nonEmpty(raw, "to_user_id") ?? (toIsUserId ? to : undefined),
  });
}

function readEcho(raw: unknown, path: string, of: ItemNumber): EchoItem | UnknownItem {
  if (!isObject(raw)) return unknown(path, "an echo that is no object", raw);
  const id = nonEmpty(raw, "id");
  if (id === undefined) return unknown(path, "an echo without an id", raw);
  const at = timestampMs(raw);
  if (at === undefined) return unknown(path, "an echo without a timestamp", raw);
  const contact = receiverOf(raw);
  if (contact.waId === undefined && contact.userId === undefined)
    return unknown(path, "an echo that says nothing of whom it went to", raw);
  return { kind: "echo", ...of, contact, id, timestampMs: at, message: readContent(raw) };
}

function numberOf(value: Raw, wabaId: string): ItemNumber | undefined {
  const metadata = object(value, "metadata") ?? {};
  const phoneNumberId = nonEmpty(metadata, "phone_number_id");
  if (phoneNumberId === undefined) return undefined;
  return { wabaId, phoneNumberId, displayPhoneNumber: nonEmpty(metadata, "display_phone_number") ?? "" };
}

function readEchoes(value: Raw, path: string, wabaId: string, out: WebhookItem[]): void {
  const of = numberOf(value, wabaId);
  const echoes = list(value, "message_echoes");
  if (!of) out.push(unknown(path, "a value without metadata.phone_number_id", value));
  else if (echoes.length === 0) out.push(unknown(path, "a value without message_echoes", value));
  else out.push(...echoes.map((raw, i) => readEcho(raw, `${path}/message_echoes/${i}`, of)));
}

function readValue(value: Raw, path: string, wabaId: string, out: WebhookItem[]): void {
  const of = numberOf(value, wabaId);
  if (!of) {
    out.push(unknown(path, "a value without metadata.phone_number_id", value));
    return;
  }
  const before = out.length;
  list(value, "messages").forEach((raw, i) => {
    out.push(readMessage(raw, `${path}/messages/${i}`, of, value));
  });
  list(value, "statuses").forEach((raw, i) => {
    out.push(readStatus(raw, `${path}/statuses/${i}`, of));
  });
  list(value, "errors").forEach((raw, i) => {
    const error = readError(raw);
    out.push(error ? { kind: "error", ...of, error } : unknown(`${path}/errors/${i}`, "an error without a code", raw));
  });
  if (out.length === before) out.push(unknown(path, "a value without messages, statuses and errors", value));
}

function readChange(raw: unknown, path: string, wabaId: string, out: WebhookItem[]): void {
  const field = isObject(raw) ? text(raw, "field") : undefined;
  if (!isObject(raw) || field === undefined) {
    out.push(unknown(path, "a change without a field", raw));
    return;
  }
  const value = raw["value"];
  if (field === "smb_message_echoes" && isObject(value)) readEchoes(value, `${path}/value`, wabaId, out);
  else if (field !== "messages") {
    const metadata = isObject(value) ? (object(value, "metadata") ?? {}) : {};
    const phoneNumberId = nonEmpty(metadata, "phone_number_id");
    out.push({ kind: "other", wabaId, field, value, ...(phoneNumberId === undefined ? {} : { phoneNumberId }) });
  } else if (isObject(value)) readValue(value, `${path}/value`, wabaId, out);
  else out.push(unknown(path, "a change without a value", raw));
}

/**
 * All items of a webhook's parsed body, in the order of the wire. Never throws: what is not known becomes an item that
 * keeps its JSON. A message of an unknown type stays a message (it opens the window and has an id), its content says
 * `unknown`.
 */
export function decodeWebhook(body: unknown): readonly WebhookItem[] {
  if (!isObject(body) || !Array.isArray(body["entry"])) return [unknown("", "a body without entries", body)];
  const out: WebhookItem[] = [];
  list(body, "entry").forEach((entry, i) => {
    if (!isObject(entry) || !Array.isArray(entry["changes"])) {
      out.push(unknown(`/entry/${i}`, "an entry without changes", entry));
      return;
    }
    const wabaId = nonEmpty(entry, "id") ?? "";
    list(entry, "changes").forEach((change, j) => {
      readChange(change, `/entry/${i}/changes/${j}`, wabaId, out);
    });
  });
  return out;
}

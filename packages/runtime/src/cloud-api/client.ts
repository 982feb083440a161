/** The Cloud API as the runtime needs it: one request, and what is known after it. */
import type { ContactRow, SendBody, SendRow } from "../store.ts";
import type { Clock } from "../types.ts";
import { readAnswer, type SendResult } from "./answer.ts";

/** WhatsApp answers in well under a second; after this nobody knows whether it took the message. */
const SEND_TIMEOUT_MS = 30_000;

export interface CloudApi {
  readonly send: (row: SendRow, callbackData: string) => Promise<SendResult>;
}

export interface CloudApiOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly url: string;
  readonly version: string;
  readonly phoneNumberId: string;
  readonly token: string;
}

/** A phone number where there is one; who hides it is written to by user id. */
function recipient(contact: ContactRow): { readonly to: string } | { readonly recipient: string } {
  return contact.phone !== null ? { to: contact.phone } : { recipient: contact.userId ?? "" };
}

function requestBody(body: SendBody, contact: ContactRow, callbackData: string): object {
  if (body.kind === "read") {
    const typing = body.typing ? { typing_indicator: { type: "text" } } : {};
    return { messaging_product: "whatsapp", status: "read", message_id: body.messageId, ...typing };
  }
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...recipient(contact),
    ...(body.replyTo === undefined ? {} : { context: { message_id: body.replyTo } }),
    ...body.message,
    biz_opaque_callback_data: callbackData,
  };
}

/** Causes of a failed fetch that say that no connection came about, so nothing was sent. */
const NOT_CONNECTED: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function causeOf(error: unknown): unknown {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
}

async function post(options: CloudApiOptions, body: object): Promise<SendResult> {
  const controller = new AbortController();
  const timeout = options.clock.setTimeout(() => controller.abort(), SEND_TIMEOUT_MS);
  try {
    const response = await options.fetch(`${options.url}/${options.version}/${options.phoneNumberId}/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${options.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: controller.signal,
    });
    return readAnswer(response.status, response.headers, await response.text());
  } catch (error) {
    return NOT_CONNECTED.has(causeOf(error)) ? { kind: "unsent" } : { kind: "doubt" };
  } finally {
    options.clock.clearTimeout(timeout);
  }
}

export function createCloudApi(options: CloudApiOptions): CloudApi {
  return { send: (row, callbackData) => post(options, requestBody(row.body, row.contact, callbackData)) };
}

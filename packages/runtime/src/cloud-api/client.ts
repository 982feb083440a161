/** The Cloud API as the runtime needs it: one request, and what is known after it. */
import type { ContactRow, SendBody, SendRow } from "../store.ts";
import type { Clock, MediaSource, MediaUpload } from "../types.ts";
import { idOfUpload, readAnswer, type SendResult } from "./answer.ts";
import { createMedia, type Media, type Uploaded } from "./media.ts";

export interface CloudApi {
  readonly send: (row: SendRow, callbackData: string) => Promise<SendResult>;
  readonly upload: (media: MediaUpload) => Promise<Uploaded>;
}

export interface CloudApiOptions {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly url: string;
  readonly version: string;
  readonly phoneNumberId: string;
  readonly token: string;
  /** After this nobody knows whether WhatsApp took the message; ms. */
  readonly timeoutMs: number;
  /** Links in messages that are files of the host. */
  readonly media?: MediaSource;
}

/** A phone number where there is one; who hides it is written to by user id. */
function recipient(contact: ContactRow): { readonly to: string } | { readonly recipient: string } {
  return contact.phone !== null ? { to: contact.phone } : { recipient: contact.userId ?? "" };
}

function requestBody(body: SendBody, contact: ContactRow, callbackData: string): object {
  if (body.kind === "gone") throw new Error("a send that is closed has nothing to send");
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

type Answer =
  | { readonly kind: "answer"; readonly http: number; readonly headers: Headers; readonly text: string }
  | { readonly kind: "unsent" | "doubt" };

interface Post {
  readonly path: "messages" | "media";
  readonly type?: string;
  readonly body: string | FormData;
}

async function post(options: CloudApiOptions, { path, type, body }: Post): Promise<Answer> {
  const controller = new AbortController();
  const timeout = options.clock.setTimeout(() => controller.abort(), options.timeoutMs);
  try {
    const response = await options.fetch(`${options.url}/${options.version}/${options.phoneNumberId}/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${options.token}`, ...(type === undefined ? {} : { "content-type": type }) },
      body,
      signal: controller.signal,
    });
    return { kind: "answer", http: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return { kind: NOT_CONNECTED.has(causeOf(error)) ? "unsent" : "doubt" };
  } finally {
    options.clock.clearTimeout(timeout);
  }
}

async function postMessage(options: CloudApiOptions, body: object): Promise<SendResult> {
  const answer = await post(options, { path: "messages", type: "application/json", body: JSON.stringify(body) });
  return answer.kind === "answer" ? readAnswer(answer.http, answer.headers, answer.text) : answer;
}

/** What nobody knows of an upload does no harm: the message was not sent. */
async function upload(options: CloudApiOptions, { bytes, mimeType, filename }: MediaUpload): Promise<Uploaded> {
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("type", mimeType);
  form.set("file", new Blob([Uint8Array.from(bytes)], { type: mimeType }), filename ?? "file");
  const answer = await post(options, { path: "media", body: form });
  if (answer.kind !== "answer") return { kind: "unsent" };
  const id = answer.http >= 200 && answer.http < 300 ? idOfUpload(answer.text) : undefined;
  if (id !== undefined) return { kind: "id", id };
  const result = readAnswer(answer.http, answer.headers, answer.text);
  return result.kind === "error" ? result : { kind: "unsent" };
}

async function send(
  options: CloudApiOptions,
  media: Media | undefined,
  row: SendRow,
  data: string,
): Promise<SendResult> {
  const { body, contact } = row;
  if (!media || body.kind !== "message") return postMessage(options, requestBody(body, contact, data));
  const prepared = await media.prepare(body.message);
  if ("kind" in prepared) return prepared;
  const { message } = prepared;
  return media.learn(prepared, await postMessage(options, requestBody({ ...body, message }, contact, data)));
}

export function createCloudApi(options: CloudApiOptions): CloudApi {
  const uploads = (file: MediaUpload): Promise<Uploaded> => upload(options, file);
  const media = options.media && createMedia(options.media, uploads, options.clock);
  return { send: (row, data) => send(options, media, row, data), upload: uploads };
}

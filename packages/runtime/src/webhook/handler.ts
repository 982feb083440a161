/** The webhook's endpoint: WhatsApp's own protocol around `items.ts`. */
import { decodeWebhook, type WebhookItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Queue } from "../engine/queue.ts";
import { QueueFullError, StoreError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { sameText } from "../same-text.ts";
import { stopwatch, traceparentOf } from "../telemetry/tracer.ts";
import type { Span } from "../telemetry/types.ts";
import { jobsOf } from "./items.ts";
import type { PlainRequest, PlainResponse } from "./plain.ts";
import type { Verify } from "./signature.ts";

/** Above this, statuses are turned away so that messages get through: WhatsApp repeats both. */
const STATUS_LOAD_LIMIT = 0.5;

export interface Webhook {
  readonly core: Core;
  readonly queue: Queue;
  readonly verify: Verify;
  readonly verifyToken: string;
  /** Resolves when the store is open; rejects while it cannot be. */
  readonly ready: () => Promise<void>;
  readonly stopped: () => boolean;
  /** Bytes of the bodies that are under way. */
  bytes: number;
}

function answer(status: number, body = "", headers: Readonly<Record<string, string>> = {}): PlainResponse {
  return { status, headers: { "content-type": "text/plain", ...headers }, body };
}

/** The length that a request announces, in bytes; 0 where it says none. */
function announcedBytes(request: PlainRequest): number {
  const announced = Number(request.header("content-length") ?? 0);
  return Number.isFinite(announced) && announced > 0 ? announced : 0;
}

function busy(): PlainResponse {
  return answer(503, "", { "retry-after": "5" });
}

function subscribe(webhook: Webhook, url: URL): PlainResponse {
  const token = url.searchParams.get("hub.verify_token");
  const ours =
    url.searchParams.get("hub.mode") === "subscribe" && token !== null && sameText(token, webhook.verifyToken);
  return ours ? answer(200, url.searchParams.get("hub.challenge") ?? "") : answer(403);
}

const UTF8 = new TextDecoder();

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(body));
  } catch {
    return undefined;
  }
}

function onlyStatuses(items: readonly WebhookItem[]): boolean {
  return items.every((item) => item.kind === "status");
}

async function take(webhook: Webhook, body: Uint8Array, span: Span): Promise<PlainResponse> {
  const { core, queue } = webhook;
  const value = parsed(body);
  if (value === undefined) return answer(400);
  const items = decodeWebhook(value);
  if (queue.load() > STATUS_LOAD_LIMIT && onlyStatuses(items)) return busy();
  await webhook.ready();
  const jobs = jobsOf(core, items);
  const { traceparent: parent } = span;
  await queue.push(parent === undefined ? jobs : jobs.map((job) => ({ ...job, parent })));
  return answer(200);
}

async function verified(
  webhook: Webhook,
  request: PlainRequest,
  body: Uint8Array<ArrayBuffer>,
): Promise<PlainResponse> {
  const { core } = webhook;
  if (!(await webhook.verify(request.header("x-hub-signature-256"), body, request.verify))) {
    core.meter.add("signature_failures");
    core.log.warn({ bytes: body.byteLength }, "a webhook without a valid signature");
    return answer(401);
  }
  const elapsed = stopwatch();
  const parent = traceparentOf(request.header("traceparent"));
  const span = core.startSpan("POST /webhook", { kind: "server", ...(parent === undefined ? {} : { parent }) });
  try {
    const response = await take(webhook, body, span);
    span.set({ "http.response.status_code": response.status });
    span.end();
    return response;
  } catch (error) {
    span.end("error");
    throw error;
  } finally {
    core.meter.record("ack_seconds", elapsed());
  }
}

async function receive(webhook: Webhook, request: PlainRequest): Promise<PlainResponse> {
  const { bodyBytes, queuedBytes } = webhook.core.limits;
  if (webhook.bytes + announcedBytes(request) > queuedBytes) return busy();
  if (announcedBytes(request) > bodyBytes) return answer(413);
  const body = await request.body(bodyBytes);
  if (!body) return answer(413);
  if (webhook.bytes + body.byteLength > queuedBytes) return busy();
  webhook.bytes += body.byteLength;
  try {
    return await verified(webhook, request, body);
  } finally {
    webhook.bytes -= body.byteLength;
  }
}

async function respond(webhook: Webhook, request: PlainRequest): Promise<PlainResponse> {
  if (request.method === "GET") return subscribe(webhook, new URL(request.url, "http://localhost"));
  if (request.method !== "POST") return answer(405, "", { allow: "GET, POST" });
  if (webhook.stopped()) return busy();
  try {
    return await receive(webhook, request);
  } catch (error) {
    if (!(error instanceof QueueFullError) && !(error instanceof StoreError))
      webhook.core.log.error(errorFacts(error), "a webhook could not be taken");
    return busy();
  }
}

/** Answers 200 only when everything in the body is committed. */
export async function handleWebhook(webhook: Webhook, request: PlainRequest): Promise<PlainResponse> {
  const response = await respond(webhook, request);
  webhook.core.meter.add("webhook_requests", { code: String(response.status) });
  return response;
}

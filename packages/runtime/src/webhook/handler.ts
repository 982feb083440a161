/** The webhook's endpoint: WhatsApp's own protocol around `items.ts`. */
import { decodeWebhook, type WebhookItem } from "@parley/whatsapp";
import type { Core } from "../engine/core.ts";
import type { Queue } from "../engine/queue.ts";
import { QueueFullError, StoreError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import { readBody } from "./body.ts";
import { jobsOf } from "./items.ts";
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
}

function answer(status: number, body = "", headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { status, headers: { "content-type": "text/plain", ...headers } });
}

function busy(): Response {
  return answer(503, "", { "retry-after": "5" });
}

function subscribe(webhook: Webhook, url: URL): Response {
  const token = url.searchParams.get("hub.verify_token");
  const ours = url.searchParams.get("hub.mode") === "subscribe" && token === webhook.verifyToken;
  return ours ? answer(200, url.searchParams.get("hub.challenge") ?? "") : answer(403);
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

function onlyStatuses(items: readonly WebhookItem[]): boolean {
  return items.every((item) => item.kind === "status");
}

async function receive(webhook: Webhook, request: Request): Promise<Response> {
  const { core, queue } = webhook;
  const body = await readBody(request);
  if (!body) return answer(413);
  if (!(await webhook.verify(request.headers.get("x-hub-signature-256"), body))) {
    core.log.warn({ bytes: body.byteLength }, "a webhook without a valid signature");
    return answer(401);
  }
  const value = parsed(body);
  if (value === undefined) return answer(400);
  const items = decodeWebhook(value);
  if (queue.load() > STATUS_LOAD_LIMIT && onlyStatuses(items)) return busy();
  await webhook.ready();
  await queue.push(jobsOf(core, items));
  return answer(200);
}

/** Answers 200 only when everything in the body is committed. */
export async function handleWebhook(webhook: Webhook, request: Request): Promise<Response> {
  if (request.method === "GET") return subscribe(webhook, new URL(request.url));
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

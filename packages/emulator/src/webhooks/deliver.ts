import { LIMITS, type MessagesValue, type WebhookBody, type WebhookChange } from "@parley/whatsapp";
import { type Context, writeLog } from "../context.ts";
import { type Batch, batchBody } from "./batch.ts";
import { enqueue } from "./queue.ts";
import { metaJson } from "./sign.ts";

const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 3_600_000;
/** After so long without an answer the delivery counts as failed. */
const ANSWER_MS = 20_000;

/** Wait before the attempt after `attempt` (from 1). */
function retryDelay(attempt: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
}

interface Delivery {
  readonly lane: string;
  readonly body: WebhookBody;
  readonly attempt: number;
  readonly since: number;
}

async function postOnce(ctx: Context, body: WebhookBody): Promise<number> {
  const target = ctx.webhook;
  if (!target) return 0;
  const abort = new AbortController();
  const timer = ctx.clock.setTimeout(() => abort.abort(), ANSWER_MS);
  try {
    const bytes = new TextEncoder().encode(metaJson(body));
    const response = await ctx.post(
      new Request(target.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "facebookexternalua",
          "x-hub-signature-256": await ctx.sign(bytes, target.appSecret),
        },
        body: bytes,
        signal: abort.signal,
      }),
    );
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  } finally {
    ctx.clock.clearTimeout(timer);
  }
}

/** One attempt; what is not answered with 200 comes again, ever more seldom, for seven days. */
async function attempt(ctx: Context, delivery: Delivery): Promise<void> {
  const { body, lane, attempt: number, since } = delivery;
  const status = await postOnce(ctx, body);
  const due = ctx.clock.now() + retryDelay(number);
  const again = status !== 200 && ctx.webhook !== undefined && due - since <= LIMITS.webhookRetry.max;
  writeLog(ctx, { kind: "webhook", body, attempt: number, status, ...(again ? { retryAt: due } : {}) });
  if (!again) return;
  enqueue(ctx.queue, ctx.clock, {
    due,
    lane,
    run: () => attempt(ctx, { ...delivery, attempt: number + 1 }),
  });
}

/** Delivers a change of the field `messages` at `due`, in its turn. */
export function deliverAt(ctx: Context, lane: string, due: number, value: MessagesValue): void {
  deliverChange(ctx, lane, due, { field: "messages", value });
}

/** Delivers a change of any field at `due`, by itself or in a batch. */
export function deliverChange(ctx: Context, lane: string, due: number, change: WebhookChange): void {
  if (ctx.settings.batching) {
    enqueue(ctx.queue, ctx.clock, { due, lane, run: () => Promise.resolve(gather(ctx, change)) });
    return;
  }
  begin(ctx, lane, due, batchBody(ctx.settings.wabaId, [change]));
}

function begin(ctx: Context, lane: string, due: number, body: WebhookBody): void {
  const run = (): Promise<void> => attempt(ctx, { lane, body, attempt: 1, since: ctx.clock.now() });
  enqueue(ctx.queue, ctx.clock, { due, lane, run });
}

/** The first of a batch waits for others; a full one goes at once. */
function gather(ctx: Context, change: WebhookChange): void {
  const { most = 1, waitMs = 0 } = ctx.settings.batching ?? {};
  const batch = ctx.batch ?? { changes: [] };
  batch.changes.push(change);
  if (batch.changes.length >= most) {
    flush(ctx, batch);
    return;
  }
  if (ctx.batch === batch) return;
  ctx.batch = batch;
  const due = ctx.clock.now() + waitMs;
  enqueue(ctx.queue, ctx.clock, { due, lane: "batch timer", run: () => Promise.resolve(flush(ctx, batch)) });
}

function flush(ctx: Context, batch: Batch): void {
  if (ctx.batch === batch) ctx.batch = undefined;
  const changes = batch.changes.splice(0);
  if (changes.length > 0) begin(ctx, "batch", ctx.clock.now(), batchBody(ctx.settings.wabaId, changes));
}

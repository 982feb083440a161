/** The way of an accepted message to a phone: sent, delivered, read; or failed. */
import { errorInfo, type MessageStatus } from "@parley/whatsapp";
import type { BubbleStatus, MutableBubble } from "../bubble.ts";
import { type Context, emit, type Outgoing, publicContact, touch } from "../context.ts";
import { deliverAt } from "../webhooks/deliver.ts";
import { enqueue } from "../webhooks/queue.ts";
import { statusValue, wireError } from "../webhooks/values.ts";

export interface Failure {
  readonly code: number;
  readonly details: string;
}

/** Steps wait for each other only: a bot that answers its webhook slowly does not slow the phone down. */
function step(ctx: Context, message: Outgoing, afterMs: number, run: () => void): void {
  const lane = `out:${message.contact.id}`;
  const due = ctx.clock.now() + afterMs;
  enqueue(ctx.queue, ctx.clock, { due, lane, run: () => Promise.resolve(run()) });
}

function report(ctx: Context, message: Outgoing, status: MessageStatus, failure?: Failure): void {
  const error = failure && wireError(failure.code, failure.details);
  const value = statusValue(ctx, message, status, error);
  deliverAt(ctx, `status:${message.contact.id}`, ctx.clock.now(), value);
}

function mark(ctx: Context, message: Outgoing, bubble: MutableBubble, status: BubbleStatus): void {
  bubble.status = status;
  touch(ctx, message.contact, bubble);
}

function arrive(ctx: Context, message: Outgoing, bubble: MutableBubble): void {
  const { contact } = message;
  contact.history.push(bubble);
  bubble.n = contact.history.length;
  if (contact.typingUntil !== undefined) {
    contact.typingUntil = undefined;
    emit(ctx, { kind: "typing", contact: publicContact(contact) });
  }
}

/** Fails after it was accepted: the business hears of it by webhook alone. */
export function fails(ctx: Context, message: Outgoing, bubble: MutableBubble | undefined, failure: Failure): void {
  step(ctx, message, ctx.settings.delays.sent, () => {
    if (bubble) {
      bubble.error = { code: failure.code, title: errorInfo(failure.code)?.title ?? failure.details };
      message.contact.failed.push(bubble);
      mark(ctx, message, bubble, "failed");
    }
    report(ctx, message, "failed", failure);
  });
}

/** Arrives on the phone. */
export function arrives(ctx: Context, message: Outgoing, bubble: MutableBubble): void {
  const { sent, delivered, read } = ctx.settings.delays;
  step(ctx, message, sent, () => {
    mark(ctx, message, bubble, "sent");
    report(ctx, message, "sent");
  });
  step(ctx, message, Math.max(sent, delivered), () => {
    arrive(ctx, message, bubble);
    mark(ctx, message, bubble, "delivered");
    report(ctx, message, "delivered");
  });
  if (read === null || !message.contact.reads) return;
  step(ctx, message, Math.max(sent, delivered, read), () => {
    mark(ctx, message, bubble, "read");
    report(ctx, message, "read");
  });
}

/** A reaction changes its target; of reactions only `sent` is reported. */
export function reacts(ctx: Context, message: Outgoing, target: MutableBubble, emoji: string): void {
  step(ctx, message, ctx.settings.delays.sent, () => {
    const { business: _, ...others } = target.reactions ?? {};
    target.reactions = emoji === "" ? others : { ...others, business: emoji };
    touch(ctx, message.contact, target);
    report(ctx, message, "sent");
  });
}

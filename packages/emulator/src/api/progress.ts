/** The way of an accepted message to a phone: sent, delivered, read; or failed. */
import { errorInfo, LIMITS, type MessageStatus } from "@parley/whatsapp";
import type { Bubble, BubbleKind, BubbleStatus, MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, emit, type Outgoing, publicContact, touch } from "../context.ts";
import { lateness, takeFault } from "../faults/take.ts";
import { RULES, type RuleName } from "../rules.ts";
import type { Device } from "../types.ts";
import { deliverAt } from "../webhooks/deliver.ts";
import { enqueue } from "../webhooks/queue.ts";
import { statusValue, wireError } from "../webhooks/values.ts";

/** Why a message does not arrive: a rule, or a fault with a code of its own. */
export type Failure = { readonly details: string } & (
  | { readonly rule: RuleName; readonly code?: never }
  | { readonly code: number; readonly rule?: never }
);

function codeOf({ rule, code }: Failure): number {
  if (rule === undefined) return code;
  return RULES[rule].code;
}

/** Steps wait for each other only: a bot that answers its webhook slowly does not slow the phone down. */
function step(ctx: Context, message: Outgoing, afterMs: number, run: () => void): void {
  const lane = `out:${message.contact.id}`;
  const due = ctx.clock.now() + afterMs;
  enqueue(ctx.queue, ctx.clock, { due, lane, run: () => Promise.resolve(run()) });
}

function report(ctx: Context, message: Outgoing, status: MessageStatus, failure?: Failure): void {
  const { contact, id } = message;
  if (takeFault(ctx, "lostStatus", contact.id)) return;
  const error = failure && wireError(codeOf(failure), failure.details);
  const value = statusValue(ctx, message, status, error);
  const late = takeFault(ctx, "late", contact.id, ({ of }) => of === "statuses");
  const wait = late ? lateness(ctx, late, `${id}:${status}`) : 0;
  const lane = wait > 0 ? `late:${id}:${status}` : `status:${contact.id}`;
  const copies = takeFault(ctx, "duplicate", contact.id, ({ of }) => of === "statuses") ? 2 : 1;
  for (let copy = 0; copy < copies; copy++) deliverAt(ctx, lane, ctx.clock.now() + wait, value);
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
      const code = codeOf(failure);
      bubble.error = { code, title: errorInfo(code)?.title ?? failure.details };
      message.contact.failed.push(bubble);
      mark(ctx, message, bubble, "failed");
    }
    report(ctx, message, "failed", failure);
  });
}

// ---------------------------------------------------------------- devices

const SHOWN_BY_OLD: ReadonlySet<BubbleKind> = new Set([
  "text",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "template",
]);

function shows(device: Device, { kind }: Pick<Bubble, "kind">): boolean {
  if (kind === "address" && device.kind === "web") return false;
  return !device.old || SHOWN_BY_OLD.has(kind);
}

/** Why a device cannot show it; undefined where all can. `whole`: none can. */
export function deviceFailure(
  contact: ContactState,
  bubble: Pick<Bubble, "kind">,
): { readonly failure: Failure; readonly whole: boolean } | undefined {
  const able = contact.devices.filter((device) => shows(device, bubble)).length;
  if (able === contact.devices.length) return undefined;
  const rule = bubble.kind === "address" ? "client-shows-the-address-form" : "client-shows-the-kind";
  const details = `A client of the recipient is too old for, or cannot show, a message of this kind (${bubble.kind})`;
  return { failure: { rule, details }, whole: able === 0 };
}

// ---------------------------------------------------------------- arrival

function delivered(ctx: Context, message: Outgoing, bubble: MutableBubble): void {
  arrive(ctx, message, bubble);
  if (bubble.media?.voice) ctx.unplayed.set(message.id, message);
  mark(ctx, message, bubble, "delivered");
  report(ctx, message, "delivered");
  const partly = deviceFailure(message.contact, bubble);
  if (partly) report(ctx, message, "failed", partly.failure);
}

function isRead(ctx: Context, message: Outgoing, bubble: MutableBubble): void {
  if (bubble.status !== "delivered") return;
  mark(ctx, message, bubble, "read");
  report(ctx, message, "read");
}

/** The user listened to a voice message, of which the business hears once. */
export function isPlayed(ctx: Context, id: string): void {
  const message = ctx.unplayed.get(id);
  if (!message) return;
  ctx.unplayed.delete(id);
  report(ctx, message, "played");
}

/** Waits for the phone, as long as WhatsApp keeps a message. */
function waits(ctx: Context, message: Outgoing, bubble: MutableBubble, reads: boolean): void {
  const life =
    message.category === "authentication" ? LIMITS.undeliveredAuthenticationLife.max : LIMITS.undeliveredLife.max;
  const run = (): void => {
    delivered(ctx, message, bubble);
    if (reads) isRead(ctx, message, bubble);
  };
  message.contact.waiting.push({ until: ctx.clock.now() + life, run });
}

/** Arrives on the phone, unless its user blocks the business, and as soon as it is online. */
export function arrives(ctx: Context, message: Outgoing, bubble: MutableBubble): void {
  const { contact } = message;
  const { sent, delivered: afterMs, read } = ctx.settings.delays;
  const reads = read !== null && contact.reads;
  step(ctx, message, sent, () => {
    mark(ctx, message, bubble, "sent");
    report(ctx, message, "sent");
  });
  step(ctx, message, Math.max(sent, afterMs), () => {
    if (contact.blocks) return;
    if (contact.online) delivered(ctx, message, bubble);
    else waits(ctx, message, bubble, reads);
  });
  if (!reads) return;
  step(ctx, message, Math.max(sent, afterMs, read), () => isRead(ctx, message, bubble));
}

/** What waited for the phone arrives, but for what WhatsApp gave up. */
export function comesOnline(ctx: Context, contact: ContactState): void {
  const now = ctx.clock.now();
  for (const { until, run } of contact.waiting.splice(0)) if (now <= until) run();
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

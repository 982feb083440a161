import { LIMITS, type MessageRequest, type MessageResponse, type PricingCategory } from "@parley/whatsapp";
import type { MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, emit, type Outgoing, publicContact, type StoredMessage } from "../context.ts";
import { takeFault } from "../faults/take.ts";
import { createWamid } from "../ids.ts";
import { type BubbleParts, bubbleParts } from "../phone/outgoing.ts";
import { take } from "../rates.ts";
import { type Answer, broken } from "./answer.ts";
import { callRefusal } from "./call-requests.ts";
import { countryRefusal } from "./countries.ts";
import { mediaFailure, mediaRefusal } from "./media.ts";
import { keepOrder, orderFailure, orderRefusal } from "./orders.ts";
import { arrives, deviceFailure, type Failure, fails, reacts } from "./progress.ts";
import { recipientOf } from "./recipient.ts";
import { findTemplate, isRefusal, type Refusal, templateParts } from "./templates.ts";

interface Content {
  /** Absent: a reaction. */
  readonly parts?: BubbleParts;
  readonly category: PricingCategory;
}

const CATEGORIES = { UTILITY: "utility", MARKETING: "marketing", AUTHENTICATION: "authentication" } as const;

function contentOf(ctx: Context, request: MessageRequest): Content | Refusal {
  if (request.type === "reaction") return { category: "service" };
  if (request.type !== "template") return { category: "service", parts: bubbleParts(request) };
  const approved = findTemplate(ctx, request.template);
  if (isRefusal(approved)) return approved;
  const parts = templateParts(approved, request);
  return isRefusal(parts) ? parts : { category: CATEGORIES[approved.category], parts };
}

function windowIsOpen(ctx: Context, contact: ContactState): boolean {
  return contact.lastWroteAt !== undefined && ctx.clock.now() - contact.lastWroteAt <= LIMITS.serviceWindow.max;
}

/** A reaction's target: a bubble of this chat, not older than thirty days. Reactions have no bubble, so they are none. */
function reactionTarget(ctx: Context, contact: ContactState, id: string): MutableBubble | undefined {
  const target: StoredMessage | undefined = ctx.messages.get(id);
  if (!target || target.contact !== contact) return undefined;
  const alive = ctx.clock.now() - target.at <= LIMITS.reactionTargetAge.max && !target.bubble?.deleted;
  return alive ? target.bubble : undefined;
}

function windowFailure(ctx: Context, contact: ContactState, request: MessageRequest): Failure | undefined {
  if (request.type === "template" || windowIsOpen(ctx, contact)) return undefined;
  const details =
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.";
  return { rule: "window-is-open", details };
}

function identityFailure(contact: ContactState, request: MessageRequest): Failure | undefined {
  const { recipient_identity_key_hash: hash } = request;
  if (hash === undefined || hash === contact.identityKey) return undefined;
  return { rule: "identity-is-the-same", details: "The identity of the user has changed" };
}

function reactionFailure(ctx: Context, contact: ContactState, request: MessageRequest): Failure | undefined {
  if (request.type !== "reaction" || reactionTarget(ctx, contact, request.reaction.message_id)) return undefined;
  const details = "The message to react to is unknown, deleted, a reaction or older than 30 days.";
  return { rule: "reaction-has-a-target", details };
}

/** Why a message that was accepted will not arrive; undefined where it will. */
function failureOf(
  ctx: Context,
  contact: ContactState,
  request: MessageRequest,
  { category, parts }: Content,
): Failure | undefined {
  const fault = takeFault(ctx, "failDelivery", contact.id);
  if (fault) {
    emit(ctx, { kind: "fault", contact: publicContact(contact), fault });
    return { code: fault.code ?? 131026, details: "Message undeliverable: the emulator was told so" };
  }
  if (!contact.onWhatsApp) return { rule: "user-is-on-whatsapp", details: "The recipient is not a WhatsApp user" };
  if (category === "marketing" && !contact.marketing)
    return { rule: "user-takes-marketing", details: "The user has stopped marketing messages from this business" };
  const shown = parts && deviceFailure(contact, parts);
  return (
    identityFailure(contact, request) ??
    windowFailure(ctx, contact, request) ??
    reactionFailure(ctx, contact, request) ??
    mediaFailure(ctx, request) ??
    orderFailure(ctx, request) ??
    (shown?.whole ? shown.failure : undefined)
  );
}

function overRate(ctx: Context, contact: ContactState): Answer | undefined {
  if (!ctx.settings.rates) return undefined;
  const now = ctx.clock.now();
  if (!take(ctx.throughput, now)) {
    return broken(ctx, "throughput-is-kept", `Over ${LIMITS.throughput.max} messages per second through this number`);
  }
  if (take(contact.pair, now)) return undefined;
  return broken(ctx, "pair-rate-is-kept", "Too many messages from this number to the same user in a short time");
}

/** A quote is shown only where the message is in this chat, not deleted and not older than thirty days. */
function quoteOf(ctx: Context, contact: ContactState, request: MessageRequest): { readonly quote?: string } {
  const target = ctx.messages.get(request.context?.message_id ?? "");
  const isThere = target?.contact === contact && !target.bubble?.deleted;
  const shown = isThere && ctx.clock.now() - target.at <= LIMITS.quoteAge.max && request.type !== "template";
  return shown ? { quote: target.id } : {};
}

/** An answer within a day to a user who came from an ad makes three days free. */
function entersFree(ctx: Context, contact: ContactState): void {
  const now = ctx.clock.now();
  if (contact.adAt === undefined || now - contact.adAt > LIMITS.freeEntryReply.max) return;
  contact.freeUntil = now + LIMITS.freeEntryPoint.max;
  contact.adAt = undefined;
}

function priceOf(ctx: Context, contact: ContactState, { category }: Content): Outgoing["price"] {
  if ((contact.freeUntil ?? 0) > ctx.clock.now()) return "free_entry_point";
  const free = category === "service" || (category === "utility" && windowIsOpen(ctx, contact));
  return free ? "free_customer_service" : "regular";
}

function accept(ctx: Context, contact: ContactState, request: MessageRequest, content: Content): string {
  const id = createWamid(ctx.random, contact.phone ?? contact.id, "out");
  const at = ctx.clock.now();
  const bubble: MutableBubble | undefined = content.parts && {
    ...content.parts,
    ...quoteOf(ctx, contact, request),
    n: 0,
    changed: 0,
    id,
    from: "business",
    at,
    status: "accepted",
  };
  entersFree(ctx, contact);
  ctx.messages.set(id, { id, contact, from: "business", at, ...(bubble ? { bubble } : {}) });
  const message: Outgoing = {
    id,
    contact,
    category: content.category,
    price: priceOf(ctx, contact, content),
    ...(request.biz_opaque_callback_data === undefined ? {} : { callbackData: request.biz_opaque_callback_data }),
    ...(request.recipient_identity_key_hash === undefined ? {} : { identityKey: request.recipient_identity_key_hash }),
  };
  const failure = failureOf(ctx, contact, request, content);
  if (!failure) keepOrder(ctx, contact, request, bubble);
  if (failure) fails(ctx, message, bubble, failure);
  else if (bubble) arrives(ctx, message, bubble);
  else if (request.type === "reaction") {
    const target = reactionTarget(ctx, contact, request.reaction.message_id);
    if (target) reacts(ctx, message, target, request.reaction.emoji);
  }
  return id;
}

function accepted(contact: ContactState, request: MessageRequest, id: string): MessageResponse {
  const input = request.to ?? request.recipient ?? "";
  const known =
    request.to === undefined ? { user_id: contact.userId ?? contact.id } : { wa_id: contact.phone ?? contact.id };
  const status = request.type === "template" ? ({ message_status: "accepted" } as const) : {};
  return { messaging_product: "whatsapp", contacts: [{ input, ...known }], messages: [{ id, ...status }] };
}

/** Takes a message that the schemas and rules passed: recipient, country, media, rates, template; then it is on its way. */
export function send(ctx: Context, request: MessageRequest): Answer {
  const contact = recipientOf(ctx, request);
  if ("status" in contact) return contact;
  if (contact.blocked) {
    const details = "Unable to deliver the message. This business has blocked the end user on WhatsApp";
    return broken(ctx, "recipient-is-not-blocked", details);
  }
  const refused =
    countryRefusal(ctx, contact, request) ??
    mediaRefusal(ctx, request) ??
    orderRefusal(ctx, request) ??
    callRefusal(ctx, contact, request);
  if (refused) return refused;
  const limited = overRate(ctx, contact);
  if (limited) return limited;
  const content = contentOf(ctx, request);
  if (isRefusal(content)) return broken(ctx, content.rule, content.details);
  if (content.category === "authentication" && request.to === undefined)
    return broken(ctx, "user-id-takes-no-code", "Authentication templates need a phone number");
  const id = accept(ctx, contact, request, content);
  return { status: 200, body: accepted(contact, request, id) };
}

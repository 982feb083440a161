import type { InboundContent, InboundContext, Referral, WireMessage } from "@parley/whatsapp";
import type { MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, touch } from "../context.ts";
import { takeFault } from "../faults.ts";
import { createWamid } from "../ids.ts";
import { spend } from "../rates.ts";
import { deliverAt } from "../webhooks/deliver.ts";
import { messageValue, sender, wireTime } from "../webhooks/values.ts";
import type { BubbleParts } from "./outgoing.ts";

interface Extras {
  readonly context?: InboundContext;
  readonly referral?: Referral;
}

/** Sends what the user did to the business: twice or late where a fault says so. Any message opens the window again. */
function transmit(ctx: Context, contact: ContactState, id: string, content: InboundContent, extras: Extras): void {
  const now = ctx.clock.now();
  contact.lastWroteAt = now;
  spend(ctx.throughput, now);
  const message: WireMessage = { ...content, ...sender(contact), id, timestamp: wireTime(now), ...extras };
  const value = messageValue(ctx, contact, message);
  const late = takeFault(ctx, "late", contact.id)?.ms ?? 0;
  const copies = takeFault(ctx, "duplicate", contact.id) ? 2 : 1;
  // A late message is overtaken by what follows it, so it goes on a way of its own.
  const lane = late > 0 ? `late:${id}` : `in:${contact.id}`;
  for (let copy = 0; copy < copies; copy++) deliverAt(ctx, lane, now + late, value);
}

/** A message of the user: on the phone at once, on its way to the business. */
export function writes(
  ctx: Context,
  contact: ContactState,
  content: InboundContent,
  parts: BubbleParts,
  extras: Extras = {},
): MutableBubble {
  const id = createWamid(ctx.random, contact.id, "in");
  const at = ctx.clock.now();
  const bubble: MutableBubble = {
    ...parts,
    n: contact.history.length + 1,
    changed: 0,
    id,
    from: "user",
    at,
    status: "sent",
    ...(extras.referral === undefined ? {} : { referral: extras.referral }),
    ...(extras.context?.id === undefined ? {} : { quote: extras.context.id }),
  };
  contact.history.push(bubble);
  ctx.messages.set(id, { id, contact, from: "user", at, bubble });
  touch(ctx, contact, bubble);
  transmit(ctx, contact, id, content, extras);
  return bubble;
}

/** A reaction of the user, or its removal. */
export function reactsTo(ctx: Context, contact: ContactState, target: MutableBubble, emoji: string): void {
  const { user: _, ...others } = target.reactions ?? {};
  target.reactions = emoji === "" ? others : { ...others, user: emoji };
  touch(ctx, contact, target);
  const id = createWamid(ctx.random, contact.id, "in");
  ctx.messages.set(id, { id, contact, from: "user", at: ctx.clock.now() });
  const reaction = { message_id: target.id, ...(emoji === "" ? {} : { emoji }) };
  transmit(ctx, contact, id, { type: "reaction", reaction }, {});
}

import type { InboundContent, InboundContext, Referral, WireMessage } from "@parley/whatsapp";
import type { MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, emit, publicContact, touch } from "../context.ts";
import { jump, lateness, takeFault } from "../faults/take.ts";
import { createWamid } from "../ids.ts";
import { spend } from "../rates.ts";
import { PhoneError } from "../types.ts";
import { deliverAt } from "../webhooks/deliver.ts";
import { enqueue } from "../webhooks/queue.ts";
import { messageValue, sender, wireTime } from "../webhooks/values.ts";
import type { BubbleParts } from "./outgoing.ts";

interface Extras {
  readonly context?: InboundContext;
  readonly referral?: Referral;
}

/** When and how often the webhook of a message comes, by the faults that are set. */
interface Way {
  readonly lane: string;
  readonly waitMs: number;
  readonly copies: number;
}

const forMessages = ({ of }: { readonly of?: string }): boolean => of !== "statuses";

function wayOf(ctx: Context, contact: ContactState, id: string): Way {
  const late = takeFault(ctx, "late", contact.id, forMessages);
  const waitMs = late ? lateness(ctx, late, id) : 0;
  const duplicate = takeFault(ctx, "duplicate", contact.id, forMessages);
  const copies = duplicate ? 2 : 1;
  if (late) emit(ctx, { kind: "fault", contact: publicContact(contact), fault: { ...late, ms: waitMs } });
  if (duplicate) emit(ctx, { kind: "fault", contact: publicContact(contact), fault: duplicate });
  // A late message is overtaken by what follows it, so it goes on a way of its own.
  return { lane: waitMs > 0 ? `late:${id}` : `in:${contact.id}`, waitMs, copies };
}

const HELD_MS = 60_000;

/** Holds a webhook back until the next one of the contact is on its way, or nothing else came for a while. */
function holdBack(ctx: Context, contact: ContactState, ms: number, go: () => void): void {
  let gone = false;
  const once = (): void => {
    if (gone) return;
    gone = true;
    if (contact.held === once) contact.held = undefined;
    go();
  };
  contact.held = once;
  const due = ctx.clock.now() + ms;
  enqueue(ctx.queue, ctx.clock, { due, lane: `held:${contact.id}`, run: () => Promise.resolve(once()) });
}

/** Sends what the user did to the business, as faults allow. Any message opens the window again. */
export function transmit(
  ctx: Context,
  contact: ContactState,
  id: string,
  content: InboundContent,
  extras: Extras & Pick<WireMessage, "errors"> = {},
): void {
  const now = ctx.clock.now();
  if (contact.blocked) return;
  contact.lastWroteAt = now;
  spend(ctx.throughput, now);
  const message: WireMessage = { ...content, ...sender(contact), id, timestamp: wireTime(now), ...extras };
  const value = messageValue(ctx, contact, message);
  const { lane, waitMs, copies } = wayOf(ctx, contact, id);
  const go = (): void => {
    for (let copy = 0; copy < copies; copy++) deliverAt(ctx, lane, ctx.clock.now() + waitMs, value);
  };
  const reorder = takeFault(ctx, "reorder", contact.id);
  const before = contact.held;
  if (reorder) holdBack(ctx, contact, reorder.ms ?? HELD_MS, go);
  else go();
  before?.();
  jump(ctx, contact.id);
}

/** A message of the user: on the phone at once, on its way to the business. */
export function writes(
  ctx: Context,
  contact: ContactState,
  content: InboundContent,
  parts: BubbleParts,
  extras: Extras = {},
): MutableBubble {
  if (contact.blocks) throw new PhoneError(`${contact.name} blocks the business, and has to unblock it first`);
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

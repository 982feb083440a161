/** A number that is used in the WhatsApp Business app as well: what a person writes there. */
import type { Bubble, MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, touch } from "../context.ts";
import { createWamid } from "../ids.ts";
import { PhoneError } from "../types.ts";
import { deliverChange } from "../webhooks/deliver.ts";
import { echoValue } from "../webhooks/values.ts";

/** On the phone at once; the webhook hears of it as an echo. Statuses of it go to the app alone. */
export function personWrites(ctx: Context, contact: ContactState, text: string): Bubble {
  if (text.trim() === "") throw new PhoneError("the app sends no empty message");
  const at = ctx.clock.now();
  const id = createWamid(ctx.random, contact.phone ?? contact.id, "out");
  const bubble: MutableBubble = {
    kind: "text",
    text,
    n: contact.history.length + 1,
    changed: 0,
    id,
    from: "business",
    at,
    status: "delivered",
  };
  contact.history.push(bubble);
  ctx.messages.set(id, { id, contact, from: "business", at, bubble });
  touch(ctx, contact, bubble);
  const value = echoValue(ctx, contact, id, at, text);
  deliverChange(ctx, `echo:${contact.id}`, at, { field: "smb_message_echoes", value });
  return bubble;
}

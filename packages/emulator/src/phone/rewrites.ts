/** What users do to messages that they sent. */
import type { InboundContent } from "@parley/whatsapp";
import type { Bubble, MutableBubble } from "../bubble.ts";
import { type ContactState, type Context, touch } from "../context.ts";
import { createWamid } from "../ids.ts";
import { PhoneError } from "../types.ts";
import { wireError } from "../webhooks/values.ts";
import { bubbleOf } from "./history.ts";
import { transmit } from "./incoming.ts";

/** As WhatsApp's clients allow. */
const EDIT_MS = 15 * 60_000;
const DELETE_MS = 2 * 86_400_000;

function ownBubble(ctx: Context, contact: ContactState, id: string, within: number): MutableBubble {
  const bubble = bubbleOf(contact, id);
  if (bubble.from !== "user" || bubble.deleted) throw new PhoneError("only an own message can be changed");
  if (ctx.clock.now() - bubble.at > within) throw new PhoneError("the message is too old to be changed");
  return bubble;
}

/** A number of the API alone hears of an edit as of something that it cannot read. */
export function edits(ctx: Context, contact: ContactState, id: string, text: string): Bubble {
  const bubble = ownBubble(ctx, contact, id, EDIT_MS);
  if (bubble.kind !== "text" || bubble.tapped !== undefined) throw new PhoneError("only a text can be edited");
  if (text.trim() === "") throw new PhoneError("a phone sends no empty message");
  bubble.text = text;
  bubble.edited = true;
  touch(ctx, contact, bubble);
  const wamid = createWamid(ctx.random, contact.id, "in");
  if (!ctx.settings.coexistence) {
    const content: InboundContent = { type: "unsupported", unsupported: { type: "edit" } };
    transmit(ctx, contact, wamid, content, {
      errors: [wireError(131_051, "Message type is not currently supported.")],
    });
    return bubble;
  }
  const edit = { original_message_id: id, message: { type: "text", text: { body: text } } };
  transmit(ctx, contact, wamid, { type: "edit", edit });
  return bubble;
}

/** A number of the API alone does not hear of it. */
export function deletes(ctx: Context, contact: ContactState, id: string): Bubble {
  const bubble = ownBubble(ctx, contact, id, DELETE_MS);
  for (const key of ["text", "media", "location", "contacts", "order"] as const) delete bubble[key];
  bubble.deleted = true;
  touch(ctx, contact, bubble);
  if (!ctx.settings.coexistence) return bubble;
  const wamid = createWamid(ctx.random, contact.id, "in");
  transmit(ctx, contact, wamid, { type: "revoke", revoke: { original_message_id: id } });
  return bubble;
}

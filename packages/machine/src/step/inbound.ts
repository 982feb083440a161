/** What an inbound message is to a conversation. */
import type { InboundContactCard, InboundMedia, InboundMessage, InboundOrder, Referral } from "@parley/whatsapp";
import type { MessageEvent } from "../events.ts";
import { phoneValue } from "../expr/roots.ts";
import type { MediaKind, Value } from "../format.ts";
import type { Reply } from "../snapshot.ts";
import { decodeWireId, type WireId } from "../wire-id.ts";

export interface Inbound {
  readonly reply: Reply;
  /** Of an ask of ours, carried by what was tapped. */
  readonly tap: WireId | undefined;
  /** Of the ask that a location, a contact or an order answers. */
  readonly answers: WireId | undefined;
  /** Typed, or the label of a button that is none of ours. */
  readonly text: string | null;
  readonly referral: Referral | undefined;
}

/** Undefined for what is nothing that the user says: reactions, edits, deletions, notices. */
export function readInbound(event: MessageEvent): Inbound | undefined {
  const content = readContent(event.message);
  if (!content) return undefined;
  const { kind, label, tapped, value } = content;
  const tap = tapped === undefined ? undefined : decodeWireId(tapped);
  const text = content.text ?? label ?? null;
  const said = { kind, id: event.messageId, at: event.sentAt, text, option: tap?.option ?? null };
  const reply: Reply = value ? { ...said, ...value } : said;
  return {
    reply: event.referral ? { ...reply, referral: referralValue(event.referral) } : reply,
    tap,
    answers: value && !value.media && event.ask !== undefined ? decodeWireId(event.ask) : undefined,
    text: tap ? null : text,
    referral: event.referral,
  };
}

interface Content {
  readonly kind: string;
  readonly text?: string;
  readonly value?: Pick<Reply, "media" | "location" | "order" | "contact">;
  /** The id that came with a tap, and what the user saw of it. */
  readonly tapped?: string;
  readonly label?: string;
}

function readContent(message: InboundMessage): Content | undefined {
  switch (message.type) {
    case "text":
      return { kind: "text", text: message.text.body };
    case "image":
      return mediaContent("image", message.image);
    case "video":
      return mediaContent("video", message.video);
    case "audio":
      return mediaContent("audio", message.audio);
    case "document":
      return mediaContent("document", message.document);
    case "sticker":
      return mediaContent("sticker", message.sticker);
    case "location": {
      const { latitude, longitude, name, address } = message.location;
      const location = { latitude, longitude, name: name ?? null, address: address ?? null };
      return { kind: "location", value: { location } };
    }
    case "contacts":
      return { kind: "contact", value: { contact: cardValue(message.contacts[0]) } };
    case "order":
      return { kind: "order", value: { order: orderValue(message.order) } };
    case "button":
      return { kind: "tap", tapped: message.button.payload, label: message.button.text };
    case "interactive":
      return readInteractive(message.interactive);
    case "unsupported":
    case "unknown":
      return { kind: "other" };
    case "reaction":
    case "edit":
    case "revoke":
    case "system":
    case "request_welcome":
      return undefined;
    default:
      return message satisfies never;
  }
}

type Interactive = Extract<InboundMessage, { type: "interactive" }>["interactive"];

function readInteractive(interactive: Interactive): Content {
  switch (interactive.type) {
    case "button_reply":
      return { kind: "tap", tapped: interactive.button_reply.id, label: interactive.button_reply.title };
    case "list_reply":
      return { kind: "tap", tapped: interactive.list_reply.id, label: interactive.list_reply.title };
    case "nfm_reply":
      return { kind: interactive.nfm_reply.name === "address_message" ? "address" : "form" };
    case "call_permission_reply":
      return { kind: "other" };
    default:
      return interactive satisfies never;
  }
}

function mediaContent(kind: MediaKind, media: InboundMedia): Content {
  const { id, mime_type: mime, filename, caption } = media;
  const [type, name, text] = [mime ?? "application/octet-stream", filename ?? null, caption ?? null];
  return { kind, value: { media: { kind, mime: type, name, caption: text, id, link: null } } };
}

function cardValue(card: InboundContactCard | undefined): Value {
  if (!card) return null;
  const phones = (card.phones ?? []).flatMap(({ phone, wa_id: id }) => phoneOf(id ?? phone) ?? []);
  return { name: card.name.formatted_name, phones };
}

/** Only numbers with a country code are phone values; a number of the card alone may have none. */
function phoneOf(number: string): string | undefined {
  const phone = phoneValue(number.replace(/[\s().-]/g, ""));
  return phone !== null && /^\+[1-9]\d{4,14}$/.test(phone) ? phone : undefined;
}

function orderValue(order: InboundOrder): Value {
  const items = order.product_items.map((item) => ({
    sku: item.product_retailer_id,
    quantity: item.quantity,
    price: item.item_price,
    currency: item.currency,
  }));
  return { items, note: order.text?.trim() ? order.text : null };
}

function referralValue({ source_id: id, source_url: url, headline }: Referral): Value {
  return { id: id ?? null, url: url ?? null, headline: headline ?? null };
}

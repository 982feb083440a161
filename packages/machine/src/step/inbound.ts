/** What an inbound message is to a conversation. */
import {
  codePoints,
  type FlowReply,
  flowResponse,
  type InboundContactCard,
  type InboundMedia,
  type InboundMessage,
  type InboundOrder,
  LIMITS,
  type Referral,
} from "@parley/whatsapp";
import type { MessageEvent } from "../events.ts";
import { phoneValue } from "../expr/roots.ts";
import type { MediaKind, Value } from "../format.ts";
import type { Reply } from "../snapshot.ts";
import { decodeWireId, type WireId } from "../wire-id.ts";

export interface Inbound {
  readonly reply: Reply;
  /** Of an ask of ours, carried by what was tapped. */
  readonly tap: WireId | undefined;
  /** Of the ask that a location, a contact, an order or a form answers. */
  readonly answers: WireId | undefined;
  /** What was filled into a form, without its token; it is in no snapshot. */
  readonly filled: Value | undefined;
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
    answers: answersOf(event, content),
    filled: content.form?.filled,
    text: tap ? null : text,
    referral: event.referral,
  };
}

/** A form says itself which ask it is of; an address, like other messages, by what it quotes. */
function answersOf({ ask }: MessageEvent, { value, form }: Content): WireId | undefined {
  const named = form?.token === undefined ? undefined : decodeWireId(form.token);
  if (named) return named;
  return ask !== undefined && (form || (value && !value.media)) ? decodeWireId(ask) : undefined;
}

interface Content {
  readonly kind: string;
  readonly form?: { readonly token?: string; readonly filled: Value };
  readonly text?: string;
  readonly value?: Pick<Reply, "media" | "location" | "order" | "contacts">;
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
      return { kind: "contact", value: { contacts: message.contacts.flatMap((card) => cardValue(card) ?? []) } };
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
      return formContent(interactive.nfm_reply);
    case "call_permission_reply":
      return { kind: "other" };
    default:
      return interactive satisfies never;
  }
}

/** The text of the answer is Meta's own word ("Sent"): nothing that the user says. */
function formContent(reply: FlowReply): Content {
  const { flow_token: token, ...fields } = flowResponse(reply) ?? {};
  if (reply.name === "address_message")
    return { kind: "address", form: { filled: (fields["values"] ?? null) as Value } };
  const named = typeof token === "string" ? { token } : {};
  return { kind: "form", form: { ...named, filled: fields as Value } };
}

function mediaContent(kind: MediaKind, media: InboundMedia): Content {
  const { id, mime_type: mime, filename, caption } = media;
  const type = words(mime, MEDIA_LENGTHS.mime) ?? "application/octet-stream";
  const [name, text] = [words(filename, MEDIA_LENGTHS.name), words(caption, MEDIA_LENGTHS.caption)];
  return { kind, value: { media: { kind, mime: type, name, caption: text, id, link: null } } };
}

/** Of the fields of `media`, in code points. */
const MEDIA_LENGTHS = { mime: 100, name: 240, caption: LIMITS.caption.max } as const;
const CARD_NAME = 200;
const CARD_PHONES = 20;

/** Trimmed and cut to its type; null for nothing. */
function words(text: string | undefined, max: number): string | null {
  const trimmed = (text ?? "").trim();
  return trimmed === "" ? null : codePoints(trimmed) <= max ? trimmed : [...trimmed].slice(0, max).join("").trim();
}

/** Undefined for one that has neither a name nor a number. */
function cardValue(card: InboundContactCard): Value | undefined {
  // The wire's cards are not looked into before.
  const { name: names, phones: listed }: Partial<InboundContactCard> = card;
  const phones = (listed ?? []).flatMap(({ phone, wa_id: id }) => phoneOf(id ?? phone) ?? []).slice(0, CARD_PHONES);
  const name = words(names?.formatted_name, CARD_NAME) ?? phones[0];
  return name === undefined ? undefined : { name, phones };
}

/** Only numbers with a country code are phone values; a number of the card alone may have none. */
function phoneOf(number: string | undefined): string | undefined {
  const phone = phoneValue((number ?? "").replace(/[\s().-]/g, ""));
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

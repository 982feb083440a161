import { base64OfHex, mediaUrl, storeMedia } from "../api/media-store.ts";
import { pays } from "../api/orders.ts";
import { isPlayed } from "../api/progress.ts";
import type { Bubble, MediaKind } from "../bubble.ts";
import { type ContactState, type Context, publicContact } from "../context.ts";
import { type PayOptions, type Phone, PhoneError } from "../types.ts";
import { hangsUp, rings } from "./calls.ts";
import { changes, changesNumber } from "./changes.ts";
import { bubbleOf, contextOf, newestOf } from "./history.ts";
import { reactsTo, writes } from "./incoming.ts";
import { permitsCalls, sharesContact } from "./replies.ts";
import { deletes, edits } from "./rewrites.ts";
import { findOption, tapContent } from "./taps.ts";

const MIME: Readonly<Record<MediaKind, string>> = {
  image: "image/jpeg",
  video: "video/mp4",
  audio: "audio/ogg; codecs=opus",
  document: "application/pdf",
  sticker: "image/webp",
};

function taps(ctx: Context, contact: ContactState, option: string, of: string | undefined): Bubble {
  const from = of === undefined ? contact.history : [bubbleOf(contact, of)];
  // An id is exact: it wins over the same word as a title of a newer message.
  const fits = [
    (bubble: Bubble) => findOption(bubble, option)?.id === option,
    (bubble: Bubble) => findOption(bubble, option) !== undefined,
  ];
  const bubble = from.findLast(fits[0] as (b: Bubble) => boolean) ?? from.findLast(fits[1] as (b: Bubble) => boolean);
  const found = bubble && findOption(bubble, option);
  if (!found) {
    throw new PhoneError(
      `no message on ${contact.name}'s phone ${of === undefined ? "" : `with id ${of} `}has an option "${option}"`,
    );
  }
  const parts = { kind: "text", text: found.title, tapped: found.id } as const;
  return writes(ctx, contact, tapContent(found), parts, { context: contextOf(ctx, contact, bubble) });
}

function sendsLocation(ctx: Context, contact: ContactState, location: Parameters<Phone["sendsLocation"]>[0]): Bubble {
  const newest = newestOf(contact, () => true);
  const asked = newest?.kind === "locationRequest" ? { context: contextOf(ctx, contact, newest) } : {};
  return writes(ctx, contact, { type: "location", location }, { kind: "location", location }, asked);
}

function sendsMedia(ctx: Context, contact: ContactState, media: Parameters<Phone["sendsMedia"]>[0]): Bubble {
  const { kind, caption, filename, voice } = media;
  const mimeType = media.mimeType ?? MIME[kind];
  const bytes = media.bytes ?? new TextEncoder().encode(`${kind} of ${contact.name}`);
  const stored = storeMedia(ctx, "user", mimeType, bytes);
  const { id, sha256 } = stored;
  const wire = {
    id,
    mime_type: mimeType,
    sha256: base64OfHex(sha256),
    url: mediaUrl(ctx, stored, ctx.origin),
    ...(caption === undefined ? {} : { caption }),
    ...(filename === undefined ? {} : { filename }),
    ...(voice === undefined ? {} : { voice }),
  };
  const shown = {
    kind,
    id,
    mimeType,
    ...(filename === undefined ? {} : { filename }),
    ...(voice === undefined ? {} : { voice }),
  };
  const parts = { kind, media: shown, ...(caption === undefined ? {} : { text: caption }) };
  switch (kind) {
    case "image":
      return writes(ctx, contact, { type: "image", image: wire }, parts);
    case "video":
      return writes(ctx, contact, { type: "video", video: wire }, parts);
    case "audio":
      return writes(ctx, contact, { type: "audio", audio: wire }, parts);
    case "document":
      return writes(ctx, contact, { type: "document", document: wire }, parts);
    case "sticker":
      return writes(ctx, contact, { type: "sticker", sticker: wire }, parts);
  }
}

function sendsForm(ctx: Context, contact: ContactState, response: object, of: string | undefined): Bubble {
  const token = ({ buttons }: Bubble): string | undefined => buttons?.find(({ kind }) => kind === "form")?.id;
  const isForm = (bubble: Bubble): boolean => bubble.kind === "address" || token(bubble) !== undefined;
  const form = of === undefined ? newestOf(contact, isForm) : bubbleOf(contact, of);
  if (!form || !isForm(form)) throw new PhoneError(`${contact.name}'s phone shows no form`);
  const name = form.kind === "address" ? "address_message" : "flow";
  const sent = form.kind === "address" ? response : { ...response, flow_token: token(form) };
  const nfm_reply = { name, body: "Sent", response_json: JSON.stringify(sent) };
  return writes(
    ctx,
    contact,
    { type: "interactive", interactive: { type: "nfm_reply", nfm_reply } },
    { kind: "text", text: "Sent", filled: response },
    { context: contextOf(ctx, contact, form) },
  );
}

/** A cart is sent from the message that shows its products, or from the catalog, which belongs to no message. */
function sendsOrder(ctx: Context, contact: ContactState, order: Parameters<Phone["sendsOrder"]>[0]): Bubble {
  const { text, items, of } = order;
  if (items.length === 0) throw new PhoneError("a cart without products cannot be sent");
  const shows = ({ kind, products }: Bubble): boolean =>
    kind === "catalog" || items.every((item) => products?.includes(item.product_retailer_id) ?? false);
  const from = of === undefined ? newestOf(contact, shows) : bubbleOf(contact, of);
  if (from && !shows(from)) throw new PhoneError(`the message ${from.id} does not show all these products`);
  const catalogId = order.catalogId ?? from?.catalogId ?? "1";
  return writes(
    ctx,
    contact,
    { type: "order", order: { catalog_id: catalogId, text: text ?? "", product_items: items } },
    { kind: "order", order: { catalogId, items, ...(text === undefined ? {} : { text }) } },
    from ? { context: contextOf(ctx, contact, from) } : {},
  );
}

function opens(ctx: Context, contact: ContactState, ad: string, options: Parameters<Phone["opens"]>[1] = {}): Bubble {
  const body = options.text ?? "Hello! Can I get more info on this?";
  const referral = {
    source_url: options.url ?? `https://fb.me/${ad}`,
    source_id: ad,
    source_type: "ad",
    headline: options.headline ?? "Chat with us",
    body: "",
    media_type: "image",
    ctwa_clid: ctx.random.hex(24),
  };
  if (contact.devices.some(({ kind }) => kind !== "web")) contact.adAt = ctx.clock.now();
  return writes(ctx, contact, { type: "text", text: { body } }, { kind: "text", text: body }, { referral });
}

function reacts(ctx: Context, contact: ContactState, emoji: string, to: string | undefined): Bubble {
  const target = to === undefined ? newestOf(contact, () => true) : bubbleOf(contact, to);
  if (!target) throw new PhoneError(`there is no message to react to on ${contact.name}'s phone`);
  reactsTo(ctx, contact, target, emoji);
  return target;
}

function paysFor(ctx: Context, contact: ContactState, { of, fails = false }: PayOptions): Bubble {
  const isOrder = ({ payment }: Bubble): boolean => payment !== undefined;
  const bubble = of === undefined ? newestOf(contact, isOrder) : bubbleOf(contact, of);
  if (!bubble) throw new PhoneError(`${contact.name}'s phone shows nothing to pay`);
  pays(ctx, bubble, fails);
  return bubble;
}

function playsVoice(ctx: Context, contact: ContactState, of: string | undefined): Bubble {
  const bubble = of === undefined ? newestOf(contact, ({ media }) => media?.voice === true) : bubbleOf(contact, of);
  if (!bubble?.media?.voice) throw new PhoneError(`${contact.name}'s phone shows no voice message to play`);
  isPlayed(ctx, bubble.id);
  return bubble;
}

export function createPhone(ctx: Context, contact: ContactState): Phone {
  return {
    get contact() {
      return publicContact(contact);
    },
    history: contact.history,
    failed: contact.failed,
    says: (text, options = {}) => {
      if (text.trim() === "") throw new PhoneError("a phone sends no empty message");
      const quote = options.quote === undefined ? undefined : bubbleOf(contact, options.quote);
      const extras = quote ? { context: contextOf(ctx, contact, quote) } : {};
      return writes(ctx, contact, { type: "text", text: { body: text } }, { kind: "text", text }, extras);
    },
    taps: (option, options = {}) => taps(ctx, contact, option, options.of),
    sendsLocation: (location) => sendsLocation(ctx, contact, location),
    sendsMedia: (media) => sendsMedia(ctx, contact, media),
    sendsContacts: (contacts) => writes(ctx, contact, { type: "contacts", contacts }, { kind: "contacts", contacts }),
    sendsOrder: (order) => sendsOrder(ctx, contact, order),
    sendsForm: (response, options = {}) => sendsForm(ctx, contact, response, options.of),
    reacts: (emoji, options = {}) => reacts(ctx, contact, emoji, options.to),
    opens: (ad, options) => opens(ctx, contact, ad, options),
    edits: (id, text) => edits(ctx, contact, id, text),
    deletes: (id) => deletes(ctx, contact, id),
    calls: (options = {}) => rings(ctx, contact, options.of),
    hangsUp: (call) => hangsUp(ctx, contact, call),
    pays: (options = {}) => paysFor(ctx, contact, options),
    plays: (options = {}) => playsVoice(ctx, contact, options.of),
    permitsCalls: (accept) => permitsCalls(ctx, contact, accept),
    sharesContact: () => sharesContact(ctx, contact),
    changesNumber: (phone) => changesNumber(ctx, contact, phone),
    changes: (change) => changes(ctx, contact, change),
  };
}

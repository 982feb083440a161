/** What a phone makes of a message of the business. */
import type { Header, Interactive, Location, MediaRef, OutgoingMessage } from "@parley/whatsapp";
import type {
  Bubble,
  BubbleButton,
  BubbleCard,
  BubbleKind,
  BubbleLocation,
  BubbleMedia,
  MediaKind,
} from "../bubble.ts";

/** The parts of a bubble that come from its message alone. */
export type BubbleParts = { readonly kind: BubbleKind } & Partial<
  Omit<Bubble, "n" | "changed" | "id" | "from" | "at" | "status" | "error" | "kind">
>;

export function mediaOf(
  kind: MediaKind,
  ref: MediaRef & { readonly filename?: string; readonly voice?: boolean },
): BubbleMedia {
  return {
    kind,
    ...(ref.id === undefined ? {} : { id: ref.id }),
    ...(ref.link === undefined ? {} : { link: ref.link }),
    ...(ref.filename === undefined ? {} : { filename: ref.filename }),
    ...(ref.voice === undefined ? {} : { voice: ref.voice }),
  };
}

export function locationOf(location: Location): BubbleLocation {
  return {
    latitude: Number(location.latitude),
    longitude: Number(location.longitude),
    ...(location.name === undefined ? {} : { name: location.name }),
    ...(location.address === undefined ? {} : { address: location.address }),
  };
}

function captioned(kind: "image" | "video" | "document", ref: MediaRef & { readonly caption?: string }): BubbleParts {
  return { kind, media: mediaOf(kind, ref), ...(ref.caption === undefined ? {} : { text: ref.caption }) };
}

function headerParts(header: Header | undefined): Pick<BubbleParts, "headerText" | "media"> {
  switch (header?.type) {
    case undefined:
      return {};
    case "text":
      return { headerText: header.text };
    case "image":
      return { media: mediaOf("image", header.image) };
    case "video":
      return { media: mediaOf("video", header.video) };
    case "document":
      return { media: mediaOf("document", header.document) };
  }
}

interface Framed {
  readonly header?: Header;
  readonly body?: { readonly text: string };
  readonly footer?: { readonly text: string };
}

function frame(interactive: Interactive): Omit<BubbleParts, "kind"> {
  const { header, body, footer } = interactive as Framed;
  return {
    ...headerParts(header),
    ...(body === undefined ? {} : { text: body.text }),
    ...(footer === undefined ? {} : { footer: footer.text }),
  };
}

function button(kind: BubbleButton["kind"], title: string, id: string = title, url?: string): BubbleButton {
  return { kind, id, title, ...(url === undefined ? {} : { url }) };
}

function cardOf(card: Extract<Interactive, { type: "carousel" }>["action"]["cards"][number]): BubbleCard {
  if (card.type === "product") return { buttons: [button("other", "View", card.action.product_retailer_id)] };
  const { action } = card;
  const media = headerParts(card.header).media;
  const buttons =
    "buttons" in action
      ? action.buttons.map(({ quick_reply }) => button("reply", quick_reply.title, quick_reply.id))
      : [button("url", action.parameters.display_text, undefined, action.parameters.url)];
  return { buttons, ...(media ? { media } : {}), ...(card.body ? { body: card.body.text } : {}) };
}

/** A button that calls works for a week where its message says nothing else. */
const WEEK_MINUTES = 7 * 24 * 60;

function interactiveParts(interactive: Interactive): BubbleParts {
  const parts = frame(interactive);
  switch (interactive.type) {
    case "button": {
      const buttons = interactive.action.buttons.map(({ reply }) => button("reply", reply.title, reply.id));
      return { kind: "buttons", ...parts, buttons };
    }
    case "list":
      return { kind: "list", ...parts, open: interactive.action.button, sections: interactive.action.sections };
    case "cta_url": {
      const { display_text, url } = interactive.action.parameters;
      return { kind: "link", ...parts, buttons: [button("url", display_text, url, url)] };
    }
    case "flow": {
      const { flow_cta, flow_token } = interactive.action.parameters;
      return { kind: "form", ...parts, buttons: [button("form", flow_cta, flow_token ?? "unused")] };
    }
    case "product":
      return {
        kind: "product",
        ...parts,
        catalogId: interactive.action.catalog_id,
        products: [interactive.action.product_retailer_id],
      };
    case "product_list": {
      const items = interactive.action.sections.flatMap((section) => section.product_items);
      const products = items.map((item) => item.product_retailer_id);
      return { kind: "products", ...parts, catalogId: interactive.action.catalog_id, products };
    }
    case "catalog_message":
      return { kind: "catalog", ...parts, buttons: [button("other", "View catalog")] };
    case "location_request_message":
      return { kind: "locationRequest", ...parts, buttons: [button("sendLocation", "Send location")] };
    case "address_message":
      return { kind: "address", ...parts, buttons: [button("form", "Provide address")] };
    case "carousel":
      return { kind: "carousel", ...parts, cards: interactive.action.cards.map(cardOf) };
    case "voice_call": {
      const { display_text = "Call Now", payload, ttl_minutes = WEEK_MINUTES } = interactive.action.parameters ?? {};
      const callButton = { ttlMinutes: ttl_minutes, ...(payload === undefined ? {} : { payload }) };
      return { kind: "call", ...parts, buttons: [button("phone", display_text)], callButton };
    }
    case "call_permission_request":
      return { kind: "call", ...parts, buttons: [button("other", "Choose preference")] };
    case "request_contact_info":
      return { kind: "contactRequest", ...parts, buttons: [button("other", "Share contact info")] };
    case "order_details": {
      const payment = { reference: interactive.action.parameters.reference_id, status: "pending", paid: false };
      return { kind: "payment", ...parts, buttons: [button("other", "Review and pay")], payment };
    }
    case "order_status":
      return { kind: "payment", ...parts };
  }
}

/** Of all kinds but reactions, which are no bubbles, and templates, whose texts are in their definition. */
export function bubbleParts(message: Exclude<OutgoingMessage, { type: "reaction" | "template" }>): BubbleParts {
  switch (message.type) {
    case "text":
      return { kind: "text", text: message.text.body };
    case "image":
      return captioned("image", message.image);
    case "video":
      return captioned("video", message.video);
    case "document":
      return captioned("document", message.document);
    case "audio":
      return { kind: "audio", media: mediaOf("audio", message.audio) };
    case "sticker":
      return { kind: "sticker", media: mediaOf("sticker", message.sticker) };
    case "location":
      return { kind: "location", location: locationOf(message.location) };
    case "contacts":
      return { kind: "contacts", contacts: message.contacts };
    case "interactive":
      return interactiveParts(message.interactive);
  }
}

/** `POST …/messages`: what a user does, from its JSON. */
import type { ContactCard, OrderedProduct } from "@parley/whatsapp";
import type { Bubble, MediaKind } from "../bubble.ts";
import type { Phone } from "../types.ts";
import { type Body, flag, list, need, number, object, present, text, word } from "./read.ts";

const MEDIA = ["image", "video", "audio", "document", "sticker"] as const satisfies readonly MediaKind[];
const ACTS = ["text", "tap", "location", "contacts", "order", "form", "reaction", "ad", ...MEDIA] as const;

function media(phone: Phone, kind: MediaKind, body: Body): Bubble {
  return phone.sendsMedia({
    kind,
    ...present<Omit<Parameters<Phone["sendsMedia"]>[0], "kind">>({
      mimeType: text(body, "mimeType"),
      caption: text(body, "caption"),
      filename: text(body, "filename"),
      voice: flag(body, "voice"),
    }),
  });
}

function location(phone: Phone, body: Body): Bubble {
  return phone.sendsLocation({
    latitude: need(number(body, "latitude"), "latitude"),
    longitude: need(number(body, "longitude"), "longitude"),
    ...present<{ name?: string; address?: string }>({ name: text(body, "name"), address: text(body, "address") }),
  });
}

function order(phone: Phone, body: Body): Bubble {
  return phone.sendsOrder({
    items: need(list(body, "items"), "items") as readonly OrderedProduct[],
    ...present<{ catalogId?: string; text?: string; of?: string }>({
      catalogId: text(body, "catalogId"),
      text: text(body, "text"),
      of: text(body, "of"),
    }),
  });
}

/** Does it, and returns the bubble that it made or changed. Throws `ControlError` and `PhoneError`. */
export function act(phone: Phone, body: Body): Bubble {
  const type = word(body, "type", ACTS);
  const of = present<{ of?: string }>({ of: text(body, "of") });
  switch (type) {
    case "text":
      return phone.says(need(text(body, "text"), "text"), present<{ quote?: string }>({ quote: text(body, "quote") }));
    case "tap":
      return phone.taps(need(text(body, "option"), "option"), of);
    case "location":
      return location(phone, body);
    case "contacts":
      return phone.sendsContacts(need(list(body, "contacts"), "contacts") as readonly ContactCard[]);
    case "order":
      return order(phone, body);
    case "form":
      return phone.sendsForm(need(object(body, "response"), "response"), of);
    case "reaction":
      return phone.reacts(need(text(body, "emoji"), "emoji"), present<{ to?: string }>({ to: text(body, "to") }));
    case "ad":
      return phone.opens(
        need(text(body, "id"), "id"),
        present<{ text?: string; headline?: string; url?: string }>({
          text: text(body, "text"),
          headline: text(body, "headline"),
          url: text(body, "url"),
        }),
      );
    default:
      return media(phone, type, body);
  }
}

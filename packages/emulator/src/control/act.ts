/** `POST …/messages`: what a user does, from its JSON. */
import type { ContactCard, OrderedProduct } from "@parley/whatsapp";
import type { Bubble, MediaKind } from "../bubble.ts";
import type { PayOptions, Phone, SayOptions } from "../types.ts";
import { type Body, bytesOf, picked } from "./read.ts";

type MediaAct = Parameters<Phone["sendsMedia"]>[0];

/** As the schema `Act` has checked it. */
type Act = Readonly<
  | ({ type: "text"; text: string } & SayOptions)
  | { type: "tap"; option: string; of?: string }
  | ({ type: "location" } & Parameters<Phone["sendsLocation"]>[0])
  | { type: "contacts"; contacts: readonly ContactCard[] }
  | { type: "order"; items: readonly OrderedProduct[]; catalogId?: string; text?: string; of?: string }
  | { type: "form"; response: object; of?: string }
  | { type: "reaction"; emoji: string; to?: string }
  | { type: "ad"; id: string; text?: string; headline?: string; url?: string }
  | { type: "edit"; of: string; text: string }
  | { type: "delete"; of: string }
  | { type: "permission"; accept: boolean }
  | { type: "contact" }
  | ({ type: "pay" } & PayOptions)
  | { type: "play"; of?: string }
  | ({ type: MediaKind; base64?: string } & Omit<MediaAct, "kind" | "bytes">)
>;

/** Does it, and returns the bubble that it made or changed. Throws `ControlError` and `PhoneError`. */
export function act(phone: Phone, body: Body): Bubble {
  const what = body as unknown as Act;
  switch (what.type) {
    case "text":
      return phone.says(what.text, picked(what, ["quote"]));
    case "tap":
      return phone.taps(what.option, picked(what, ["of"]));
    case "location":
      return phone.sendsLocation(picked(what, ["latitude", "longitude", "name", "address"]));
    case "contacts":
      return phone.sendsContacts(what.contacts);
    case "order":
      return phone.sendsOrder(picked(what, ["items", "catalogId", "text", "of"]));
    case "form":
      return phone.sendsForm(what.response, picked(what, ["of"]));
    case "reaction":
      return phone.reacts(what.emoji, picked(what, ["to"]));
    case "ad":
      return phone.opens(what.id, picked(what, ["text", "headline", "url"]));
    case "edit":
      return phone.edits(what.of, what.text);
    case "delete":
      return phone.deletes(what.of);
    case "permission":
      return phone.permitsCalls(what.accept);
    case "contact":
      return phone.sharesContact();
    case "pay":
      return phone.pays(picked(what, ["of", "fails"]));
    case "play":
      return phone.plays(picked(what, ["of"]));
    default:
      return phone.sendsMedia({
        kind: what.type,
        ...picked(what, ["mimeType", "caption", "filename", "voice"]),
        ...(what.base64 === undefined ? {} : { bytes: bytesOf(what.base64) }),
      });
  }
}

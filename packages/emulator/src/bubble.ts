/** A message as a phone shows it. Plain JSON: it is what the control API answers with. */
import type { ContactCard, OrderedProduct, Referral } from "@parley/whatsapp";

export type BubbleKind =
  | "text"
  | "buttons"
  | "list"
  | "link"
  | "form"
  | "product"
  | "products"
  | "catalog"
  | "carousel"
  | "location"
  | "locationRequest"
  | "address"
  | "call"
  | "contactRequest"
  | "payment"
  | "template"
  | "image"
  | "video"
  | "audio"
  | "document"
  | "sticker"
  | "contacts"
  | "order";

/** Ticks of a message from the business; messages from the user are `sent`, and `read` once the business marked them. */
export type BubbleStatus = "accepted" | "sent" | "delivered" | "read" | "failed";

export type MediaKind = "image" | "video" | "audio" | "document" | "sticker";

export interface BubbleMedia {
  readonly kind: MediaKind;
  readonly id?: string;
  readonly link?: string;
  readonly filename?: string;
  readonly mimeType?: string;
  readonly voice?: boolean;
}

export interface BubbleLocation {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
}

/** Something under a message that a finger can hit. `reply` and `quickReply` cause a webhook, the others do not. */
export interface BubbleButton {
  readonly kind: "reply" | "quickReply" | "url" | "phone" | "form" | "sendLocation" | "copy" | "other";
  /** Of `reply`: the id that comes back. Of `quickReply`: the payload. */
  readonly id: string;
  readonly title: string;
  readonly url?: string;
}

export interface BubbleRow {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

export interface BubbleSection {
  readonly title?: string;
  readonly rows: readonly BubbleRow[];
}

export interface BubbleCard {
  readonly media?: BubbleMedia;
  readonly body?: string;
  readonly buttons: readonly BubbleButton[];
}

export interface Bubble {
  /** Position in the phone's history, from 1, in order of arrival; 0 while it has not arrived. */
  readonly n: number;
  /** Raised whenever something of this bubble changes: what `after` of the history counts. */
  readonly changed: number;
  readonly id: string;
  readonly from: "business" | "user";
  /** When it was sent, ms since 1970. */
  readonly at: number;
  readonly kind: BubbleKind;
  readonly status: BubbleStatus;
  /** Why it never arrived. */
  readonly error?: { readonly code: number; readonly title: string };
  readonly headerText?: string;
  readonly media?: BubbleMedia;
  /** Body, or caption. */
  readonly text?: string;
  readonly footer?: string;
  readonly buttons?: readonly BubbleButton[];
  /** The text that opens the list. */
  readonly open?: string;
  readonly sections?: readonly BubbleSection[];
  readonly cards?: readonly BubbleCard[];
  readonly location?: BubbleLocation;
  readonly contacts?: readonly ContactCard[];
  readonly order?: { readonly catalogId: string; readonly text?: string; readonly items: readonly OrderedProduct[] };
  readonly template?: { readonly name: string; readonly language: string };
  /** Of product messages, but for those that show a catalog as a whole. */
  readonly catalogId?: string;
  /** Of a message that asks for a payment: as the order's page shows it now. */
  readonly payment?: { readonly reference: string; readonly status: string; readonly paid: boolean };
  /** Of a button that calls the business: what the call tells it, and how long the button works. */
  readonly callButton?: { readonly payload?: string; readonly ttlMinutes: number };
  /** Product ids of product messages. */
  readonly products?: readonly string[];
  /** The message that this one answers or quotes. */
  readonly quote?: string;
  /** A user's tap: the id that went back to the business. */
  readonly tapped?: string;
  /** Of an answer to a form or an address message: what was filled in. */
  readonly filled?: object;
  readonly referral?: Referral;
  /** The user rewrote it. */
  readonly edited?: boolean;
  /** The user took it back: its content is gone. */
  readonly deleted?: boolean;
  readonly reactions?: { readonly business?: string; readonly user?: string };
}

/** What the emulator changes in a bubble after it was made. */
export type MutableBubble = { -readonly [K in keyof Bubble]: Bubble[K] };

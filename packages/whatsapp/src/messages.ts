import type {
  Audio,
  CaptionedMedia,
  ContactCard,
  Document,
  Location,
  MediaRef,
  Reaction,
  Text,
} from "./messages/basic.ts";
import type { Interactive } from "./messages/interactive.ts";
import type { Template } from "./messages/template.ts";

export type * from "./messages/basic.ts";
export type * from "./messages/carousel.ts";
export type * from "./messages/interactive.ts";
export type * from "./messages/message-template.ts";
export type * from "./messages/orders.ts";
export type * from "./messages/parts.ts";
export type * from "./messages/template.ts";

export interface TextMessage {
  readonly type: "text";
  readonly text: Text;
}
export interface ImageMessage {
  readonly type: "image";
  readonly image: CaptionedMedia;
}
export interface VideoMessage {
  readonly type: "video";
  readonly video: CaptionedMedia;
}
export interface AudioMessage {
  readonly type: "audio";
  readonly audio: Audio;
}
export interface DocumentMessage {
  readonly type: "document";
  readonly document: Document;
}
export interface StickerMessage {
  readonly type: "sticker";
  readonly sticker: MediaRef;
}
export interface LocationMessage {
  readonly type: "location";
  readonly location: Location;
}
export interface ContactsMessage {
  readonly type: "contacts";
  readonly contacts: readonly ContactCard[];
}
export interface ReactionMessage {
  readonly type: "reaction";
  readonly reaction: Reaction;
}
export interface InteractiveMessage {
  readonly type: "interactive";
  readonly interactive: Interactive;
}
export interface TemplateMessage {
  readonly type: "template";
  readonly template: Template;
}

/** A message without its envelope: `type`, and the payload under the type's name. */
export type OutgoingMessage =
  | TextMessage
  | ImageMessage
  | VideoMessage
  | AudioMessage
  | DocumentMessage
  | StickerMessage
  | LocationMessage
  | ContactsMessage
  | ReactionMessage
  | InteractiveMessage
  | TemplateMessage;

export type MessageType = OutgoingMessage["type"];
export type InteractiveType = Interactive["type"];

/** `to`: phone number (digits, `+ - ( )` and spaces) or group id. `recipient`: business-scoped user id. `to` wins over `recipient`. */
export type Recipient =
  | { readonly to: string; readonly recipient?: string }
  | { readonly to?: string; readonly recipient: string };

/** What every message request has around its message. */
export type MessageEnvelope = Recipient & {
  readonly messaging_product: "whatsapp";
  /** Default individual. */
  readonly recipient_type?: "individual" | "group";
  /** Makes the message a reply that quotes another. */
  readonly context?: { readonly message_id: string };
  /** Comes back in the statuses of the message. */
  readonly biz_opaque_callback_data?: string;
  /** Deliver only while the user's identity has this hash, else error 137000. */
  readonly recipient_identity_key_hash?: string;
  /** Direct Send only (allow-listed accounts). */
  readonly category?: "utility" | "authentication";
};

/** Body of `POST /<version>/<phone number id>/messages` that sends a message. */
export type MessageRequest = MessageEnvelope & OutgoingMessage;

/** Body of the same call that marks a message, and those before it, as read, and may show that a reply is being typed. */
export interface ReadRequest {
  readonly messaging_product: "whatsapp";
  readonly status: "read";
  readonly message_id: string;
  readonly typing_indicator?: { readonly type: "text" };
}

/** Answer to a message request: accepted, not delivered. */
export interface MessageResponse {
  readonly messaging_product: "whatsapp";
  readonly contacts: readonly { readonly input: string; readonly wa_id?: string; readonly user_id?: string }[];
  readonly messages: readonly {
    readonly id: string;
    readonly group_id?: string;
    /** Templates only. */
    readonly message_status?: "accepted" | "held_for_quality_assessment" | "paused";
  }[];
}

/** Answer to a read request. */
export interface ReadResponse {
  readonly success: true;
}

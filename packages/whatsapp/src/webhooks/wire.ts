/** Webhooks as they are on the wire. Fields that Meta added or dropped over time are optional. */
import type { JsonObject, JsonValue } from "../json.ts";
import type { ContactCard } from "../messages/basic.ts";

export interface WebhookBody {
  readonly object: "whatsapp_business_account";
  readonly entry: readonly WebhookEntry[];
}

export interface WebhookEntry {
  /** Id of the WhatsApp Business Account. */
  readonly id: string;
  readonly changes: readonly WebhookChange[];
}

export type WebhookChange = MessagesChange | EchoesChange | OtherChange;

export interface MessagesChange {
  readonly field: "messages";
  readonly value: MessagesValue;
}

/** What a person at the business wrote in the WhatsApp Business app, of a number that is used there as well. */
export interface EchoesChange {
  readonly field: "smb_message_echoes";
  readonly value: EchoesValue;
}

export interface EchoesValue {
  readonly messaging_product: "whatsapp";
  readonly metadata: Metadata;
  readonly message_echoes: readonly WireEcho[];
}

/** As an inbound message, from the business to a user. */
export type WireEcho = InboundContent & {
  /** The business number, digits. */
  readonly from: string;
  /** Absent for users who hide their number. */
  readonly to?: string;
  readonly to_user_id?: string;
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: string;
};

/** A change of another subscription: account_update, calls, flows, history, group_… and so on. */
export interface OtherChange {
  readonly field: string;
  readonly value: JsonValue;
}

export interface Metadata {
  readonly display_phone_number: string;
  readonly phone_number_id: string;
}

export interface MessagesValue {
  readonly messaging_product: "whatsapp";
  readonly metadata: Metadata;
  /** Absent for system messages. */
  readonly contacts?: readonly WireContact[];
  readonly messages?: readonly WireMessage[];
  readonly statuses?: readonly WireStatus[];
  readonly errors?: readonly WireError[];
}

export interface WireContact {
  readonly profile?: { readonly name?: string; readonly username?: string };
  /** Absent for users who hide their number behind a username. */
  readonly wa_id?: string;
  readonly user_id?: string;
  readonly parent_user_id?: string;
  readonly identity_key_hash?: string;
}

export interface WireError {
  readonly code: number;
  readonly title?: string;
  readonly message?: string;
  readonly error_data?: { readonly details?: string };
  readonly href?: string;
}

export interface InboundContext {
  readonly from?: string;
  /** The message that was answered or tapped; can be missing. */
  readonly id?: string;
  readonly forwarded?: boolean;
  readonly frequently_forwarded?: boolean;
  readonly referred_product?: { readonly catalog_id: string; readonly product_retailer_id: string };
}

/** Where a user came from, on the first message after an ad that opens WhatsApp. */
export interface Referral {
  readonly source_url?: string;
  readonly source_id?: string;
  readonly source_type?: string;
  readonly headline?: string;
  readonly body?: string;
  readonly media_type?: string;
  readonly image_url?: string;
  readonly video_url?: string;
  readonly thumbnail_url?: string;
  readonly ctwa_clid?: string;
  readonly welcome_message?: { readonly text?: string };
}

export interface InboundMedia {
  readonly id: string;
  readonly mime_type?: string;
  readonly sha256?: string;
  readonly caption?: string;
  readonly filename?: string;
  /** Audio: recorded in the app. */
  readonly voice?: boolean;
  /** Stickers. */
  readonly animated?: boolean;
  /** Works for five minutes, with the token. */
  readonly url?: string;
}

export interface InboundLocation {
  readonly latitude: number;
  readonly longitude: number;
  readonly name?: string;
  readonly address?: string;
  readonly url?: string;
}

export type InboundContactCard = ContactCard & {
  readonly vcard?: string;
  /** `contact_request` answers a request for contact information. */
  readonly origin?: string;
};

export interface InboundReaction {
  readonly message_id: string;
  /** Missing, on older wires empty, when the reaction was removed. */
  readonly emoji?: string;
}

export interface FlowReply {
  /** `flow` or `address_message`. */
  readonly name?: string;
  readonly body?: string;
  /** Text of a JSON value, nearly always an object; see `flowResponse`. */
  readonly response_json: string;
}

export interface CallPermissionReply {
  readonly response: string;
  readonly is_permanent?: boolean;
  readonly expiration_timestamp?: number | string;
  readonly response_source?: string;
}

export type InboundInteractive =
  | { readonly type: "button_reply"; readonly button_reply: { readonly id: string; readonly title: string } }
  | {
      readonly type: "list_reply";
      readonly list_reply: { readonly id: string; readonly title: string; readonly description?: string };
    }
  | { readonly type: "nfm_reply"; readonly nfm_reply: FlowReply }
  | { readonly type: "call_permission_reply"; readonly call_permission_reply: CallPermissionReply };

export interface OrderedProduct {
  readonly product_retailer_id: string;
  readonly quantity: number;
  readonly item_price: number;
  readonly currency: string;
}

export interface InboundOrder {
  readonly catalog_id: string;
  readonly text?: string;
  readonly product_items: readonly OrderedProduct[];
}

export interface SystemNotice {
  readonly body?: string;
  /** user_changed_number, user_changed_user_id, customer_identity_changed. */
  readonly type?: string;
  /** The new number. */
  readonly wa_id?: string;
  /** The new business-scoped id. */
  readonly user_id?: string;
  readonly previous_user_id?: string;
}

/** A message's kind and payload, on the wire and decoded alike. */
export type InboundContent =
  | { readonly type: "text"; readonly text: { readonly body: string } }
  | { readonly type: "image"; readonly image: InboundMedia }
  | { readonly type: "video"; readonly video: InboundMedia }
  | { readonly type: "audio"; readonly audio: InboundMedia }
  | { readonly type: "document"; readonly document: InboundMedia }
  | { readonly type: "sticker"; readonly sticker: InboundMedia }
  | { readonly type: "location"; readonly location: InboundLocation }
  | { readonly type: "contacts"; readonly contacts: readonly InboundContactCard[] }
  | { readonly type: "reaction"; readonly reaction: InboundReaction }
  /** A tap on a quick reply of a template, or of a Direct Send message. */
  | { readonly type: "button"; readonly button: { readonly payload: string; readonly text: string } }
  | { readonly type: "interactive"; readonly interactive: InboundInteractive }
  | { readonly type: "order"; readonly order: InboundOrder }
  | { readonly type: "system"; readonly system: SystemNotice }
  /** The user opened the chat for the first time. */
  | { readonly type: "request_welcome" }
  | { readonly type: "unsupported"; readonly unsupported?: { readonly type?: string } }
  /** Numbers that are used in the WhatsApp Business app as well. */
  | { readonly type: "edit"; readonly edit: JsonObject }
  | { readonly type: "revoke"; readonly revoke: JsonObject };

export type WireMessage = InboundContent & {
  readonly from?: string;
  readonly from_user_id?: string;
  readonly from_parent_user_id?: string;
  readonly group_id?: string;
  readonly id: string;
  /** Unix time in seconds, as a string. */
  readonly timestamp: string;
  readonly context?: InboundContext;
  readonly referral?: Referral;
  readonly errors?: readonly WireError[];
};

export type MessageStatus = "sent" | "delivered" | "read" | "played" | "failed" | "deleted" | "warning";

/** What Meta charges a message as. */
export type PricingCategory =
  | "marketing"
  | "marketing_lite"
  | "utility"
  | "authentication"
  | "authentication_international"
  | "service"
  | "referral_conversion"
  | "general_purpose_ai";

export interface Pricing {
  readonly billable?: boolean;
  /** CBP by conversation, PMP by message. */
  readonly pricing_model?: string;
  /** regular, free_customer_service, free_entry_point. */
  readonly type?: string;
  readonly category?: PricingCategory | (string & {});
}

export interface StatusConversation {
  readonly id?: string;
  /** Unix seconds, as a string; with `sent` only. */
  readonly expiration_timestamp?: string;
  readonly origin?: { readonly type?: string };
}

export interface WireStatus {
  readonly id: string;
  readonly status: MessageStatus;
  readonly timestamp: string;
  readonly recipient_id?: string;
  readonly recipient_user_id?: string;
  readonly parent_recipient_user_id?: string;
  readonly recipient_type?: string;
  readonly recipient_participant_id?: string;
  readonly recipient_identity_key_hash?: string;
  readonly biz_opaque_callback_data?: string;
  readonly conversation?: StatusConversation;
  readonly pricing?: Pricing;
  readonly errors?: readonly WireError[];
}

import type { JsonObject } from "../json.ts";
import type { CarouselInteractive } from "./carousel.ts";
import type { OrderDetailsInteractive, OrderStatusInteractive } from "./orders.ts";
import type { Header, TextHeader, TextPart } from "./parts.ts";

export interface ReplyButton {
  readonly type: "reply";
  readonly reply: { readonly id: string; readonly title: string };
}

export interface ButtonInteractive {
  readonly type: "button";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly buttons: readonly ReplyButton[] };
}

export interface ListRow {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

export interface ListSection {
  /** Required when the list has more than one section. */
  readonly title?: string;
  readonly rows: readonly ListRow[];
}

export interface ListInteractive {
  readonly type: "list";
  readonly header?: TextHeader;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly button: string; readonly sections: readonly ListSection[] };
}

/** A tap on the button causes no webhook. */
export interface CtaUrlInteractive {
  readonly type: "cta_url";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: {
    readonly name: "cta_url";
    readonly parameters: { readonly display_text: string; readonly url: string };
  };
}

export type FlowRef =
  | { readonly flow_id: string; readonly flow_name?: never }
  | { readonly flow_name: string; readonly flow_id?: never };

export type FlowParameters = FlowRef & {
  readonly flow_message_version: "3";
  readonly flow_cta: string;
  /** Echoed in the response; default "unused". */
  readonly flow_token?: string;
  /** `draft` is for tests only; default published. */
  readonly mode?: "draft" | "published";
  readonly flow_action?: "navigate" | "data_exchange";
  /** Only with `navigate`. `data` is not empty. */
  readonly flow_action_payload?: { readonly screen?: string; readonly data?: JsonObject };
};

export interface FlowInteractive {
  readonly type: "flow";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly name: "flow"; readonly parameters: FlowParameters };
}

export interface ProductInteractive {
  readonly type: "product";
  readonly body?: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly catalog_id: string; readonly product_retailer_id: string };
}

export interface ProductItem {
  readonly product_retailer_id: string;
}

export interface ProductSection {
  /** Required when there is more than one section. */
  readonly title?: string;
  readonly product_items: readonly ProductItem[];
}

export interface ProductListInteractive {
  readonly type: "product_list";
  readonly header: TextHeader;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly catalog_id: string; readonly sections: readonly ProductSection[] };
}

export interface CatalogInteractive {
  readonly type: "catalog_message";
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: {
    readonly name: "catalog_message";
    /** Optional in Meta's documents; a warning when absent, because servers were seen to refuse such messages. */
    readonly parameters?: { readonly thumbnail_product_retailer_id: string };
  };
}

export interface LocationRequestInteractive {
  readonly type: "location_request_message";
  readonly body: TextPart;
  readonly action: { readonly name: "send_location" };
}

export interface AddressValues {
  readonly name?: string;
  readonly phone_number?: string;
  readonly in_pin_code?: string;
  readonly house_number?: string;
  readonly floor_number?: string;
  readonly tower_number?: string;
  readonly building_name?: string;
  readonly address?: string;
  readonly landmark_area?: string;
  readonly city?: string;
  readonly state?: string;
}

/** India only: an Indian business and a +91 user. */
export interface AddressInteractive {
  readonly type: "address_message";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: {
    readonly name: "address_message";
    readonly parameters: {
      readonly country: "IN";
      readonly values?: AddressValues;
      readonly saved_addresses?: readonly { readonly id: string; readonly value: AddressValues }[];
      /** Error text by key of `values`. */
      readonly validation_errors?: AddressValues;
    };
  };
}

export interface VoiceCallInteractive {
  readonly type: "voice_call";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: {
    readonly name: "voice_call";
    readonly parameters?: {
      readonly display_text?: string;
      /** Minutes that the button works, 1 to 43200; default 10080. */
      readonly ttl_minutes?: number;
      readonly payload?: string;
    };
  };
}

export interface CallPermissionInteractive {
  readonly type: "call_permission_request";
  readonly body?: TextPart;
  readonly action: { readonly name: "call_permission_request" };
}

export interface ContactInfoInteractive {
  readonly type: "request_contact_info";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly name: "request_contact_info" };
}

export type Interactive =
  | ButtonInteractive
  | ListInteractive
  | CtaUrlInteractive
  | FlowInteractive
  | ProductInteractive
  | ProductListInteractive
  | CatalogInteractive
  | LocationRequestInteractive
  | AddressInteractive
  | CarouselInteractive
  | VoiceCallInteractive
  | CallPermissionInteractive
  | ContactInfoInteractive
  | OrderDetailsInteractive
  | OrderStatusInteractive;

import type { JsonObject } from "../json.ts";
import type { Location, MediaRef } from "./basic.ts";
import type { ProductSection } from "./interactive.ts";

/** Present on every parameter of a template with named variables, on none of a positional one. */
interface Named {
  readonly parameter_name?: string;
}

export interface TextParameter extends Named {
  readonly type: "text";
  readonly text: string;
}

export interface CurrencyParameter extends Named {
  readonly type: "currency";
  readonly currency: { readonly fallback_value: string; readonly code: string; readonly amount_1000: number };
}

export interface DateTimeParameter extends Named {
  readonly type: "date_time";
  /** Clients show `fallback_value`; other keys are old and passed on. */
  readonly date_time: { readonly fallback_value: string } & JsonObject;
}

export type TextualParameter = TextParameter | CurrencyParameter | DateTimeParameter;

export type HeaderParameter =
  | TextualParameter
  | { readonly type: "image"; readonly image: MediaRef }
  | { readonly type: "video"; readonly video: MediaRef }
  | { readonly type: "gif"; readonly gif: MediaRef }
  | { readonly type: "document"; readonly document: MediaRef & { readonly filename?: string } }
  | { readonly type: "location"; readonly location: Location }
  | {
      readonly type: "product";
      readonly product: { readonly product_retailer_id: string; readonly catalog_id: string };
    };

export interface HeaderComponent {
  readonly type: "header";
  readonly parameters: readonly HeaderParameter[];
}

export interface BodyComponent {
  readonly type: "body";
  readonly parameters: readonly TextualParameter[];
}

export interface LimitedTimeOfferComponent {
  readonly type: "limited_time_offer";
  readonly parameters: readonly {
    readonly type: "limited_time_offer";
    /** Unix time in milliseconds. */
    readonly limited_time_offer: { readonly expiration_time_ms: number };
  }[];
}

export interface TapTargetComponent {
  readonly type: "tap_target_configuration";
  readonly parameters: readonly {
    readonly type: "tap_target_configuration";
    readonly tap_target_configuration: readonly { readonly url: string; readonly title: string }[];
  }[];
}

export interface TemplateCarouselComponent {
  readonly type: "carousel";
  readonly cards: readonly {
    readonly card_index: number;
    readonly components: readonly (HeaderComponent | BodyComponent | ButtonComponent)[];
  }[];
}

/** Position of the button in the template, 0 to 9, also where there is one button only. */
type ButtonIndex = string | number;

interface ButtonBase<S extends string, P> {
  readonly type: "button";
  /** Lower case as in most of Meta's documents, or upper case as in some. */
  readonly sub_type: S | Uppercase<S>;
  readonly index: ButtonIndex;
  readonly parameters: readonly P[];
}

export type QuickReplyButtonComponent = ButtonBase<
  "quick_reply",
  { readonly type: "payload"; readonly payload: string }
>;
/** `text` is the tail of the URL; one-time passwords are sent this way as well. */
export type UrlButtonComponent = ButtonBase<"url", { readonly type: "text"; readonly text: string }>;
export type CopyCodeButtonComponent = ButtonBase<
  "copy_code",
  { readonly type: "coupon_code"; readonly coupon_code: string }
>;
export type FlowButtonComponent = ButtonBase<
  "flow",
  {
    readonly type: "action";
    readonly action: { readonly flow_token?: string; readonly flow_action_data?: JsonObject };
  }
>;
export type CatalogButtonComponent = ButtonBase<
  "catalog",
  { readonly type: "action"; readonly action: { readonly thumbnail_product_retailer_id: string } }
>;
export type ProductsButtonComponent = ButtonBase<
  "mpm",
  {
    readonly type: "action";
    readonly action: {
      readonly thumbnail_product_retailer_id: string;
      readonly sections: readonly ProductSection[];
    };
  }
>;
export type VoiceCallButtonComponent = ButtonBase<
  "voice_call",
  | { readonly type: "ttl_minutes"; readonly ttl_minutes: number }
  | { readonly type: "payload"; readonly payload: string }
>;
export type OrderDetailsButtonComponent = ButtonBase<
  "order_details",
  { readonly type: "action"; readonly action: { readonly order_details: JsonObject } }
>;

export type ButtonComponent =
  | QuickReplyButtonComponent
  | UrlButtonComponent
  | CopyCodeButtonComponent
  | FlowButtonComponent
  | CatalogButtonComponent
  | ProductsButtonComponent
  | VoiceCallButtonComponent
  | OrderDetailsButtonComponent;

export type TemplateComponent =
  | HeaderComponent
  | BodyComponent
  | ButtonComponent
  | LimitedTimeOfferComponent
  | TapTargetComponent
  | TemplateCarouselComponent;

export interface Template {
  readonly name: string;
  readonly language: { readonly code: string; readonly policy?: "deterministic" };
  readonly components?: readonly TemplateComponent[];
}

import type { JsonObject } from "../json.ts";
import type { MediaRef } from "./basic.ts";
import type { Header, TextPart } from "./parts.ts";

/** An amount is `value / offset` of the currency: 1,500 with offset 100 is 15.00. */
export interface Amount {
  readonly value: number;
  readonly offset: 100;
}

export interface DescribedAmount extends Amount {
  readonly description?: string;
}

export interface Discount extends DescribedAmount {
  readonly discount_program_name?: string;
}

export interface PostalAddress {
  readonly address_line1?: string;
  readonly address_line2?: string;
  readonly city?: string;
  readonly zone_code?: string;
  readonly postal_code?: string;
  readonly country_code?: string;
}

export interface OrderItem {
  readonly retailer_id?: string;
  readonly name: string;
  readonly amount: Amount;
  readonly sale_amount?: Amount;
  readonly quantity: number;
  readonly image?: MediaRef;
  readonly country_of_origin?: string;
  readonly importer_name?: string;
  readonly importer_address?: PostalAddress;
}

export interface OrderExpiration {
  /** Unix time in seconds, as a string; at least 300 seconds ahead. */
  readonly timestamp: string;
  readonly description?: string;
}

export interface OrderDetails {
  readonly status: "pending";
  readonly items: readonly OrderItem[];
  readonly subtotal: Amount;
  readonly tax: DescribedAmount;
  readonly shipping?: DescribedAmount;
  readonly discount?: Discount;
  readonly catalog_id?: string;
  readonly expiration?: OrderExpiration;
}

export interface OrderDetailsParameters {
  readonly reference_id: string;
  readonly type: "digital-goods" | "physical-goods";
  readonly currency: "INR" | "BRL";
  readonly total_amount: Amount;
  /** Payment gateways; their settings differ by provider and are passed on unchecked. */
  readonly payment_settings?: readonly JsonObject[];
  readonly payment_type?: string;
  readonly payment_configuration?: string;
  readonly order: OrderDetails;
}

/** India and Brazil only. */
export interface OrderDetailsInteractive {
  readonly type: "order_details";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: { readonly name: "review_and_pay"; readonly parameters: OrderDetailsParameters };
}

export interface OrderStatusInteractive {
  readonly type: "order_status";
  readonly header?: Header;
  readonly body: TextPart;
  readonly footer?: TextPart;
  readonly action: {
    readonly name: "review_order";
    readonly parameters: {
      readonly reference_id: string;
      readonly order: {
        /** `canceled` and `completed` are final. */
        readonly status: "processing" | "partially_shipped" | "shipped" | "completed" | "canceled";
        readonly description?: string;
      };
    };
  };
}

/** Kinds of messages that WhatsApp takes in some countries only. */
import type { MessageRequest } from "@parley/whatsapp";
import type { ContactState, Context } from "../context.ts";
import { type Answer, broken } from "./answer.ts";

const INDIA = "91";
const BRAZIL = "55";
const PRODUCTS: ReadonlySet<string> = new Set(["product", "product_list", "catalog_message"]);
const PAYMENTS: ReadonlySet<string> = new Set(["order_details", "order_status"]);

/** A user whose number is hidden is where the business-scoped id says. */
function isFrom({ phone, userId }: ContactState, prefix: string, country: string): boolean {
  return phone?.startsWith(prefix) ?? userId?.startsWith(`${country}.`) ?? false;
}

export function countryRefusal(ctx: Context, contact: ContactState, request: MessageRequest): Answer | undefined {
  if (request.type !== "interactive") return undefined;
  const { type } = request.interactive;
  const { compliance, displayPhoneNumber } = ctx.settings;
  const indian = displayPhoneNumber.startsWith(INDIA);
  if (type === "address_message" && !(indian && isFrom(contact, INDIA, "IN")))
    return broken(ctx, "address-form-is-for-india", "Address messages are for businesses and users in India");
  if (PAYMENTS.has(type) && !isFrom(contact, INDIA, "IN") && !isFrom(contact, BRAZIL, "BR"))
    return broken(ctx, "payments-are-for-some-countries", "Order messages are for users in India and Brazil");
  if (PRODUCTS.has(type) && indian && !compliance)
    return broken(ctx, "indian-seller-is-compliant", "The business has not given its compliance information");
  return undefined;
}

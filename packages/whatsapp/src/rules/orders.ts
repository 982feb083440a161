import { LIMITS } from "../limits.ts";
import { INVALID_VALUE } from "../validate/codes.ts";
import type { RulesByKind } from "./rule.ts";

export const ORDER_RULES: RulesByKind = {
  "interactive.order_details": [
    {
      name: "order-with-images-is-short",
      code: INVALID_VALUE,
      check: ({ action }) => {
        const { items } = action.parameters.order;
        const { max } = LIMITS.orderImageItems;
        return items.length > max && items.some((item) => item.image)
          ? [{ path: "/action/parameters/order/items", details: `Max allowed items with images: ${max}` }]
          : [];
      },
    },
    {
      name: "order-expires-later",
      code: INVALID_VALUE,
      check: ({ action }, { nowMs }) => {
        const { expiration } = action.parameters.order;
        const { min } = LIMITS.orderExpirationLead;
        if (!expiration || nowMs === undefined || Number(expiration.timestamp) * 1000 >= nowMs + min) return [];
        return [
          {
            path: "/action/parameters/order/expiration/timestamp",
            details: `An order must expire at least ${min / 1000} seconds ahead.`,
          },
        ];
      },
    },
    {
      name: "order-items-name-their-origin",
      check: ({ action }) => {
        const { currency, order } = action.parameters;
        if (currency !== "INR" || order.catalog_id !== undefined) return [];
        return order.items.flatMap((item, i) =>
          item.country_of_origin && item.importer_name && item.importer_address
            ? []
            : [
                {
                  path: `/action/parameters/order/items/${i}`,
                  details:
                    "In India an item outside a catalog needs country_of_origin, importer_name and importer_address.",
                },
              ],
        );
      },
    },
  ],
};

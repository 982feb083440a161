/** What the shop's flows ask of the world. A real shop would ask its stock and its till here. */
import type { Bot, Shelf } from "./bot.d.ts";

const rupees: Readonly<Record<string, number>> = {
  "curry-leaves": 35,
  "garam-masala-100": 180,
  "chai-masala-50": 90,
  "assam-tea-250": 210,
  "gift-box-1": 950,
};

const today: Shelf = {
  fresh: [{ sku: "curry-leaves", name: "Curry leaves" }],
  dry: [
    { sku: "garam-masala-100", name: "Garam masala" },
    { sku: "chai-masala-50", name: "Chai masala" },
    { sku: "assam-tea-250", name: "Assam tea" },
  ],
};

/** By the key of the call: a call that is repeated finds its order. */
const placed = new Map<string, string>();

const actions: Bot["actions"] = {
  shelf: () => today,
  price_of: ({ cart }) => {
    const missing = cart.items.find(({ sku }) => rupees[sku] === undefined);
    return { rupees: totalOf(cart.items), missing: missing?.sku ?? null };
  },
  place_order: ({ cart }, { idempotencyKey }) => {
    const number = placed.get(idempotencyKey) ?? `SP-${placed.size + 17}`;
    placed.set(idempotencyKey, number);
    return { number, rupees: totalOf(cart.items) };
  },
};

function totalOf(items: readonly { readonly sku: string; readonly quantity: number }[]): number {
  return items.reduce((sum, { sku, quantity }) => sum + (rupees[sku] ?? 0) * quantity, 0);
}

export default actions;

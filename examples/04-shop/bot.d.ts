/** Types of the bot `spice-shop`, written by `parley build`. */
import type { ActionContext } from "@parley/runtime";

export interface ParleyCart {
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly price: number; readonly currency: string }[];
  readonly note: string | null;
}

/** Something that we sell; its `sku` is the one of the catalog. */
export interface Item {
  readonly sku: string;
  readonly name: string;
}

/** What is on the shelves today. */
export interface Shelf {
  readonly fresh: readonly Item[];
  readonly dry: readonly Item[];
}

export type Pay = "upi" | "card" | "cash";

/** When the courier comes: what our form asks. */
export interface Slot {
  readonly day: string;
  readonly gift: boolean;
  readonly note: string | null;
}

/** What WhatsApp's own form for addresses in India fills in, as far as we need it. */
export interface Home {
  readonly name: string;
  readonly phone_number: string | null;
  readonly in_pin_code: string;
  readonly address: string;
  readonly city: string;
}

export interface Placed {
  readonly number: string;
  readonly rupees: number;
}

export interface Bot {
  readonly actions: {
    readonly shelf: (args: Record<never, never>, context: ActionContext) => Promise<Shelf> | Shelf;
    /** The total of a cart at today's prices, and what of it is sold out. */
    readonly price_of: (args: { readonly cart: ParleyCart }, context: ActionContext) => Promise<{ readonly rupees: number; readonly missing: string | null }> | { readonly rupees: number; readonly missing: string | null };
    readonly place_order: (args: { readonly cart: ParleyCart; readonly pay: Pay; readonly slot: Slot; readonly home: Home }, context: ActionContext) => Promise<Placed> | Placed;
  };
  readonly events: Record<never, never>;
  readonly profile: Record<never, never>;
}

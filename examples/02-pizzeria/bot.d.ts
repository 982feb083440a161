/** Types of the bot `pizzeria`, written by `parley build`. */
import type { ActionContext } from "@parley/runtime";

/** What the kitchen needs to know of a pizza. */
export interface Pizza {
  readonly id: string;
  readonly name: string;
  readonly note: string;
  readonly price: number;
}

export type Size = "small" | "medium" | "large";

export interface Bot {
  readonly actions: {
    /** The pizzas of the day. */
    readonly menu: (args: Record<never, never>, context: ActionContext) => Promise<readonly Pizza[]> | readonly Pizza[];
    /** Sends the order to the kitchen. */
    readonly place_order: (args: { readonly pizza: Pizza; readonly size: Size; readonly count: number; readonly name: string; readonly latitude: number; readonly longitude: number }, context: ActionContext) => Promise<{ readonly number: string; readonly minutes: number }> | { readonly number: string; readonly minutes: number };
  };
  readonly events: {
    readonly order_ready: { readonly customer: string; readonly ticket: string };
  };
  readonly profile: Record<never, never>;
}

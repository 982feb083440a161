/** Types of the bot `support`, written by `parley build`. */
import type { ActionContext } from "@parley/runtime";

/** What somebody writes about. */
export type Topic = "invoice" | "delivery" | "defect";

/** A case of the help desk. */
export interface Ticket {
  readonly number: string;
  readonly waiting: number;
}

export interface Bot {
  readonly actions: {
    /** Opens a case; the same case twice would reach two people. */
    readonly open_ticket: (args: { readonly topic: Topic; readonly words: string }, context: ActionContext) => Promise<Ticket> | Ticket;
    /** Where a case stands: `none` if there is none of that number. */
    readonly ticket_state: (args: { readonly number: string }, context: ActionContext) => Promise<string | null> | string | null;
  };
  readonly events: {
    readonly closed: { readonly number: string };
  };
  readonly profile: {
    readonly ticket: string | null;
  };
}

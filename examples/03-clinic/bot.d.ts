/** Types of the bot `clinic`, written by `parley build`. */
import type { ActionContext } from "@parley/runtime";

/** A free appointment. */
export interface Slot {
  readonly id: string;
  readonly day: string;
  readonly hour: string;
}

export type Reason = "checkup" | "pain" | "result";

export interface Bot {
  readonly actions: {
    readonly free_slots: (args: { readonly reason: Reason }, context: ActionContext) => Promise<readonly Slot[]> | readonly Slot[];
    readonly book: (args: { readonly slot: Slot; readonly name: string }, context: ActionContext) => Promise<{ readonly code: string }> | { readonly code: string };
    readonly cancel_booking: (args: { readonly code: string }, context: ActionContext) => Promise<boolean> | boolean;
  };
  readonly events: Record<never, never>;
  readonly profile: Record<never, never>;
}

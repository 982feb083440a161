/** Types of the bot `survey`, written by `parley build`. */
import type { ActionContext } from "@parley/runtime";

/** How much somebody agrees. */
export type Grade = "full" | "partly" | "no";

/** Where the last ride began. */
export interface Station {
  readonly id: string;
  readonly name: string;
  readonly line: string;
}

/** What every question gives: its points, and whether somebody wants to say more. */
export interface Answer {
  readonly points: number;
  readonly more: boolean;
}

export interface Bot {
  readonly actions: {
    /** All stations, in the order of the lines: more than forty. */
    readonly stations: (args: Record<never, never>, context: ActionContext) => Promise<readonly Station[]> | readonly Station[];
    /** Keeps an answer; the same answers again do no harm. */
    readonly save: (args: { readonly station: string; readonly score: number; readonly words: string }, context: ActionContext) => Promise<boolean> | boolean;
  };
  readonly events: Record<never, never>;
  readonly profile: {
    readonly answered: string | null;
    readonly rides: number;
    readonly best: number;
  };
}

import type { Replay } from "@parley/simulator";

export interface ReplayReport extends Replay {
  /** Of the bot. */
  readonly name: string;
}

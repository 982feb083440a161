import type { Snapshot } from "@parley/machine";
import type { ContactRow, Loaded, Write } from "../store.ts";
import type { BotEvent } from "../types.ts";

/** What a transaction will do to one contact, while it is made. */
export interface Draft {
  readonly contact: ContactRow;
  readonly now: number;
  /** W3C `traceparent` of the turn. */
  readonly trace?: string;
  readonly writes: Write[];
  readonly report: BotEvent[];
  snapshot: Snapshot | null;
}

export function draftOf(contact: ContactRow, loaded: Loaded, now: number, trace?: string): Draft {
  return { contact, now, ...(trace === undefined ? {} : { trace }), writes: [], report: [], snapshot: loaded.snapshot };
}

/** A conversation that waits for an action: its user's messages wait with it. */
export function actionRuns(snapshot: Snapshot | null): boolean {
  return snapshot?.conversation?.wait.kind === "action";
}

/** Small facts about rows that all stores share. */
import type { Snapshot } from "@parley/machine";
import type { SendBody, SendState } from "../store.ts";

/** Copies that are kept of one contact. */
export const COPIES_KEPT = 50;

const OPEN: ReadonlySet<SendState> = new Set<SendState>(["ready", "inflight", "doubt"]);

/** Whether a send in this state holds back the later ones of its contact. */
export function isOpen(state: SendState): boolean {
  return OPEN.has(state);
}

/** The body of a send that is closed: nothing of what it said. */
export const GONE: SendBody = { kind: "gone" };

/** How long before the time that is asked for the turn of a message may be that was claimed since; ms. */
export const RECENT_TURN_MS: number = 60 * 60 * 1_000;

/** Whether a send for an open window may go out at `now`. */
export function windowIsOpen(windowMs: number | null, lastUserAt: number | null, now: number): boolean {
  return windowMs === null || (lastUserAt !== null && now < lastUserAt + windowMs);
}

/** The machine that has to be kept for a contact: without a conversation any one takes it on. */
export function standsOn(snapshot: Snapshot | null): string | null {
  return snapshot?.conversation ? snapshot.machine : null;
}

/** Of two contacts that were one person: whether the absorbed one's snapshot stays. */
export function absorbedStays(absorbed: Snapshot | null, kept: Snapshot | null): boolean {
  if (!kept) return absorbed !== null;
  return kept.conversation === null && (absorbed?.conversation ?? null) !== null;
}

/** The times of a phone and a clock of ours never agree exactly; the newest message counts. */
export function laterOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** The bounds of the customer service window that a project keeps. */
import { LIMITS } from "@parley/whatsapp";

/** Free-form messages may be sent up to this age of the user's last message, in ms. */
export function sendLimit(marginMs: number): number {
  return LIMITS.serviceWindow.max - marginMs;
}

/** `window.open` is true up to this age: there is a margin left for what its branch does. */
export function openLimit(marginMs: number): number {
  return LIMITS.serviceWindow.max - 2 * marginMs;
}

/** What the analysis of ages has to know of a project's settings, in ms. */
export interface Times {
  /** Up to which age `window.open` is true. */
  readonly openMs: number;
  /** What a message may have waited before it is handled without an age counting for it. */
  readonly marginMs: number;
  /** How long the user must be silent before an event that is kept interrupts. */
  readonly quietMs: number;
}

export function timesOf({
  windowMarginMs,
  quietMs,
}: {
  readonly windowMarginMs: number;
  readonly quietMs: number;
}): Times {
  return { openMs: openLimit(windowMarginMs), marginMs: windowMarginMs, quietMs };
}

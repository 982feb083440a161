/** The two bounds of the customer service window that a project keeps. */
import { LIMITS } from "@parley/whatsapp";

/** Free-form messages may be sent up to this age of the user's last message, in ms. */
export function sendLimit(marginMs: number): number {
  return LIMITS.serviceWindow.max - marginMs;
}

/** `window.open` is true up to this age: there is a margin left for what its branch does. */
export function openLimit(marginMs: number): number {
  return LIMITS.serviceWindow.max - 2 * marginMs;
}

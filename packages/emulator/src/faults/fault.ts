/** What can go wrong, and how often. */

/**
 * Goes wrong once or `times` times at the next occasions, or at a share of all occasions (`rate`, from 0 to 1) until it is
 * cleared; for `contact`, or for everybody. With a rate the same occasions of a contact are hit for the same `seed` (default
 * that of the emulator), whatever others do meanwhile.
 */
export type Fault = {
  /** Default 1; without end where there is a rate. */
  readonly times?: number;
  readonly rate?: number;
  readonly seed?: string;
  readonly contact?: string;
} & (
  | WebhookFault
  /** Accepted with 200, then `failed`. */
  | { readonly kind: "failDelivery"; readonly code?: number }
  /** An error of WhatsApp's; `retryAfterS` is a header of the answer. */
  | { readonly kind: "apiError"; readonly code: number; readonly retryAfterS?: number }
  /** An HTTP status without an error of WhatsApp's. */
  | { readonly kind: "apiStatus"; readonly status: number; readonly retryAfterS?: number }
  /** The connection is cut, before or after the request was accepted. */
  | { readonly kind: "drop"; readonly accepted: boolean }
  /** Accepted at once, answered so much later. */
  | { readonly kind: "slow"; readonly ms: number }
  /** After a message of the contact the clock leaps forward, and what was due in between is late. */
  | { readonly kind: "clockJump"; readonly ms: number }
);

/** Webhooks of messages, or `of` statuses. */
type WebhookFault =
  | { readonly kind: "duplicate"; readonly of?: "messages" | "statuses" }
  /** So much later, or up to `upToMs`, drawn evenly; later ones overtake it. */
  | { readonly kind: "late"; readonly ms: number; readonly upToMs?: number; readonly of?: "messages" | "statuses" }
  /** Comes after the next one of the contact, or after `ms` (default a minute) where none comes. */
  | { readonly kind: "reorder"; readonly ms?: number }
  | { readonly kind: "lostStatus" };

export const FAULT_KINDS: readonly Fault["kind"][] = [
  "duplicate",
  "late",
  "reorder",
  "lostStatus",
  "failDelivery",
  "apiError",
  "apiStatus",
  "drop",
  "slow",
  "clockJump",
];

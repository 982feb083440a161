/** When a send that WhatsApp did not take is tried again, and what its failure means to the conversation. */
import { errorClass, type RetryClass } from "@parley/whatsapp";
import { fractionOf } from "../hash.ts";
import type { SendRow } from "../store.ts";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15 * 60 * 1000;

const PAIR_RATE_LIMIT = 131_056;
/** The number's, the account's and the app's. */
const NUMBER_RATE_LIMITS: ReadonlySet<number> = new Set([4, 80_007, 130_429]);
const WINDOW_CLOSED = 131_047;

/** Codes that say that this user's WhatsApp does not take this message. */
const UNDELIVERABLE: ReadonlySet<number> = new Set([1026, 131_026, 131_051]);

export function classOf(code: number | null, http?: number): RetryClass {
  return errorClass(code ?? -1, http);
}

/** Exponential with jitter; the pair limit asks for 4^n seconds. The jitter follows from the attempt. */
export function retryDelayMs(row: Pick<SendRow, "id" | "attempt">, code: number | null, retryAfterMs = 0): number {
  const exponential =
    code === PAIR_RATE_LIMIT ? 1_000 * 4 ** (row.attempt - 1) : FIRST_RETRY_MS * 2 ** (row.attempt - 1);
  const jitter = 1 + fractionOf("retry", row.id, row.attempt) / 2;
  return Math.min(LONGEST_RETRY_MS, Math.max(retryAfterMs, Math.round(exponential * jitter)));
}

/** A message that could not be sent for so long has nothing to say any more. */
export function isTooOld(row: Pick<SendRow, "at" | "lifeMs">, at: number, lifeMs: number): boolean {
  return at - row.at > (row.lifeMs ?? lifeMs);
}

/** What a refusal says was too fast. */
export function rateOf(code: number | null): "number" | "pair" | undefined {
  if (code === PAIR_RATE_LIMIT) return "pair";
  return code !== null && NUMBER_RATE_LIMITS.has(code) ? "number" : undefined;
}

export function refusalOf(code: number | null): "window" | "undeliverable" | "failed" {
  if (code === WINDOW_CLOSED) return "window";
  return code !== null && UNDELIVERABLE.has(code) ? "undeliverable" : "failed";
}

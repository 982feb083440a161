/** Limits on everything that comes from outside. Each has a default; each is an option. */
import { ConfigError } from "./errors.ts";

export interface Limits {
  /** The longest webhook, in bytes; default 4 MiB, WhatsApp's have up to 3 MB. Above it 413 is answered. 1 to 64 MiB. */
  readonly bodyBytes: number;
  /** Events that may wait to be committed; default 5,000. Above it 503 is answered, and WhatsApp delivers again. */
  readonly queuedEvents: number;
  /** Bytes of all webhooks that are under way; default 64 MiB. Above it 503 is answered. */
  readonly queuedBytes: number;
  /** Events of one transaction; default 500. */
  readonly batch: number;
  /**
   * Messages of one contact with timestamps within one minute; default 120. What is above it is kept as a dead letter and
   * not stepped: no person writes so fast.
   */
  readonly messagesPerMinute: number;
}

export const DEFAULT_LIMITS: Limits = {
  bodyBytes: 4 * 1024 * 1024,
  queuedEvents: 5_000,
  queuedBytes: 64 * 1024 * 1024,
  batch: 500,
  messagesPerMinute: 120,
};

const HIGHEST: Limits = {
  bodyBytes: 64 * 1024 * 1024,
  queuedEvents: 1_000_000,
  queuedBytes: 4 * 1024 * 1024 * 1024,
  batch: 10_000,
  messagesPerMinute: 1_000_000,
};

/** Throws `ConfigError` for what is no limit. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULT_LIMITS, name)) throw new ConfigError(`createBot: there is no limit \`${name}\``);
    const highest = HIGHEST[name as keyof Limits];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1 || value > highest)
      throw new ConfigError(`createBot: \`limits.${name}\` must be a whole number from 1 to ${highest}`);
  }
  return { ...DEFAULT_LIMITS, ...given };
}

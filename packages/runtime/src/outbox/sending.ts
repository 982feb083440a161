/** How a bot sends. Each has a default; each is an option. */
import { ConfigError } from "../errors.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

export interface Sending {
  /**
   * What the next message of a contact waits for: that WhatsApp took the one before (`accepted`, the default), or that the
   * phone has it (`delivered`), `deliveredMs` at most. WhatsApp does not promise to deliver in the order in which it took.
   */
  readonly order: "accepted" | "delivered";
  /** How long `delivered` waits; ms, default 10,000, 100 to 600,000. */
  readonly deliveredMs: number;
  /** Requests to the Cloud API that are under way at once; default 32, 1 to 1,000. */
  readonly concurrency: number;
  /**
   * Whether the bot keeps to WhatsApp's rates by itself; default true. false: only its refusals slow the bot down, one
   * message at a time. For tests against something that has no rates.
   */
  readonly paced: boolean;
  /**
   * Messages of the number in a second, in and out; default 80, 1 to 1,000. It halves itself at 130429 and comes back by a
   * tenth each 10 s. Of the number: processes that share a store divide it by how many of them are alive.
   */
  readonly perSecond: number;
  /** How long a request may take, ms; then it is in doubt. Default 30,000, 1,000 to 300,000. */
  readonly timeoutMs: number;
  /**
   * How long a send that is in doubt waits for the status that settles it, ms; anew from the start where the process was
   * down. Default 90,000, 1,000 to 86,400,000.
   */
  readonly settleMs: number;
  /** How long a message is tried, ms; then it has failed. Default 86,400,000 (a day), 1,000 to 604,800,000. */
  readonly lifeMs: number;
  /** How long a number stops that cannot send until a person acts, before one message tries. Ms, default 300,000, 1,000 to 3,600,000. */
  readonly pauseMs: number;
  /**
   * How long sends are kept that have ended, ms; without what they said. Statuses and quoting answers are known by them.
   * Default 2,592,000,000 (30 days: so long a message can be quoted), 86,400,000 to 7,776,000,000.
   */
  readonly keptMs: number;
}

export const DEFAULT_SENDING: Sending = {
  order: "accepted",
  deliveredMs: 10 * SECOND,
  concurrency: 32,
  paced: true,
  perSecond: 80,
  timeoutMs: 30 * SECOND,
  settleMs: 90 * SECOND,
  lifeMs: DAY,
  pauseMs: 5 * MINUTE,
  keptMs: 30 * DAY,
};

const RANGES: Readonly<Record<Exclude<keyof Sending, "order" | "paced">, readonly [least: number, most: number]>> = {
  deliveredMs: [100, 10 * MINUTE],
  concurrency: [1, 1_000],
  perSecond: [1, 1_000],
  timeoutMs: [SECOND, 5 * MINUTE],
  settleMs: [SECOND, DAY],
  lifeMs: [SECOND, 7 * DAY],
  pauseMs: [SECOND, 60 * MINUTE],
  keptMs: [DAY, 90 * DAY],
};

function check(name: string, value: unknown): void {
  if (name === "order") {
    if (value === "accepted" || value === "delivered") return;
    throw new ConfigError("createBot: `sending.order` must be `accepted` or `delivered`");
  }
  if (name === "paced") {
    if (typeof value === "boolean") return;
    throw new ConfigError("createBot: `sending.paced` must be true or false");
  }
  if (!Object.hasOwn(RANGES, name)) throw new ConfigError(`createBot: there is no \`sending.${name}\``);
  const [least, most] = RANGES[name as keyof typeof RANGES];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return;
  throw new ConfigError(`createBot: \`sending.${name}\` must be a whole number from ${least} to ${most}`);
}

/** Throws `ConfigError` for what is not possible. */
export function sendingOf(given: Partial<Sending> = {}): Sending {
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of set) check(name, value);
  return { ...DEFAULT_SENDING, ...Object.fromEntries(set) };
}

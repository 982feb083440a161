/** How fast the number may send, and how fast to one user: token buckets that learn from WhatsApp's refusals. */
import { LIMITS } from "@parley/whatsapp";

export interface Rates {
  /** How many messages may go out now. */
  readonly room: (now: number) => number;
  /** From when on there is room for one, ms. */
  readonly roomAt: (now: number) => number;
  /** Takes one for this contact and gives 0; or takes none and gives when the contact may have the next, ms. */
  readonly take: (contact: string, now: number) => number;
  /** A message came in: WhatsApp counts it as well. */
  readonly heard: (now: number) => void;
  /** WhatsApp refused one: of the number (130429), or of the pair with this contact (131056). */
  readonly refused: (scope: "number" | "pair", contact: string, now: number) => void;
  /** What an earlier process sent. */
  readonly remember: (sends: readonly { readonly contact: string; readonly at: number }[]) => void;
}

interface Bucket {
  capacity: number;
  tokens: number;
  at: number;
}

/** WhatsApp lends a burst from the minutes after it: so many at once, then one in each interval. */
const PAIR_BURST = LIMITS.pairBurst.max;
const PAIR_INTERVAL_MS = LIMITS.pairInterval.min;
/** After so long a pair has its whole burst again: what is older does not matter. */
export const PAIR_MEMORY_MS: number = PAIR_BURST * PAIR_INTERVAL_MS;
/** Pairs that are kept; those whose burst is whole again are forgotten first. */
const MOST_PAIRS = 20_000;

const LEAST_PER_SECOND = 1;
const RECOVERY_MS = 10_000;
/** Times divide into thirds and sevenths: what is a token but for rounding is a token. */
const ROUNDING = 1e-9;

function refill(bucket: Bucket, perMs: number, now: number, spent = 0): void {
  const elapsed = Math.max(0, now - bucket.at);
  bucket.tokens = Math.min(bucket.capacity, bucket.tokens + elapsed * perMs - spent);
  bucket.at = Math.max(bucket.at, now);
}

function tokenAt(bucket: Bucket, perMs: number): number {
  const missing = 1 - ROUNDING - bucket.tokens;
  return missing <= 0 ? bucket.at : bucket.at + Math.ceil(missing / perMs);
}

interface NumberState {
  readonly bucket: Bucket;
  /** What may go out in a second, of the whole number; `share` of it from here. */
  readonly whole: number;
  readonly share: () => number;
  /** What was left after the last refusal, as a part of `most`. */
  left: number;
  refusedAt: number;
  /** What came in and is not paid for yet. */
  owed: number;
}

/** Messages per second of this process: other ones on the same store have as much. */
function mostOf({ whole, share }: NumberState): number {
  return whole / Math.max(1, share());
}

/** Messages per second: half at each refusal, back by a tenth of the whole in each `RECOVERY_MS`. */
function perSecond(number: NumberState, now: number): number {
  const steps = Math.floor(Math.max(0, now - number.refusedAt) / RECOVERY_MS);
  return mostOf(number) * Math.min(1, number.left + steps / 10);
}

function refillNumber(number: NumberState, now: number): number {
  const { bucket } = number;
  const most = mostOf(number);
  // One message may always go in the end, however many share the number.
  bucket.capacity = Math.max(1, most);
  const perMs = perSecond(number, now) / 1_000;
  // What users write slows answers down, by half at most: it never stops them.
  const paid = Math.min(number.owed, (Math.max(0, now - bucket.at) * perMs) / 2);
  number.owed = Math.min(most, number.owed - paid);
  refill(bucket, perMs, now, paid);
  return perMs;
}

function slowDown(number: NumberState, now: number): void {
  const most = mostOf(number);
  number.left = Math.max(Math.min(LEAST_PER_SECOND, most), perSecond(number, now) / 2) / most;
  number.refusedAt = now;
  refillNumber(number, now);
  number.bucket.tokens = Math.min(0, number.bucket.tokens);
}

function pairOf(pairs: Map<string, Bucket>, contact: string, now: number): Bucket {
  const known = pairs.get(contact);
  // The newest last: the first are the ones to forget.
  pairs.delete(contact);
  const bucket = known ?? { capacity: PAIR_BURST, tokens: PAIR_BURST, at: now };
  pairs.set(contact, bucket);
  if (pairs.size > MOST_PAIRS) pairs.delete(pairs.keys().next().value ?? "");
  refill(bucket, 1 / PAIR_INTERVAL_MS, now);
  return bucket;
}

function nothing(): void {}

/** Of a bot that does not keep to rates by itself. */
export const UNPACED: Rates = {
  room: () => Number.MAX_SAFE_INTEGER,
  roomAt: () => 0,
  take: () => 0,
  heard: nothing,
  refused: nothing,
  remember: nothing,
};

/** `whole`: messages of the number in a second. `processes` that are alive share it. */
export function createRates(whole: number, now: number, processes: () => number = () => 1): Rates {
  const number: NumberState = {
    bucket: { capacity: whole, tokens: whole, at: now },
    whole,
    share: processes,
    left: 1,
    refusedAt: 0,
    owed: 0,
  };
  const pairs = new Map<string, Bucket>();
  return {
    room: (at) => {
      refillNumber(number, at);
      return Math.max(0, Math.floor(number.bucket.tokens + ROUNDING));
    },
    roomAt: (at) => {
      const perMs = refillNumber(number, at);
      return tokenAt(number.bucket, number.owed > 0 ? perMs / 2 : perMs);
    },
    take: (contact, at) => {
      const pair = pairOf(pairs, contact, at);
      const next = tokenAt(pair, 1 / PAIR_INTERVAL_MS);
      if (next > at) return next;
      refillNumber(number, at);
      pair.tokens -= 1;
      number.bucket.tokens -= 1;
      return 0;
    },
    heard: (at) => {
      refillNumber(number, at);
      if (number.bucket.tokens >= 1) number.bucket.tokens -= 1;
      else number.owed += 1;
    },
    refused: (scope, contact, at) => {
      if (scope === "number") return slowDown(number, at);
      // The one that was refused took nothing and tries again when its own pause is over; the burst is used up.
      const pair = pairOf(pairs, contact, at);
      pair.tokens = Math.min(pair.tokens + 1, 1);
    },
    remember: (sends) => {
      // What others send in this second nobody knows here.
      if (processes() > 1) number.bucket.tokens = 0;
      for (const { contact, at } of sends) pairOf(pairs, contact, at).tokens -= 1;
    },
  };
}

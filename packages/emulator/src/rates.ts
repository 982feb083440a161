import { LIMITS } from "@parley/whatsapp";

/** A token bucket: `capacity` at once, then one per `intervalMs`. */
export interface Bucket {
  readonly capacity: number;
  readonly intervalMs: number;
  tokens: number;
  at: number;
}

function createBucket(capacity: number, intervalMs: number, now: number): Bucket {
  return { capacity, intervalMs, tokens: capacity, at: now };
}

function refill(bucket: Bucket, now: number): void {
  const gained = Math.max(0, now - bucket.at) / bucket.intervalMs;
  bucket.tokens = Math.min(bucket.capacity, bucket.tokens + gained);
  bucket.at = now;
}

/** Whether a token was there to take. A refusal takes none. */
export function take(bucket: Bucket, now: number): boolean {
  refill(bucket, now);
  // Elapsed times divide into thirds and sevenths: what is a token but for rounding is a token.
  if (bucket.tokens < 1 - 1e-9) return false;
  bucket.tokens = Math.max(0, bucket.tokens - 1);
  return true;
}

/** Takes a token if there is one: what counts, but is never refused. */
export function spend(bucket: Bucket, now: number): void {
  refill(bucket, now);
  bucket.tokens = Math.max(0, bucket.tokens - 1);
}

/** Messages of the number in a second, in and out. Over it: 130429. */
export function throughputBucket(now: number, perSecond: number = LIMITS.throughput.max): Bucket {
  return createBucket(perSecond, 1000 / perSecond, now);
}

/** Messages to one user: a burst is borrowed from the minutes after it. Over it: 131056. */
export function pairBucket(now: number): Bucket {
  return createBucket(LIMITS.pairBurst.max, LIMITS.pairInterval.min, now);
}

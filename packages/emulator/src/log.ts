/** What went over the wire, for people and for tests. */
export type WireEntry = { readonly n: number; readonly at: number } & (
  | {
      readonly kind: "api";
      readonly method: string;
      readonly path: string;
      readonly request: unknown;
      readonly status: number;
      readonly response: unknown;
    }
  /** `status` 0: no answer. `retryAt` is there while the webhook will be sent again. */
  | {
      readonly kind: "webhook";
      readonly body: unknown;
      readonly attempt: number;
      readonly status: number;
      readonly retryAt?: number;
    }
);

export type WireFacts = WireEntry extends infer E ? (E extends WireEntry ? Omit<E, "n" | "at"> : never) : never;

const KEPT = 1000;

export interface WireLog {
  readonly entries: WireEntry[];
  n: number;
}

export function createLog(): WireLog {
  return { entries: [], n: 0 };
}

/** Adds an entry and forgets the oldest above a thousand. */
export function record(log: WireLog, at: number, facts: WireFacts): WireEntry {
  const entry: WireEntry = { n: ++log.n, at, ...facts };
  log.entries.push(entry);
  if (log.entries.length > KEPT) log.entries.splice(0, log.entries.length - KEPT);
  return entry;
}

import type { Clock } from "../../src/types.ts";

export interface VirtualClock extends Clock {
  /** Moves on and runs what falls due on the way, in order. */
  readonly advance: (ms: number) => void;
}

/** 2026-01-01T12:00:00Z */
export const START: number = Date.UTC(2026, 0, 1, 12);

export function virtualClock(start: number = START): VirtualClock {
  let now = start;
  let last = 0;
  const timers = new Map<number, { readonly at: number; readonly run: () => void }>();
  const next = (until: number): [number, { readonly at: number; readonly run: () => void }] | undefined =>
    [...timers].filter(([, timer]) => timer.at <= until).toSorted((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
  return {
    now: () => now,
    setTimeout: (run, ms) => {
      last += 1;
      timers.set(last, { at: now + ms, run });
      return last;
    },
    clearTimeout: (handle) => {
      timers.delete(handle as number);
    },
    advance: (ms) => {
      const until = now + ms;
      for (let due = next(until); due; due = next(until)) {
        timers.delete(due[0]);
        now = due[1].at;
        due[1].run();
      }
      now = until;
    },
  };
}

/** What happens in the simulated world, by time; the clocks of the processes in it are parts of it. */
import type { Clock } from "../../src/types.ts";

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
  /** A sleep of the longest length: whoever sleeps so long asks again what is due. */
  readonly lazy: boolean;
}

export interface Timeline {
  readonly now: () => number;
  readonly at: (time: number, run: () => void) => void;
  readonly after: (ms: number, run: () => void) => void;
  /** When something happens next, sleeps left out; undefined when nothing will. */
  readonly next: () => number | undefined;
  /** Goes to this time and runs what is due by then. */
  readonly go: (time: number) => void;
  /** A clock whose timers die with its process; `skew` is what it is wrong by, in ms. */
  readonly clock: (alive: () => boolean, skew: () => number) => Clock;
}

const LONGEST_SLEEP_MS = 60_000;

function before(a: Planned, b: Planned): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Planned[], item: Planned): void {
  heap.push(item);
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    const a = heap[i];
    const b = heap[parent];
    if (!a || !b || !before(a, b)) return;
    heap[i] = b;
    heap[parent] = a;
    i = parent;
  }
}

function pop(heap: Planned[]): Planned | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (!first || !last || heap.length === 0) return first;
  heap[0] = last;
  for (let i = 0; ; ) {
    let least = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      const a = heap[child];
      const b = heap[least];
      if (a && b && before(a, b)) least = child;
    }
    const a = heap[i];
    const b = heap[least];
    if (least === i || !a || !b) return first;
    heap[i] = b;
    heap[least] = a;
    i = least;
  }
}

export function timeline(start: number): Timeline {
  const heap: Planned[] = [];
  const lazy: Planned[] = [];
  const cancelled = new Set<number>();
  let now = start;
  let order = 0;
  const plan = (at: number, run: () => void, isLazy: boolean): number => {
    order += 1;
    push(isLazy ? lazy : heap, { at: Math.ceil(Math.max(at, now)), order, run, lazy: isLazy });
    return order;
  };
  const drop = (from: Planned[]): void => {
    for (let top = from[0]; top && cancelled.has(top.order); top = from[0]) {
      cancelled.delete(top.order);
      pop(from);
    }
  };
  const due = (time: number): Planned | undefined => {
    drop(heap);
    drop(lazy);
    const [a, b] = [heap[0], lazy[0]];
    const from = a && (!b || before(a, b)) ? heap : lazy;
    const first = from[0];
    return first && first.at <= time ? pop(from) : undefined;
  };
  return {
    now: () => now,
    at: (time, run) => plan(time, run, false),
    after: (ms, run) => plan(now + ms, run, false),
    next: () => {
      drop(heap);
      return heap[0]?.at;
    },
    go: (time) => {
      // Sleepers oversleep: they wake at the end of it, not on the way.
      now = time;
      for (let item = due(time); item; item = due(time)) item.run();
    },
    clock: (alive, skew) => ({
      now: () => now + skew(),
      setTimeout: (run, ms) => plan(now + ms, () => alive() && run(), ms >= LONGEST_SLEEP_MS),
      clearTimeout: (handle) => {
        if (typeof handle === "number") cancelled.add(handle);
      },
    }),
  };
}

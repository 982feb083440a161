/** Real by default; one that can be advanced in tests and where a day must pass in a minute. */
export interface Clock {
  /** Ms since 1970. */
  readonly now: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (handle: unknown) => void;
}

export interface AdvanceableClock extends Clock {
  /** When the next timer is due, ms since 1970; undefined without one. */
  readonly nextDue: () => number | undefined;
  /** Goes forward to `at` and runs the timers due by then, each at its own time. Does nothing where `at` has passed. */
  readonly advanceTo: (at: number) => void;
}

export function isAdvanceable(clock: Clock): clock is AdvanceableClock {
  return "advanceTo" in clock && "nextDue" in clock;
}

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, Math.min(ms, 2_147_483_647)),
  clearTimeout: (handle) => {
    clearTimeout(handle as ReturnType<typeof setTimeout>);
  },
};

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
  handle: unknown;
}

/** Runs with `base`, and can be put forward on top of it. */
export function createShiftedClock(base: Clock = realClock): AdvanceableClock {
  let offset = 0;
  let order = 0;
  const timers = new Set<Timer>();
  const now = (): number => base.now() + offset;
  const next = (): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.due < first.due || (timer.due === first.due && timer.order < first.order)) first = timer;
    }
    return first;
  };
  const arm = (timer: Timer): void => {
    timer.handle = base.setTimeout(
      () => {
        if (timer.due > now()) arm(timer);
        else if (timers.delete(timer)) timer.run();
      },
      Math.max(0, timer.due - now()),
    );
  };
  const rearm = (): void => {
    for (const timer of timers) {
      base.clearTimeout(timer.handle);
      arm(timer);
    }
  };
  return {
    now,
    setTimeout: (run, ms) => {
      const timer: Timer = { due: now() + Math.max(0, ms), order: order++, run, handle: undefined };
      timers.add(timer);
      arm(timer);
      return timer;
    },
    clearTimeout: (handle) => {
      const timer = handle as Timer | undefined;
      if (timer && timers.delete(timer)) base.clearTimeout(timer.handle);
    },
    nextDue: () => next()?.due,
    advanceTo: (at) => {
      for (let timer = next(); timer && timer.due <= at; timer = next()) {
        timers.delete(timer);
        base.clearTimeout(timer.handle);
        offset += Math.max(0, timer.due - now());
        timer.run();
      }
      offset += Math.max(0, at - now());
      rearm();
    },
  };
}

/** Stands still at `start` (ms since 1970) until it is advanced. */
export function createVirtualClock(start: number): AdvanceableClock {
  return createShiftedClock({ now: () => start, setTimeout: () => undefined, clearTimeout: () => undefined });
}

/** When to check again after a keystroke. */

/** A check that took less than this is run at once. */
const FAST_MS = 50;
const LONGEST_DELAY_MS = 150;

export interface Schedule {
  /** Something has changed. */
  readonly touch: () => void;
  readonly stop: () => void;
}

/** Runs `check` soon: a single change is checked at once, several that come in together wait for as long as a check takes. */
export function createSchedule(check: () => void, now: () => number): Schedule {
  let last = 0;
  let touched = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (): void => {
    timer = undefined;
    const begin = now();
    check();
    last = now() - begin;
  };
  return {
    touch: () => {
      if (timer !== undefined) clearTimeout(timer);
      const isSingle = now() - touched >= last;
      touched = now();
      timer = setTimeout(run, isSingle || last < FAST_MS ? 0 : Math.min(LONGEST_DELAY_MS, last));
    },
    stop: () => {
      if (timer !== undefined) clearTimeout(timer);
    },
  };
}

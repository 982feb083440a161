/** When to check again after a keystroke. */

/** A check that took less than this is run at once. */
const FAST_MS = 50;
const LONGEST_DELAY_MS = 150;

export interface Schedule {
  /** Something has changed. */
  readonly touch: () => void;
  readonly stop: () => void;
}

/**
 * Runs the steps of a check soon: a single change is checked at once, several that come in together wait for as long as a
 * check takes. Between two steps whatever else has come in is answered.
 */
export function createSchedule(steps: readonly (() => void)[], now: () => number): Schedule {
  let last = 0;
  let touched = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (step: number, before: number): void => {
    timer = undefined;
    const begin = now();
    steps[step]?.();
    const took = before + now() - begin;
    // The step itself may have touched something.
    if (step + 1 < steps.length && timer === undefined) timer = setTimeout(() => run(step + 1, took), 0);
    else last = took;
  };
  return {
    touch: () => {
      if (timer !== undefined) clearTimeout(timer);
      const isSingle = now() - touched >= last;
      touched = now();
      timer = setTimeout(() => run(0, 0), isSingle || last < FAST_MS ? 0 : Math.min(LONGEST_DELAY_MS, last));
    },
    stop: () => {
      if (timer !== undefined) clearTimeout(timer);
    },
  };
}

import type { Clock } from "./types.ts";

/** The longest time that `setTimeout` is asked for: beyond 24.8 days it overflows, and a machine that slept wakes late. */
const LONGEST_SLEEP_MS = 60_000;

export const realClock: Clock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};

/** A sleep that may end early; who sleeps looks at the clock again. */
export function sleepMs(clock: Clock, until: number): number {
  return Math.max(0, Math.min(until - clock.now(), LONGEST_SLEEP_MS));
}

/** Resolves after the events that are ready now were handled. Takes no time of any clock. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") {
      setImmediate(resolve);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    const onmessage = (): void => {
      port1.close();
      resolve();
    };
    // By name: the types of Node know only its own way to listen.
    Object.assign(port1, { onmessage });
    port2.postMessage(null);
  });
}

import type { Bubble } from "../bubble.ts";
import { realClock } from "../clock.ts";
import type { Emulator, Phone } from "../types.ts";

const LONGEST_WAIT_MS = 30_000;

export interface History {
  readonly bubbles: readonly Bubble[];
  /** For the next `after`. */
  readonly after: number;
  /** The business shows that it is typing. */
  readonly typing: boolean;
}

function historyOf(emulator: Emulator, phone: Phone, after: number): History {
  const bubbles = [...phone.history, ...phone.failed].filter((bubble) => bubble.changed > after);
  const typing = (phone.contact.typingUntil ?? 0) > emulator.clock.now();
  return { bubbles, after: bubbles.reduce((most, bubble) => Math.max(most, bubble.changed), after), typing };
}

/** What is new or changed since `after`; waits up to `waitMs` of real time for something. */
export async function readHistory(emulator: Emulator, phone: Phone, after: number, waitMs: number): Promise<History> {
  const at = historyOf(emulator, phone, after);
  if (at.bubbles.length > 0 || waitMs <= 0) return at;
  await new Promise<void>((resolve) => {
    const timer = realClock.setTimeout(() => finish(), Math.min(waitMs, LONGEST_WAIT_MS));
    const stop = emulator.on((event) => {
      if (event.kind !== "wire" && event.contact.id === phone.contact.id) finish();
    });
    const finish = (): void => {
      realClock.clearTimeout(timer);
      stop();
      resolve();
    };
  });
  return historyOf(emulator, phone, after);
}

/** A number that cannot send until a person acts: it pauses, one message tries again, and what waits goes out when it may. */
import type { Health } from "../engine/health.ts";
import type { BotEvent, Clock, Logger } from "../types.ts";

export interface Gate {
  /** When the next message may try; 0 while the number can send. */
  readonly until: () => number;
  /** The number was stopped, and no message was taken since. */
  readonly isStopped: () => boolean;
  /** WhatsApp refused to send for this number; `code` of its error, or null where it gave none. */
  readonly stop: (code: number | null) => void;
  /** WhatsApp took a message, or refused it for another reason. */
  readonly passed: () => void;
}

export interface GateParts {
  readonly pauseMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly health: Health;
  readonly emit: (event: BotEvent) => void;
}

/** Stands for an error without a code in `health`. */
const NO_CODE = -1;

export function createGate({ pauseMs, clock, log, health, emit }: GateParts): Gate {
  let until = 0;
  let stopped = false;
  return {
    until: () => (stopped ? until : 0),
    isStopped: () => stopped,
    stop: (code) => {
      until = clock.now() + pauseMs;
      if (code !== null || health.stoppedBy === null) health.stoppedBy = code ?? NO_CODE;
      log.error({ code, pausedMs: pauseMs }, "the number cannot send until somebody acts");
      if (stopped) return;
      stopped = true;
      emit({ kind: "number", state: "stopped", code });
    },
    passed: () => {
      if (!stopped) return;
      stopped = false;
      health.stoppedBy = null;
      log.info({}, "the number can send again");
      emit({ kind: "number", state: "sending", code: null });
    },
  };
}

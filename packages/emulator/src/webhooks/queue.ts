/**
 * Work of the emulator that is due at a time: deliveries of webhooks and steps of messages. Jobs of one lane run one after
 * another, lanes run beside each other; so one slow webhook holds up its own contact only.
 */
import type { Clock } from "../clock.ts";

export interface Job {
  readonly due: number;
  readonly lane: string;
  /** Must not reject. */
  readonly run: () => Promise<void>;
}

export interface Queue {
  readonly automatic: boolean;
  /** In order of time, of equal times in order of arrival. */
  readonly jobs: Job[];
  readonly running: Map<string, Promise<void>>;
  wake: unknown;
  closed: boolean;
}

export function createQueue(automatic: boolean): Queue {
  return { automatic, jobs: [], running: new Map(), wake: undefined, closed: false };
}

export function enqueue(queue: Queue, clock: Clock, job: Job): void {
  if (queue.closed) return;
  const after = queue.jobs.findIndex((other) => other.due > job.due);
  queue.jobs.splice(after < 0 ? queue.jobs.length : after, 0, job);
  if (!queue.automatic) return;
  if (job.due <= clock.now()) queueMicrotask(() => startDue(queue, clock));
  else arm(queue, clock);
}

function arm(queue: Queue, clock: Clock): void {
  if (queue.wake !== undefined) clock.clearTimeout(queue.wake);
  queue.wake = undefined;
  const next = queue.jobs.find((job) => job.due > clock.now());
  if (!next) return;
  queue.wake = clock.setTimeout(() => {
    queue.wake = undefined;
    startDue(queue, clock);
  }, next.due - clock.now());
}

/** Starts what is due and whose lane is free. */
function startDue(queue: Queue, clock: Clock): void {
  if (queue.closed) return;
  for (let i = 0; i < queue.jobs.length; ) {
    const job = queue.jobs[i];
    if (!job || job.due > clock.now()) break;
    if (queue.running.has(job.lane)) {
      i += 1;
      continue;
    }
    queue.jobs.splice(i, 1);
    const done = job.run().finally(() => {
      queue.running.delete(job.lane);
      startDue(queue, clock);
    });
    queue.running.set(job.lane, done);
  }
  if (queue.automatic) arm(queue, clock);
}

/** Resolves when nothing runs and nothing is due. */
export async function settleQueue(queue: Queue, clock: Clock): Promise<void> {
  startDue(queue, clock);
  while (queue.running.size > 0) {
    await Promise.race(queue.running.values());
    startDue(queue, clock);
  }
}

export function closeQueue(queue: Queue, clock: Clock): void {
  queue.closed = true;
  queue.jobs.length = 0;
  if (queue.wake !== undefined) clock.clearTimeout(queue.wake);
}

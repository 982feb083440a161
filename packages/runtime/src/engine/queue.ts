/** Group commit: what arrives while a transaction runs goes into the next one together. */
import { nextTask } from "../clock.ts";
import { QueueFullError, StoreError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import type { Decision, Loaded, Outcome } from "../store.ts";
import { performJob, poisonedJob } from "../turn/perform.ts";
import type { Core } from "./core.ts";
import type { Job, JobResult } from "./job.ts";

/** Jobs that may wait to be committed. */
export const QUEUE_LIMIT = 5_000;
/** Jobs of one transaction. */
const BATCH_LIMIT = 500;

export interface Queue {
  /** Resolves when all jobs are committed; rejects with `QueueFullError` or `StoreError`, and then none was. */
  readonly push: (jobs: readonly Job[]) => Promise<void>;
  /** Commits our own work, which must not get lost: does not count for the limit. */
  readonly pushOwn: (jobs: readonly Job[]) => Promise<void>;
  readonly load: () => number;
  readonly idle: () => Promise<void>;
}

interface Waiting {
  readonly job: Job;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface QueueState {
  waiting: Waiting[];
  flushing: Promise<void> | null;
}

/** Messages beat timers that fell due before they came: the user had not yet waited in vain. */
function takeBatch(state: QueueState): readonly Waiting[] {
  const batch = state.waiting.splice(0, BATCH_LIMIT);
  return [...batch.filter(({ job }) => job.what !== "timer"), ...batch.filter(({ job }) => job.what === "timer")];
}

function report(core: Core, job: Job, outcome: Outcome<JobResult> | undefined): void {
  if (!outcome || outcome.kind === "duplicate") return;
  const { filed, error } = outcome.result;
  for (const event of outcome.result.report) core.emit(event);
  if (filed) {
    core.log.error({ what: job.what, deadLetter: filed.id, kind: filed.kind, reason: filed.reason }, "event filed");
    const thrown = error === undefined ? {} : { error };
    core.emit({ kind: "dead-letter", id: filed.id, reason: filed.reason, ...thrown });
  }
}

async function commit(core: Core, batch: readonly Waiting[]): Promise<void> {
  const jobs = batch.map(({ job }) => job);
  const decide =
    (how: (core: Core, job: Job, loaded: Loaded, error: unknown) => Decision<JobResult>) =>
    (index: number, loaded: Loaded, error?: unknown): Decision<JobResult> => {
      const job = jobs[index];
      if (!job) throw new Error("the store asked for an arrival that it was not given");
      return how(core, job, loaded, error);
    };
  let outcomes: readonly Outcome<JobResult>[];
  try {
    outcomes = await core.store.ingest(
      jobs.map((job) => job.arrival),
      { run: decide(performJob), poison: decide(poisonedJob) },
    );
  } catch (error) {
    core.log.error({ jobs: jobs.length, ...errorFacts(error) }, "commit failed");
    for (const { reject } of batch) reject(new StoreError("the store could not commit", { cause: error }));
    return;
  }
  batch.forEach(({ job, resolve }, index) => {
    resolve();
    report(core, job, outcomes[index]);
  });
}

async function flush(core: Core, state: QueueState, committed: () => void): Promise<void> {
  try {
    while (state.waiting.length > 0) {
      await nextTask();
      await commit(core, takeBatch(state));
      committed();
    }
  } finally {
    state.flushing = null;
  }
}

export function createQueue(core: Core, committed: () => void): Queue {
  const state: QueueState = { waiting: [], flushing: null };
  const push = async (jobs: readonly Job[]): Promise<void> => {
    // Without a job, `flush` would end before it was noted as running, and be taken to run for ever.
    if (jobs.length === 0) return;
    const all = jobs.map((job) => new Promise<void>((resolve, reject) => state.waiting.push({ job, resolve, reject })));
    state.flushing ??= flush(core, state, committed);
    const results = await Promise.allSettled(all);
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  };
  return {
    push: async (jobs) => {
      if (state.waiting.length + jobs.length > QUEUE_LIMIT) throw new QueueFullError("too many events wait");
      await push(jobs);
    },
    pushOwn: push,
    load: () => state.waiting.length / QUEUE_LIMIT,
    idle: async () => {
      while (state.flushing) await state.flushing;
    },
  };
}

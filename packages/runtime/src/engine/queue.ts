/** Group commit: what arrives while a transaction runs goes into the next one together. */
import { nextTask } from "../clock.ts";
import { QueueFullError, StoreError } from "../errors.ts";
import { errorFacts } from "../log.ts";
import type { Decision, Loaded, Outcome } from "../store.ts";
import { stopwatch } from "../telemetry/tracer.ts";
import { performJob, poisonedJob } from "../turn/perform.ts";
import { account, type Seen, seenOf } from "./account.ts";
import type { Core } from "./core.ts";
import type { Job, JobResult } from "./job.ts";

export interface Queue {
  /** Resolves when all jobs are committed; rejects with `QueueFullError` or `StoreError`, and then none was. */
  readonly push: (jobs: readonly Job[]) => Promise<void>;
  /** Commits our own work, which must not get lost: does not count for the limit. */
  readonly pushOwn: (jobs: readonly Job[]) => Promise<void>;
  /** How full it is: 1 where nothing more gets in. */
  readonly load: () => number;
  readonly depth: () => number;
  readonly idle: () => Promise<void>;
}

interface Waiting {
  readonly job: Job;
  /** Called once: with the error where the job was not committed. */
  readonly done: (error?: Error) => void;
}

interface QueueState {
  waiting: Waiting[];
  flushing: Promise<void> | null;
}

/** Messages beat timers that fell due before they came: the user had not yet waited in vain. */
function takeBatch(state: QueueState, most: number): readonly Waiting[] {
  const batch = state.waiting.splice(0, most);
  return [...batch.filter(({ job }) => job.what !== "timer"), ...batch.filter(({ job }) => job.what === "timer")];
}

function report(core: Core, job: Job, outcome: Outcome<JobResult> | undefined, seen: Seen): void {
  account(core, job, outcome, seen);
  if (!outcome || outcome.kind === "duplicate") return;
  const { filed, error } = outcome.result;
  for (const event of outcome.result.report) core.emit(event);
  if (filed) {
    core.log.error({ what: job.what, deadLetter: filed.id, kind: filed.kind, reason: filed.reason }, "event filed");
    const thrown = error === undefined ? {} : { error };
    core.emit({ kind: "dead-letter", id: filed.id, reason: filed.reason, ...thrown });
  }
}

function begin(core: Core, { what, parent, link }: Job, batch: number): Seen {
  const span = core.startSpan("process whatsapp", {
    kind: "consumer",
    attributes: {
      "messaging.system": "whatsapp",
      "messaging.operation.type": "process",
      "messaging.batch.message_count": batch,
      "parley.event": what,
    },
    ...(parent === undefined ? {} : { parent }),
    ...(link === undefined ? {} : { link }),
  });
  return { span, doubtful: false, seconds: 0 };
}

type Decide = (core: Core, job: Job, loaded: Loaded, trace: string | undefined, error: unknown) => Decision<JobResult>;

async function commit(core: Core, batch: readonly Waiting[]): Promise<void> {
  const jobs = batch.map(({ job }) => job);
  const seen = jobs.map((job) => begin(core, job, jobs.length));
  const decide =
    (how: Decide) =>
    (index: number, loaded: Loaded, error?: unknown): Decision<JobResult> => {
      const job = jobs[index];
      const its = seen[index];
      if (!job || !its) throw new Error("the store asked for an arrival that it was not given");
      const elapsed = stopwatch();
      try {
        return how(core, job, loaded, its.span.traceparent, error);
      } finally {
        seenOf(loaded, its, elapsed());
      }
    };
  const elapsed = stopwatch();
  core.meter.record("commit_batch_size", jobs.length);
  let outcomes: readonly Outcome<JobResult>[];
  try {
    outcomes = await core.store.ingest(
      jobs.map((job) => job.arrival),
      { run: decide(performJob), poison: decide(poisonedJob) },
    );
  } catch (error) {
    core.log.error({ jobs: jobs.length, ...errorFacts(error) }, "commit failed");
    core.health.storeFailing = true;
    core.meter.add("commit_failures");
    for (const { span } of seen) span.end("error");
    for (const { done } of batch) done(new StoreError("the store could not commit", { cause: error }));
    return;
  }
  core.health.storeFailing = false;
  core.meter.record("commit_seconds", elapsed());
  batch.forEach(({ job, done }, index) => {
    done();
    const its = seen[index];
    if (its) report(core, job, outcomes[index], its);
  });
}

async function flush(core: Core, state: QueueState, committed: () => void): Promise<void> {
  try {
    while (state.waiting.length > 0) {
      await nextTask();
      await commit(core, takeBatch(state, core.limits.batch));
      committed();
    }
  } finally {
    state.flushing = null;
  }
}

/** Lets the jobs wait; settles when the last of them is done, whatever became of the others. */
function allOf(state: QueueState, jobs: readonly Job[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = jobs.length;
    let failed: Error | undefined;
    const done = (error?: Error): void => {
      failed ??= error;
      left -= 1;
      if (left > 0) return;
      if (failed) reject(failed);
      else resolve();
    };
    for (const job of jobs) state.waiting.push({ job, done });
  });
}

export function createQueue(core: Core, committed: () => void): Queue {
  const state: QueueState = { waiting: [], flushing: null };
  const push = (jobs: readonly Job[]): Promise<void> => {
    // Without a job, `flush` would end before it was noted as running, and be taken to run for ever.
    if (jobs.length === 0) return Promise.resolve();
    const all = allOf(state, jobs);
    state.flushing ??= flush(core, state, committed);
    return all;
  };
  return {
    push: (jobs) =>
      state.waiting.length + jobs.length > core.limits.queuedEvents
        ? Promise.reject(new QueueFullError("too many events wait"))
        : push(jobs),
    pushOwn: push,
    load: () => state.waiting.length / core.limits.queuedEvents,
    depth: () => state.waiting.length,
    idle: async () => {
      while (state.flushing) await state.flushing;
    },
  };
}

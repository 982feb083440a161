/** Hands out what is due: sends, actions, timers. One loop; every commit and every end of a piece of work wakes it. */
import { lostJob, resultJob, runAction } from "../actions/run.ts";
import { nextTask, sleepMs } from "../clock.ts";
import type { SendResult } from "../cloud-api/answer.ts";
import { errorFacts } from "../log.ts";
import { callbackData } from "../outbox/callback.ts";
import { classOf, isTooOld, rateOf } from "../outbox/retry.ts";
import { doubtJob, notYetJob, settleJob, staleJob, windowJob } from "../outbox/settle.ts";
import type { ActionRow, Claimed, Overdue, SendRow } from "../store.ts";
import { OVERDUE_GRACE_MS, timerJob } from "../timers/due.ts";
import { DEDUPE_MS } from "../webhook/message.ts";
import type { Core } from "./core.ts";
import type { Job } from "./job.ts";
import type { Queue } from "./queue.ts";

const ACTIONS_AT_ONCE = 16;
const TIMERS_AT_ONCE = 200;
/** After a failure of the store. */
const STORE_RETRY_MS = 1_000;
/** Of a virtual clock: turns of the event loop after which an action that does not end counts as waiting for the clock. */
const PATIENCE = 2_000;
/** How long `stop` waits for sends and actions; what takes longer is found again at the next start. */
const STOP_MS = 10_000;
const SWEEP_EVERY_MS = 60 * 60 * 1000;

export interface Pump {
  /** From now on works by itself. */
  readonly start: () => void;
  /** Takes no new work, and resolves when what is under way has ended. */
  readonly stop: () => Promise<void>;
  /** Ends at once: the store is broken, and what is under way can be told to nobody. */
  readonly halt: () => void;
  readonly kick: () => void;
  /** Works until nothing is due; running actions that only the clock can end are left running. */
  readonly settle: () => Promise<void>;
  readonly nextDue: () => Promise<number | undefined>;
}

interface PumpState {
  readonly boot: string;
  readonly overdue: Overdue;
  started: boolean;
  /** Takes no new work. */
  closing: boolean;
  /** Waits for nothing any more. */
  stopped: boolean;
  /** Calls of `settle` under way: they let the loop work as `start` does. */
  settling: number;
  sweptAt: number;
  sends: number;
  /** The time of the last claim. */
  claimedAt: number;
  /** Deadlines of the actions that run, by id. */
  readonly actions: Map<string, number>;
  /** Raised by whatever happens: tells whether a wait brought anything. */
  ticks: number;
  looping: Promise<void> | null;
  again: boolean;
  sleeping: unknown;
}

interface Context {
  readonly core: Core;
  readonly queue: Queue;
  readonly state: PumpState;
  readonly kick: () => void;
}

/** Commits our own news; they may not get lost, so a store that fails is asked again. */
async function tell(context: Context, job: Job): Promise<void> {
  while (!context.state.stopped) {
    try {
      await context.queue.pushOwn([job]);
      return;
    } catch {
      await new Promise<void>((resolve) => {
        context.core.clock.setTimeout(resolve, STORE_RETRY_MS);
      });
    }
  }
}

/** What an answer says of the number and of how fast it may send. */
function learn(core: Core, row: SendRow, result: SendResult): void {
  if (result.kind === "accepted") core.gate.passed();
  if (result.kind !== "error") return;
  const { code, http } = result;
  core.log.warn({ send: row.id, code, http, attempt: row.attempt }, "a send was refused");
  if (classOf(code, http) === "stop-number") core.gate.stop(code);
  else if (code !== null) core.gate.passed();
  const scope = rateOf(code);
  if (scope) core.rates.refused(scope, row.contact.id, core.clock.now());
}

async function isDropped(context: Context, row: SendRow): Promise<boolean> {
  let is = false;
  const job = staleJob(context.core, row, () => {
    is = true;
  });
  await tell(context, job);
  return is;
}

async function send(context: Context, row: SendRow): Promise<void> {
  const { core, state } = context;
  state.sends += 1;
  if (row.attempt > 1 && row.ask !== null && (await isDropped(context, row))) {
    state.sends -= 1;
    return;
  }
  const result = await core.api.send(row, callbackData(row.id, row.attempt));
  learn(core, row, result);
  await tell(context, settleJob(core, row, result));
  state.sends -= 1;
}

async function act(context: Context, row: ActionRow): Promise<void> {
  const { core, state } = context;
  state.actions.set(row.id, core.clock.now() + row.timeoutMs);
  const outcome = await runAction(core, row);
  await tell(context, resultJob(core, row, outcome));
  state.actions.delete(row.id);
}

function launch(context: Context, work: Promise<void>): void {
  work
    .catch((error: unknown) => context.core.log.error(errorFacts(error), "a piece of work ended badly"))
    .finally(() => {
      context.state.ticks += 1;
      context.kick();
    });
}

/** When a send that was claimed may go: 0 for now. Its time may be over, or its contact had too many. */
function mayGo({ rates, sending, clock }: Core, row: SendRow): number {
  const now = clock.now();
  if (row.body.kind === "read") return 0;
  return isTooOld(row, now, sending.lifeMs) ? now : rates.take(row.contact.id, now);
}

/** How many sends may be claimed. A number that was stopped lets one try. */
function sendRoom({ core, state }: Context, now: number): number {
  if (now < core.gate.until()) return 0;
  const free = core.sending.concurrency - state.sends;
  return core.gate.isStopped() ? 1 - state.sends : Math.min(free, core.rates.room(now));
}

/** When the next send may be claimed, whatever waits. */
function sendsFrom({ core }: Context, now: number): number {
  return Math.max(core.gate.until(), core.rates.roomAt(now));
}

function jobsOf(core: Core, claimed: Claimed, notYet: readonly Job[]): readonly Job[] {
  return [
    ...notYet,
    ...claimed.closed.map((row) => windowJob(core, row)),
    ...claimed.doubtful.map((row) => doubtJob(core, row)),
    ...claimed.actions.filter((row) => row.state === "lost").map((row) => lostJob(core, row)),
    ...claimed.timers.map((timer) => timerJob(core, timer)),
  ];
}

/** Claims once; true where there may be more. */
async function round(context: Context): Promise<boolean> {
  const { core, state, queue } = context;
  const now = core.clock.now();
  state.claimedAt = now;
  const claimed = await core.store.claim({
    boot: state.boot,
    now,
    sends: Math.max(0, sendRoom(context, now)),
    actions: ACTIONS_AT_ONCE - state.actions.size,
    timers: TIMERS_AT_ONCE,
    overdue: state.overdue,
  });
  const notYet: Job[] = [];
  for (const row of claimed.sends) {
    const at = mayGo(core, row);
    if (at === 0) launch(context, send(context, row));
    else notYet.push(notYetJob(core, row, at));
  }
  for (const row of claimed.actions) if (row.state !== "lost") launch(context, act(context, row));
  const jobs = jobsOf(core, claimed, notYet);
  if (jobs.length === 0) return false;
  await queue.pushOwn(jobs);
  state.ticks += 1;
  return true;
}

async function sweep({ core, state }: Context): Promise<void> {
  const now = core.clock.now();
  if (now - state.sweptAt < SWEEP_EVERY_MS) return;
  state.sweptAt = now;
  await core.store.sweep({ dedupe: now - DEDUPE_MS, sends: now - core.sending.keptMs });
}

async function planned(context: Context): Promise<number | undefined> {
  const { core, state } = context;
  const now = core.clock.now();
  const from = sendsFrom(context, now);
  const next = (sends: boolean): Promise<number | undefined> => core.store.nextDue({ sends, overdue: state.overdue });
  const due = await next(true);
  if (from <= now || due === undefined || due >= from) return due;
  // A send may be what is due: it has to wait.
  return Math.min(from, (await next(false)) ?? from);
}

/**
 * Sleeps until something is due. What was due at the last claim found no room: the end of a piece of work brings it up. Of
 * what other processes leave nobody tells: it is looked for.
 */
async function sleep(context: Context): Promise<void> {
  const { core, state } = context;
  core.clock.clearTimeout(state.sleeping);
  const due = await planned(context);
  const poll = core.pollMs();
  const times = due === undefined || due <= state.claimedAt ? [] : [due];
  if (poll !== undefined) times.push(core.clock.now() + poll);
  if (!state.started || state.closing || times.length === 0) return;
  state.sleeping = core.clock.setTimeout(context.kick, sleepMs(core.clock, Math.min(...times)));
}

async function loop(context: Context): Promise<void> {
  const { core, state } = context;
  try {
    do {
      state.again = false;
      if (await round(context)) state.again = true;
    } while (state.again && !state.closing);
    await sweep(context);
    await sleep(context);
  } catch (error) {
    core.log.error(errorFacts(error), "the store could not hand out work");
    if (state.started && !state.closing) state.sleeping = core.clock.setTimeout(context.kick, STORE_RETRY_MS);
  } finally {
    state.looping = null;
  }
  if (state.again) context.kick();
}

/** Waits for what runs, and with a virtual clock not for actions that only the clock can end. */
async function untilQuiet({ core, queue, state }: Context): Promise<void> {
  let patience = PATIENCE;
  let ticks = state.ticks;
  while (state.looping || state.sends > 0 || (state.actions.size > 0 && (patience > 0 || !core.virtual))) {
    if (state.looping) await state.looping;
    else await nextTask();
    await queue.idle();
    patience = ticks === state.ticks ? patience - 1 : PATIENCE;
    ticks = state.ticks;
  }
}

async function settle(context: Context): Promise<void> {
  const { state } = context;
  state.settling += 1;
  try {
    context.kick();
    await untilQuiet(context);
  } finally {
    state.settling -= 1;
  }
}

async function stop(context: Context): Promise<void> {
  const { core, state } = context;
  if (state.stopped) return;
  state.closing = true;
  core.clock.clearTimeout(state.sleeping);
  let handle: unknown;
  const enough = new Promise<void>((resolve) => {
    handle = core.clock.setTimeout(resolve, STOP_MS);
  });
  await Promise.race([untilQuiet(context), enough]);
  core.clock.clearTimeout(handle);
  state.stopped = true;
}

async function nextDue(context: Context): Promise<number | undefined> {
  const times = [await planned(context), ...context.state.actions.values()].filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}

export function createPump(core: Core, queue: Queue, boot: string): Pump {
  const startedAt = core.clock.now();
  const state: PumpState = {
    boot,
    overdue: { at: startedAt, until: startedAt + OVERDUE_GRACE_MS },
    started: false,
    closing: false,
    stopped: false,
    settling: 0,
    sweptAt: startedAt,
    sends: 0,
    claimedAt: startedAt,
    actions: new Map(),
    ticks: 0,
    looping: null,
    again: false,
    sleeping: undefined,
  };
  const kick = (): void => {
    if (state.closing || !(state.started || state.settling > 0)) return;
    if (state.looping) state.again = true;
    else state.looping = loop(context);
  };
  const context: Context = { core, queue, state, kick };
  return {
    kick,
    start: () => {
      state.started = true;
      kick();
    },
    stop: () => stop(context),
    halt: () => {
      state.closing = true;
      state.stopped = true;
      core.clock.clearTimeout(state.sleeping);
    },
    settle: () => settle(context),
    nextDue: () => nextDue(context),
  };
}

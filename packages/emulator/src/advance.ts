/** Lets time pass for all who live on the emulator's clock, one due time after another. */
import { type AdvanceableClock, isAdvanceable } from "./clock.ts";
import type { Context } from "./context.ts";
import { RestlessError } from "./types.ts";
import { settleQueue } from "./webhooks/queue.ts";

/** More often than this nothing goes back and forth that comes to an end. */
const MOST_ROUNDS = 1000;
/** Due again and again at one time, with nothing done, is something that hangs. */
const MOST_AT_ONE_TIME = 100;

/** Resolves when neither the emulator nor its companion has anything to do now. */
export async function settleAll(ctx: Context): Promise<void> {
  const { queue, clock, companion } = ctx;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await settleQueue(queue, clock);
    if (!companion) return;
    await companion.settle();
    const [next] = queue.jobs;
    if (queue.running.size === 0 && (!next || next.due > clock.now())) return;
  }
  throw new RestlessError("the bot and the phones answer each other without end");
}

async function nextDue(ctx: Context, clock: AdvanceableClock): Promise<number> {
  const companion = await ctx.companion?.nextDue();
  return Math.min(ctx.queue.jobs[0]?.due ?? Infinity, companion ?? Infinity, clock.nextDue() ?? Infinity);
}

/** Throws where the clock cannot be advanced, and `RestlessError` where something stays due. */
export async function advanceAll(ctx: Context, ms: number): Promise<void> {
  const { clock } = ctx;
  if (!isAdvanceable(clock)) throw new Error("the clock of this emulator is the real one and cannot be advanced");
  const until = clock.now() + ms;
  await settleAll(ctx);
  for (let stuck = 0; stuck < MOST_AT_ONE_TIME; ) {
    const due = await nextDue(ctx, clock);
    if (due > until) {
      clock.advanceTo(until);
      return settleAll(ctx);
    }
    stuck = due > clock.now() ? 0 : stuck + 1;
    clock.advanceTo(due);
    await settleAll(ctx);
  }
  throw new RestlessError(`something stays due at ${new Date(clock.now()).toISOString()} and is not done`);
}

/** A bot and the WhatsApp that it talks to, on one clock that can be put forward. */
import type { AdvanceableClock, Emulator, Phone } from "@parley/emulator";
import type { Bot } from "@parley/runtime";

export interface World {
  readonly bot: Bot;
  readonly emulator: Emulator;
  readonly clock: AdvanceableClock;
  readonly phone: Phone;
}

/** Resolves when neither side has anything to do at this moment. */
export async function settle({ bot, emulator }: World): Promise<void> {
  for (;;) {
    const before = emulator.log().at(-1)?.n;
    await emulator.settle();
    await bot.settle();
    await emulator.settle();
    if (emulator.log().at(-1)?.n === before) return;
  }
}

/** So often in a row something may stay due before it is left to the real clock. */
const PATIENCE = 20;

/** Lets `ms` pass: everything that falls due in between happens at its own time. */
export async function advance(world: World, ms: number): Promise<void> {
  const { bot, emulator, clock } = world;
  const until = clock.now() + ms;
  await settle(world);
  let last = 0;
  let same = 0;
  for (;;) {
    const due = Math.min(
      clock.nextDue() ?? Infinity,
      emulator.nextDue() ?? Infinity,
      (await bot.nextDue()) ?? Infinity,
    );
    if (due > until) break;
    same = due === last ? same + 1 : 0;
    if (same > PATIENCE) break;
    last = due;
    clock.advanceTo(Math.max(due, clock.now()));
    await settle(world);
  }
  clock.advanceTo(Math.max(until, clock.now()));
  await settle(world);
}

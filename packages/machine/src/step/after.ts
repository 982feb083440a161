/** Time-outs of asks. */
import type { Pc } from "../format.ts";
import { type AskWait, armAfter, askOf } from "./asks.ts";
import { draftOf } from "./frames.ts";
import { takeGathered, withoutGathered } from "./gather.ts";
import { STOP } from "./places.ts";
import { note, type Turn } from "./turn.ts";

/**
 * The arm of the next time-out of the waiting ask, which was due at `due`; the one behind it counts from there. An answer
 * that is being gathered is complete with it, and goes before it if it is one.
 */
export function takeAfter(turn: Turn, waiting: AskWait, due: number): Pc {
  const ask = askOf(turn, waiting.id);
  const answered = waiting.gathered && takeGathered(turn, ask, waiting);
  if (answered !== undefined) return answered;
  const wait = waiting.gathered ? withoutGathered(turn, waiting) : waiting;
  const after = ask.after[wait.afters];
  if (!after) return STOP;
  const next = ask.after[wait.afters + 1];
  draftOf(turn).wait = { ...wait, afters: wait.afters + 1, afterAt: turn.now };
  note(turn, { kind: "after", ask: ask.id, index: wait.afters });
  if (next) armAfter(turn, ask, wait.afters + 1, wait.turn, "now", due + next.ms - after.ms - turn.now);
  return after.to;
}

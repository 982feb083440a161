/** Kept events: they start when the conversation has ended, and interrupt it when the user has been quiet. */
import type { PendingEvent } from "../snapshot.ts";
import { eventKey, type Trigger } from "../triggers.ts";
import { begin, interrupt } from "./interrupt.ts";
import { note, setTimer, type Turn } from "./turn.ts";

interface Kept {
  readonly name: string;
  readonly event: PendingEvent;
  readonly trigger: Trigger;
}

/** Starts what may start, oldest first; sets the timer for what has to wait for quiet. */
export function settle(turn: Turn): void {
  for (let kept = nextKept(turn); kept; kept = nextKept(turn)) {
    const { name, event, trigger } = kept;
    drop(turn, name);
    if (!turn.conversation) begin(turn, trigger, event.args);
    else {
      turn.hasInterrupted = true;
      interrupt(turn, trigger, "event", event.args);
    }
  }
  armQuiet(turn);
}

/** The oldest kept event that may start now. */
function nextKept(turn: Turn): Kept | undefined {
  const { pending, conversation } = turn;
  const kind = conversation?.wait?.kind;
  if (kind === "action" || kind === "handoff") return undefined;
  const mayAll = !conversation || (turn.mayInterrupt && !turn.hasInterrupted && isQuiet(turn));
  let next: Kept | undefined;
  for (const [name, event] of Object.entries(pending)) {
    const trigger = turn.prepared.triggers().events.get(eventKey(event.kind, name));
    if (!trigger) {
      // A later version of the program has no such event.
      note(turn, { kind: "ignored", what: name });
      drop(turn, name);
      continue;
    }
    const may = mayAll || trigger.def.anytime === true;
    if (may && (!next || event.at < next.event.at)) next = { name, event, trigger };
  }
  return next;
}

function drop(turn: Turn, name: string): void {
  const { [name]: _, ...others } = turn.pending;
  turn.pending = others;
}

function isQuiet(turn: Turn): boolean {
  return turn.lastUserAt === null || turn.now - turn.lastUserAt >= turn.machine.quietMs;
}

function armQuiet(turn: Turn): void {
  const { conversation, machine, now } = turn;
  const kind = conversation?.wait?.kind;
  if ((kind !== "ask" && kind !== "wait") || Object.keys(turn.pending).length === 0) return;
  const quietAt = (turn.lastUserAt ?? now) + machine.quietMs;
  // After an interruption, or where the user has been quiet all along, the next one gives this one its time.
  setTimer(turn, "quiet", turn.number, quietAt > now ? quietAt - now : machine.quietMs, "now");
}

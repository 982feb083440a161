/** Names of timers, and which of them the conversation waits for. */
import type { ConversationTimer, TimerName } from "../events.ts";
import type { Machine } from "../format.ts";
import { own } from "../own.ts";
import type { Conversation, Interrupted, Wait } from "../snapshot.ts";
import type { Draft, Turn } from "./turn.ts";

/** The timer of this kind of what is innermost: the conversation, or what interrupts it. */
export function conversationTimer(turn: Turn, name: ConversationTimer): TimerName {
  const { interrupted } = turn.conversation ?? {};
  return `${above(interrupted)}${name}`;
}

/** The beginning of the timers' names of what stands above these. */
function above(interrupted: Interrupted | undefined): "" | "over." | "over.over." {
  return interrupted ? (interrupted.interrupted ? "over.over." : "over.") : "";
}

/** The timers that must be running while the conversation waits like this. */
export function timerNames(
  machine: Machine,
  conversation: Pick<Conversation | Draft, "wait" | "interrupted"> | null,
): readonly TimerName[] {
  if (!conversation) return [];
  const { wait, interrupted } = conversation;
  const names: TimerName[] = [];
  for (let below = interrupted; below; below = below.interrupted) {
    // An ask that a message interrupted is sent again at the resume, with new time-outs.
    if (below.fell !== undefined || (below.by === "message" && below.wait.kind === "ask")) continue;
    names.unshift(...timersOf(machine, below.wait).map((name): TimerName => `${above(below.interrupted)}${name}`));
  }
  if (wait) for (const name of timersOf(machine, wait)) names.push(`${above(interrupted)}${name}`);
  return names;
}

const NONE: readonly ConversationTimer[] = [];

function timersOf(machine: Machine, wait: Wait): readonly ConversationTimer[] {
  switch (wait.kind) {
    case "ask": {
      const ask = own(machine.asks, wait.id);
      const after: readonly ConversationTimer[] = ask && wait.afters < ask.after.length ? ["after"] : NONE;
      return wait.gathered && !wait.gathered.done ? [...after, "gather"] : after;
    }
    case "wait":
      return ["wait"];
    case "handoff":
      return ["handoff"];
    case "action":
      return NONE;
    default:
      return wait satisfies never;
  }
}

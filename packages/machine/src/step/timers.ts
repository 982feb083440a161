/** Names of timers, and which of them the conversation waits for. */
import type { ConversationTimer, TimerName } from "../events.ts";
import type { Machine } from "../format.ts";
import { own } from "../own.ts";
import type { Conversation, Wait } from "../snapshot.ts";
import type { Draft, Turn } from "./turn.ts";

/** The timer of this kind of what is innermost: the conversation, or what interrupts it. */
export function conversationTimer(turn: Turn, name: ConversationTimer): TimerName {
  return turn.conversation?.interrupted ? `over.${name}` : name;
}

/** The timers that must be running while the conversation waits like this. */
export function timerNames(
  machine: Machine,
  conversation: Pick<Conversation | Draft, "wait" | "interrupted"> | null,
): readonly TimerName[] {
  if (!conversation) return [];
  const { wait, interrupted } = conversation;
  const inner = wait && timerOf(machine, wait);
  if (!interrupted) return inner ? [inner] : [];
  const outer = interrupted.fell === undefined ? timerOf(machine, interrupted.wait) : undefined;
  // An ask that a message interrupted is sent again at the resume, with new time-outs.
  const keeps = outer && !(interrupted.by === "message" && interrupted.wait.kind === "ask");
  return [...(keeps ? [outer] : []), ...(inner ? [`over.${inner}` as const] : [])];
}

function timerOf(machine: Machine, wait: Wait): ConversationTimer | undefined {
  switch (wait.kind) {
    case "ask": {
      const ask = own(machine.asks, wait.id);
      return ask && wait.afters < ask.after.length ? "after" : undefined;
    }
    case "wait":
      return "wait";
    case "handoff":
      return "handoff";
    case "action":
      return undefined;
    default:
      return wait satisfies never;
  }
}

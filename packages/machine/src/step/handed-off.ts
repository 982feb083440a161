/** Chats that people have: how long they last, how they begin without the program, how they end. */
import type { Event } from "../events.ts";
import { conversationId } from "../random.ts";
import type { Wait } from "../snapshot.ts";
import { DAY_MS } from "../value/calendar.ts";
import { endConversation } from "./ends.ts";
import { setFrames } from "./frames.ts";
import { placeOf } from "./places.ts";
import { run } from "./run.ts";
import { conversationTimer } from "./timers.ts";
import { note, setTimer, type Turn } from "./turn.ts";

type HandoffWait = Extract<Wait, { readonly kind: "handoff" }>;

/** In the place of an instruction's id: the hand-off was begun by a person, and stands nowhere in the program. */
const BY_PEOPLE = "";

function backAfterMs(turn: Turn, wait: HandoffWait): number {
  if (wait.id === BY_PEOPLE) return DAY_MS;
  return placeOf(turn, "handoff").instr.backAfterMs ?? DAY_MS;
}

/** People have the chat: the time-out counts from this message of either side, which was written `ago` ms before. */
export function stayHandedOff(turn: Turn, wait: HandoffWait, ago = 0): void {
  const ms = backAfterMs(turn, wait) - ago;
  const isLast = ago === 0 || (turn.lastUserAt ?? 0) < turn.now - ago;
  if (isLast && ms > 0) setTimer(turn, conversationTimer(turn, "handoff"), wait.turn, ms, "now");
  note(turn, { kind: "ignored", what: "handoff" });
}

/** The chat is the bot's again. */
export function giveBack(turn: Turn, wait: HandoffWait): void {
  if (wait.id === BY_PEOPLE) {
    note(turn, { kind: "resume", what: "handoff" });
    return endConversation(turn);
  }
  const { instr } = placeOf(turn, "handoff");
  note(turn, { kind: "resume", what: instr.id });
  if (instr.back === undefined) return endConversation(turn);
  run(turn, instr.back);
}

/** A conversation that stands at nothing: what was under way is over, and so is this when the chat is given back. */
function handOver(turn: Turn, ago: number): void {
  endConversation(turn);
  const wait: HandoffWait = { kind: "handoff", id: BY_PEOPLE, turn: turn.number, queue: "" };
  turn.conversation = { id: conversationId(turn.seed), frames: [], wait, interrupted: undefined };
  turn.begun++;
  setFrames(turn, []);
  setTimer(turn, conversationTimer(turn, "handoff"), turn.number, DAY_MS - ago, "now");
  note(turn, { kind: "handoff", what: "" });
}

/** A person at the business wrote to the user. */
export function handleEcho(turn: Turn, event: Extract<Event, { readonly kind: "echo" }>): void {
  const ago = Math.max(0, turn.now - event.sentAt);
  const wait = turn.conversation?.wait;
  if (wait?.kind === "handoff") return stayHandedOff(turn, wait, ago);
  if (!event.begins || ago >= DAY_MS) return note(turn, { kind: "ignored", what: "echo" });
  handOver(turn, ago);
}

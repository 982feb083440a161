/** Conversations that begin and that are interrupted. */
import { StepError } from "../errors.ts";
import type { Value } from "../format.ts";
import { conversationId } from "../random.ts";
import type { Interrupted } from "../snapshot.ts";
import type { Trigger } from "../triggers.ts";
import { draftOf, newFrame, setFrames } from "./frames.ts";
import { enterState } from "./places.ts";
import { run } from "./run.ts";
import { note, type Turn } from "./turn.ts";

/** Begins a conversation; there is none. */
export function begin(turn: Turn, trigger: Trigger, args: readonly Value[] = []): void {
  const id = conversationId(turn.begun === 0 ? turn.seed : `${turn.seed}/${turn.begun}`);
  turn.begun++;
  turn.conversation = { id, frames: [], wait: null, interrupted: undefined };
  enter(turn, trigger, args);
}

/**
 * Puts the trigger's flow on top. A message's takes the place of all that interrupts, an event's only that of an earlier
 * event: what a message began is taken up again after it, so that the business never takes anything from the user.
 */
export function interrupt(turn: Turn, trigger: Trigger, by: "message" | "event", args: readonly Value[] = []): void {
  const conversation = draftOf(turn);
  const { frames, wait, interrupted } = conversation;
  if (!wait) throw new StepError("a conversation that does not wait cannot be interrupted");
  note(turn, { kind: "interrupt", what: frames.at(-1)?.flow ?? "" });
  const waiting: Interrupted = interrupted ? { by, frames, wait, interrupted } : { by, frames, wait };
  conversation.interrupted = by === "message" ? belowAll(waiting) : belowEvent(waiting);
  conversation.wait = null;
  enter(turn, trigger, args);
}

/** What was interrupted first; it has to be sent again, since a message came between. */
function belowAll(waiting: Interrupted): Interrupted {
  let lowest = waiting;
  while (lowest.interrupted) lowest = lowest.interrupted;
  return lowest.by === "message" ? lowest : { ...lowest, by: "message" };
}

/** Without an interruption by an earlier event. */
function belowEvent(waiting: Interrupted): Interrupted {
  return waiting.interrupted?.by === "event" ? waiting.interrupted : waiting;
}

function enter(turn: Turn, { flow: name, def }: Trigger, args: readonly Value[]): void {
  const flow = turn.prepared.flow(name);
  const { on } = def;
  const names = on.kind === "event" || on.kind === "scheduled" ? on.params : [];
  note(turn, { kind: "begin", flow: name, trigger: on.kind });
  setFrames(turn, [newFrame(turn, flow, args, names)]);
  run(turn, enterState(turn, flow, def.state));
}

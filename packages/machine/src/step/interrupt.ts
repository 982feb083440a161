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

/** Puts the trigger's flow on top; an earlier interruption makes way for it. */
export function interrupt(turn: Turn, trigger: Trigger, by: "message" | "event", args: readonly Value[] = []): void {
  const conversation = draftOf(turn);
  const { frames, wait, interrupted } = conversation;
  if (!wait) throw new StepError("a conversation that does not wait cannot be interrupted");
  note(turn, { kind: "interrupt", what: frames.at(-1)?.flow ?? "" });
  conversation.interrupted = interrupted ? replaced(interrupted, by) : { by, frames, wait };
  conversation.wait = null;
  enter(turn, trigger, args);
}

/** Once a message has come between, the interrupted ask has to be sent again. */
function replaced(interrupted: Interrupted, by: "message" | "event"): Interrupted {
  return by === "message" && interrupted.by === "event" ? { ...interrupted, by } : interrupted;
}

function enter(turn: Turn, { flow: name, def }: Trigger, args: readonly Value[]): void {
  const flow = turn.prepared.flow(name);
  const { on } = def;
  const names = on.kind === "event" || on.kind === "scheduled" ? on.params : [];
  note(turn, { kind: "begin", flow: name, trigger: on.kind });
  setFrames(turn, [newFrame(turn, flow, args, names)]);
  run(turn, enterState(turn, flow, def.state));
}

/** Events that are no messages: timers, results, business events, releases, refusals. */
import { StepError } from "../errors.ts";
import type { ActionOutcome, Event } from "../events.ts";
import type { Value, ValueType } from "../format.ts";
import { own } from "../own.ts";
import type { Frame, Interrupted, Wait } from "../snapshot.ts";
import { eventKey } from "../triggers.ts";
import { type Fit, fitValue } from "../value/fits.ts";
import { takeAfter } from "./after.ts";
import { sendAgain } from "./answer.ts";
import { askOf } from "./asks.ts";
import { assign, replaceTop, setFrames, topFrame } from "./frames.ts";
import { completeGathered } from "./gather.ts";
import { giveBack } from "./handed-off.ts";
import { enterState, placeOf } from "./places.ts";
import { run } from "./run.ts";
import { note, type Turn } from "./turn.ts";

type EventOf<K extends Event["kind"]> = Extract<Event, { readonly kind: K }>;

export function handleTimer(turn: Turn, event: EventOf<"timer">): void {
  const { name, armed, due } = event;
  if (name === "quiet") {
    turn.mayInterrupt = true;
    return;
  }
  const { conversation } = turn;
  if (!conversation) return stale(turn, name);
  const level = name.split(".").length - 1;
  const levels = interruptionsIn(conversation.interrupted);
  const below = levels[level];
  if (below) {
    if (!isTimerOf(below.wait, kindOf(name), armed)) return stale(turn, name);
    conversation.interrupted = withFallen(conversation.interrupted, below, fallen(below, kindOf(name), due));
    return;
  }
  const { wait } = conversation;
  if (level !== levels.length || !wait || !isTimerOf(wait, kindOf(name), armed)) return stale(turn, name);
  fireTimer(turn, wait, kindOf(name), due);
}

/** From what was interrupted first. */
function interruptionsIn(interrupted: Interrupted | undefined): readonly Interrupted[] {
  return interrupted ? [...interruptionsIn(interrupted.interrupted), interrupted] : [];
}

function kindOf(timer: string): string {
  return timer.slice(timer.lastIndexOf(".") + 1);
}

/** `below` after a timer of it fell due while it is interrupted. */
function fallen(below: Interrupted, timer: string, due: number): Interrupted {
  const { wait } = below;
  if (timer !== "gather" || wait.kind !== "ask" || !wait.gathered) return { ...below, fell: due };
  return { ...below, wait: { ...wait, gathered: { ...wait.gathered, done: true } } };
}

function withFallen(top: Interrupted | undefined, below: Interrupted, now: Interrupted): Interrupted | undefined {
  if (!top || top === below) return top && now;
  const { interrupted, ...rest } = top;
  const lower = withFallen(interrupted, below, now);
  return lower ? { ...rest, interrupted: lower } : rest;
}

function stale(turn: Turn, what: string): void {
  note(turn, { kind: "stale", what });
}

const KIND: Readonly<Record<string, Wait["kind"]>> = { after: "ask", wait: "wait", handoff: "handoff" };

function isTimerOf(wait: Wait, name: string, armed: number): boolean {
  if (name === "gather") return wait.kind === "ask" && wait.gathered?.turn === armed;
  return wait.turn === armed && own(KIND, name) === wait.kind;
}

function fireTimer(turn: Turn, wait: Wait, timer: string, due: number): void {
  switch (wait.kind) {
    case "ask":
      if (timer === "gather") return run(turn, completeGathered(turn, askOf(turn, wait.id), wait));
      return run(turn, takeAfter(turn, wait, due));
    case "wait":
      return run(turn, placeOf(turn, "wait").pc + 1);
    case "handoff":
      return giveBack(turn, wait);
    case "action":
      return;
    default:
      return wait satisfies never;
  }
}

export function handleRelease(turn: Turn): void {
  const wait = turn.conversation?.wait;
  if (wait?.kind !== "handoff") return note(turn, { kind: "ignored", what: "release" });
  giveBack(turn, wait);
}

export function handleResult(turn: Turn, event: EventOf<"result">): void {
  const wait = turn.conversation?.wait;
  if (wait?.kind !== "action" || wait.id !== event.call || wait.turn !== event.armed) return stale(turn, event.call);
  const { pc, instr } = placeOf(turn, "action");
  const outcome = checkedOutcome(turn, instr.action, event.outcome);
  note(turn, { kind: "action", call: instr.id, outcome: outcome.ok ? "ok" : outcome.failure });
  if (outcome.ok) {
    if (instr.into) assign(turn, instr.into, outcome.value);
    return run(turn, pc + 1);
  }
  if (instr.fail === undefined)
    throw new StepError("an action that cannot fail has failed", { flow: topFrame(turn).flow, at: pc });
  replaceTop(turn, { ...topFrame(turn), failure: outcome.failure });
  run(turn, instr.fail);
}

/** A result that does not fit its type is a failure. */
function checkedOutcome(turn: Turn, action: string, outcome: ActionOutcome): ActionOutcome {
  const type = turn.machine.actions[action]?.result;
  if (!outcome.ok || !type) return outcome;
  const fit = fitValue(turn.machine, type, outcome.value);
  return fit.ok ? { ok: true, value: fit.value } : { ok: false, failure: "failed" };
}

/** Keeps the event: `settle` starts it as soon as it may. */
export function handleEvent(turn: Turn, event: EventOf<"event" | "scheduled">): void {
  const { kind, name } = event;
  if (!turn.prepared.triggers().events.has(eventKey(kind, name))) return note(turn, { kind: "ignored", what: name });
  const args = fitArgs(turn, name, event.args);
  if (!args) return note(turn, { kind: "ignored", what: name });
  turn.mayInterrupt = true;
  const { [name]: _, ...others } = turn.pending;
  turn.pending = { ...others, [name]: { kind, args, at: turn.now } };
}

function fitArgs(turn: Turn, name: string, args: readonly Value[]): readonly Value[] | undefined {
  const params = own(turn.machine.events, name)?.params;
  if (!params) return args;
  const fits: readonly Fit[] = Object.values<ValueType>(params).map((type, i) => fitValue(turn.machine, type, args[i]));
  return fits.every((fit) => fit.ok) ? fits.map((fit) => fit.value) : undefined;
}

/** Something that the turn in which the conversation began to wait wanted to send, and could not. */
export function handleRefused(turn: Turn, event: EventOf<"refused">): void {
  const { conversation } = turn;
  const wait = conversation?.wait;
  if (!conversation || !wait || wait.turn !== event.turn || wait.kind === "action") return stale(turn, "refused");
  if (event.reason === "window") return leaveForWindow(turn, conversation.frames);
  if (event.reason !== "undeliverable" || wait.kind !== "ask" || wait.numbered) return;
  const ask = askOf(turn, wait.id);
  if (ask.prompt.kind !== "options" || ask.fallback === false || (event.of ?? ask.id) !== ask.id) return;
  sendAgain(turn, { ...wait, numbered: true });
}

/** The innermost flow that says what to do goes on there, without the flows above it. */
function leaveForWindow(turn: Turn, frames: readonly Frame[]): void {
  const { windowClosed } = turn.prepared.triggers();
  const index = frames.findLastIndex(({ flow }) => windowClosed.has(flow));
  const frame = frames[index];
  const trigger = frame && windowClosed.get(frame.flow);
  if (!frame || !trigger) return;
  setFrames(turn, frames.slice(0, index + 1));
  const flow = turn.prepared.flow(frame.flow);
  note(turn, { kind: "begin", flow: flow.name, trigger: "window_closed" });
  run(turn, enterState(turn, flow, trigger.def.state));
}

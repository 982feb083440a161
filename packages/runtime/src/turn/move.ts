/**
 * Takes a conversation to a newer machine, if each place where it stands and each variable that is set exist there, under
 * its name or under one that `was` it, with the same type.
 */
import type { Conversation, Frame, Machine, Snapshot, ValueType, Wait } from "@parley/machine";
import type { Places } from "./places.ts";

interface Move {
  readonly from: Machine | undefined;
  readonly to: Machine;
  readonly places: Places;
}

function flowName(move: Move, flow: string): string {
  return move.to.flows[flow] ? flow : (move.to.was.flow[flow] ?? flow);
}

/** An id made of names in the new machine's names: as it is, renamed as a whole, or with its flow or state renamed. */
function placeName(move: Move, flow: string, id: string): string | undefined {
  const known = move.places.get(flow);
  if (known?.has(id)) return id;
  const [oldFlow = "", state = "", ...rest] = id.split(".");
  const oldState = `${oldFlow}.${state}`;
  const newState = move.to.was.state[oldState] ?? move.to.was.state[`${flow}.${state}`] ?? `${flow}.${state}`;
  const prefix = newState.includes(".") ? newState : `${flow}.${newState}`;
  const candidates = [move.to.was.ask[id], [prefix, ...rest].join(".")];
  return candidates.find((candidate) => candidate !== undefined && known?.has(candidate));
}

/** `let` slots are named `state.name`, variables by their name alone. */
function slotName(move: Move, flow: string, slot: string): string | undefined {
  const def = move.to.flows[flow];
  if (!def) return undefined;
  const candidates = [slot, move.to.was.var[`${flow}.${slot}`]?.split(".").at(-1)];
  return candidates.find((name) => name !== undefined && (def.vars[name] || def.lets[name]));
}

function slotType(machine: Machine, flow: string, slot: string): ValueType | undefined {
  const def = machine.flows[flow];
  return def?.vars[slot]?.type ?? def?.lets[slot];
}

/** Same type, with the same cases where it is an enum's. */
function sameType(move: Move, before: ValueType | undefined, after: ValueType | undefined): boolean {
  if (!before || !after) return before === after;
  if (JSON.stringify(before) !== JSON.stringify(after)) return false;
  if (before.t !== "enum") return true;
  const cases = Object.keys(move.from?.enums[before.name]?.cases ?? {});
  const now = move.to.enums[before.name]?.cases ?? {};
  return cases.every((name) => Object.hasOwn(now, name));
}

function moveFrame(move: Move, frame: Frame): Frame | null {
  const flow = flowName(move, frame.flow);
  const at = placeName(move, flow, frame.at);
  if (at === undefined) return null;
  const vars: Record<string, Frame["vars"][string]> = {};
  for (const [slot, value] of Object.entries(frame.vars)) {
    const name = slotName(move, flow, slot);
    if (name === undefined) return null;
    if (move.from && !sameType(move, slotType(move.from, frame.flow, slot), slotType(move.to, flow, name))) return null;
    vars[name] = value;
  }
  return { flow, at, vars };
}

function moveFrames(move: Move, frames: readonly Frame[]): readonly Frame[] | null {
  const moved = frames.map((frame) => moveFrame(move, frame));
  return moved.every((frame) => frame !== null) ? moved : null;
}

function moveWait(move: Move, wait: Wait, frames: readonly Frame[]): Wait | null {
  const flow = frames.at(-1)?.flow;
  const id = flow === undefined ? undefined : placeName(move, flow, wait.id);
  return id === undefined ? null : { ...wait, id };
}

function movePart<C extends Pick<Conversation, "frames" | "wait">>(move: Move, part: C): C | null {
  const frames = moveFrames(move, part.frames);
  const wait = frames && moveWait(move, part.wait, frames);
  return frames && wait ? { ...part, frames, wait } : null;
}

/** The snapshot in the names of `to`; null where the conversation cannot move. `from` is absent where it is not kept. */
export function moveSnapshot(
  snapshot: Snapshot,
  from: Machine | undefined,
  to: Machine,
  places: Places,
): Snapshot | null {
  const { conversation } = snapshot;
  if (!conversation) return snapshot;
  const move: Move = { from, to, places };
  const moved = movePart(move, conversation);
  if (!moved) return null;
  if (!conversation.interrupted) return { ...snapshot, conversation: moved };
  const interrupted = movePart(move, conversation.interrupted);
  return interrupted && { ...snapshot, conversation: { ...moved, interrupted } };
}

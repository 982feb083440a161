/**
 * Takes a conversation to a newer machine, if each place where it stands and each variable that is set exist there, under
 * its name or under one that `was` it, with the same type.
 */
import type { Conversation, Frame, Machine, Snapshot, ValueType, Wait } from "@parley/machine";
import { own } from "./own.ts";
import type { Places } from "./places.ts";

interface Move {
  readonly from: Machine | undefined;
  readonly to: Machine;
  readonly places: Places;
}

function flowName({ to }: Move, flow: string): string {
  return own(to.flows, flow) ? flow : (own(to.was.flow, flow) ?? flow);
}

/** `was` has every old name in full, with each of the old names of what it stands in. */
function stateName(move: Move, flow: string, state: string): string {
  const old = `${flow}.${state}`;
  return own(move.to.was.state, old) ?? `${flowName(move, flow)}.${state}`;
}

/** An id made of names in the new machine's names; undefined where nothing of that name can be stood at. */
function placeName(move: Move, id: string): string | undefined {
  const [flow = "", state = "", ...rest] = id.split(".");
  const known = move.places.get(flowName(move, flow));
  const candidates = [id, own(move.to.was.ask, id), [stateName(move, flow, state), ...rest].join(".")];
  return candidates.find((candidate) => candidate !== undefined && known?.has(candidate));
}

/** `let` slots are named `state.name`, variables by their name alone. */
function slotName(move: Move, flow: string, slot: string): string | undefined {
  const def = own(move.to.flows, flowName(move, flow));
  if (!def) return undefined;
  const [state = "", name] = slot.split(".");
  const old = own(move.to.was.var, `${flow}.${slot}`);
  const renamed = name === undefined ? old?.split(".")[1] : `${stateName(move, flow, state).split(".")[1]}.${name}`;
  return [slot, renamed].find(
    (candidate) =>
      candidate !== undefined && (Object.hasOwn(def.vars, candidate) || Object.hasOwn(def.lets, candidate)),
  );
}

function slotType(machine: Machine, flow: string, slot: string): ValueType | undefined {
  const def = own(machine.flows, flow);
  return def && (own(def.vars, slot)?.type ?? own(def.lets, slot));
}

/** Same type, with the same cases where it is an enum's. */
function sameType(move: Move, before: ValueType | undefined, after: ValueType | undefined): boolean {
  if (!before || !after) return before === after;
  if (JSON.stringify(before) !== JSON.stringify(after)) return false;
  if (before.t !== "enum") return true;
  const cases = Object.keys((move.from && own(move.from.enums, before.name)?.cases) ?? {});
  const now = own(move.to.enums, before.name)?.cases ?? {};
  return cases.every((name) => Object.hasOwn(now, name));
}

/** The record under its slots' new names; null where one of them is gone or has another type. */
function moveSlots<T>(
  move: Move,
  flow: string,
  slots: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> | null {
  const moved: Record<string, T> = {};
  for (const [slot, value] of Object.entries(slots)) {
    const name = slotName(move, flow, slot);
    if (name === undefined) return null;
    const after = slotType(move.to, flowName(move, flow), name);
    if (move.from && !sameType(move, slotType(move.from, flow, slot), after)) return null;
    moved[name] = value;
  }
  return moved;
}

function moveFrame(move: Move, frame: Frame): Frame | null {
  const at = placeName(move, frame.at);
  const vars = moveSlots(move, frame.flow, frame.vars);
  return at === undefined || vars === null ? null : { ...frame, flow: flowName(move, frame.flow), at, vars };
}

function moveFrames(move: Move, frames: readonly Frame[]): readonly Frame[] | null {
  const moved = frames.map((frame) => moveFrame(move, frame));
  return moved.every((frame) => frame !== null) ? moved : null;
}

function moveWait(move: Move, wait: Wait): Wait | null {
  const id = placeName(move, wait.id);
  if (id === undefined) return null;
  if (wait.kind !== "ask" || !wait.rows) return { ...wait, id };
  const rows = moveSlots(move, wait.id.split(".")[0] ?? "", wait.rows);
  return rows && { ...wait, id, rows };
}

/** With all that it interrupts. */
function movePart<C extends Pick<Conversation, "frames" | "wait" | "interrupted">>(move: Move, part: C): C | null {
  const frames = moveFrames(move, part.frames);
  const wait = frames && moveWait(move, part.wait);
  if (!frames || !wait) return null;
  if (!part.interrupted) return { ...part, frames, wait };
  const interrupted = movePart(move, part.interrupted);
  return interrupted && { ...part, frames, wait, interrupted };
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
  return moved && { ...snapshot, conversation: moved };
}

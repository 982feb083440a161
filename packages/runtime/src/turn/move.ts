/**
 * Takes a conversation to a newer machine, if each place where it stands and each variable that is set exist there, under
 * its name or under one that `was` it, with the same type.
 */
import {
  type Conversation,
  type Frame,
  fitValue,
  type Machine,
  type Snapshot,
  type Value,
  type ValueType,
  type Wait,
} from "@parley/machine";
import { own } from "./own.ts";
import type { Places } from "./places.ts";
import { caseName, flowName, type Move, placeName, sameType, slotName, slotType } from "./renamed.ts";

/** A value with the names that its cases have in the new machine, whose type it has. */
function moveValue(move: Move, type: ValueType, value: Value): Value {
  if (value === null) return null;
  switch (type.t) {
    case "enum":
      return typeof value === "string" ? caseName(move, type.name, value) : value;
    case "optional":
      return moveValue(move, type.of, value);
    case "list":
      return Array.isArray(value) ? value.map((one: Value) => moveValue(move, type.of, one)) : value;
    case "record": {
      if (typeof value !== "object" || Array.isArray(value)) return value;
      const fields = Object.entries(value as Readonly<Record<string, Value>>);
      return Object.fromEntries(
        fields.map(([name, one]) => {
          const field = own(type.fields, name);
          return [name, field ? moveValue(move, field, one) : one];
        }),
      );
    }
    default:
      return value;
  }
}

/** A variable's value in the new machine; undefined where its type is another one, or it does not fit. */
function moveVar(
  move: Move,
  before: ValueType | undefined,
  after: ValueType | undefined,
  value: Value,
): Value | undefined {
  if (!after || (move.from && !sameType(move, before, after))) return undefined;
  const moved = moveValue(move, after, value);
  return move.from || fitValue(move.to, after, moved).ok ? moved : undefined;
}

/** The record under its slots' new names; null where one of them is gone or has another type. */
function moveSlots<T>(
  move: Move,
  flow: string,
  slots: Readonly<Record<string, T>>,
  moveOne: (before: ValueType | undefined, after: ValueType | undefined, value: T) => T | undefined,
): Readonly<Record<string, T>> | null {
  const moved: Record<string, T> = {};
  for (const [slot, value] of Object.entries(slots)) {
    const name = slotName(move, flow, slot);
    if (name === undefined) return null;
    const after = slotType(move.to, flowName(move, flow), name);
    const one = moveOne(move.from && slotType(move.from, flow, slot), after, value);
    if (one === undefined) return null;
    moved[name] = one;
  }
  return moved;
}

function moveFrame(move: Move, frame: Frame): Frame | null {
  const at = placeName(move, frame.at);
  const vars = moveSlots(move, frame.flow, frame.vars, (before, after, value) => moveVar(move, before, after, value));
  return at === undefined || vars === null ? null : { ...frame, flow: flowName(move, frame.flow), at, vars };
}

function moveFrames(move: Move, frames: readonly Frame[]): readonly Frame[] | null {
  const moved = frames.map((frame) => moveFrame(move, frame));
  return moved.every((frame) => frame !== null) ? moved : null;
}

function moveWait(move: Move, wait: Wait): Wait | null {
  // A hand-off that a person began stands nowhere.
  if (wait.kind === "handoff" && wait.id === "") return wait;
  const id = placeName(move, wait.id);
  if (id === undefined) return null;
  if (wait.kind !== "ask" || !wait.rows) return { ...wait, id };
  // Rows are kept as ids and values of the list's type: they move where that type is the same.
  const rows = moveSlots(move, wait.id.split(".")[0] ?? "", wait.rows, (before, after, row) =>
    !move.from || sameType(move, before, after) ? row : undefined,
  );
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

/** What the new machine cannot read is as if it had never been said: its first value is taken again. */
function moveProfile(move: Move, profile: Snapshot["profile"]): Snapshot["profile"] {
  const moved: Record<string, Value> = {};
  const renamed = (old: string): string => own(move.to.was.profile ?? {}, old) ?? old;
  // A value under the name of today is the newer one.
  const entries = Object.entries(profile).sort(([a], [b]) => Number(renamed(b) !== b) - Number(renamed(a) !== a));
  for (const [old, value] of entries) {
    const name = renamed(old);
    const type = own(move.to.profile, name)?.type;
    // A field that is not there any more may be there again, after a roll-back.
    const one = type ? moveValue(move, type, value) : value;
    if (!type || fitValue(move.to, type, one).ok) moved[name] = one;
  }
  return moved;
}

/** Events that are kept and that the new machine could not take are dropped. */
function movePending(move: Move, pending: Snapshot["pending"]): Snapshot["pending"] {
  return Object.fromEntries(
    Object.entries(pending).flatMap(([name, event]) => {
      const args = moveArgs(move, name, event.args);
      return args ? [[name, { ...event, args }]] : [];
    }),
  );
}

function moveArgs(move: Move, name: string, args: readonly Value[]): readonly Value[] | null {
  const types = Object.values(own(move.to.events, name)?.params ?? {});
  if (!own(move.to.events, name) || types.length !== args.length) return null;
  const moved = args.map((value, index) => {
    const type = types[index];
    return type ? moveValue(move, type, value) : value;
  });
  const fits = moved.every((value, index) => {
    const type = types[index];
    return type !== undefined && fitValue(move.to, type, value).ok;
  });
  return fits ? moved : null;
}

/** A conversation in the names of `to`; null where it cannot move. `from` is absent where it is not kept. */
export function moveConversation(
  conversation: Conversation,
  from: Machine | undefined,
  to: Machine,
  places: Places,
): Conversation | null {
  return movePart({ from, to, places }, conversation);
}

/** The snapshot in the names of `to`; null where the conversation cannot move. `from` is absent where it is not kept. */
export function moveSnapshot(
  snapshot: Snapshot,
  from: Machine | undefined,
  to: Machine,
  places: Places,
): Snapshot | null {
  const { conversation } = snapshot;
  const move: Move = { from, to, places };
  const moved = conversation && movePart(move, conversation);
  if (conversation && !moved) return null;
  const profile = moveProfile(move, snapshot.profile);
  return { ...snapshot, profile, pending: movePending(move, snapshot.pending), conversation: moved };
}

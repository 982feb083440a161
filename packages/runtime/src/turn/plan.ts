/**
 * What a deployment does to conversations under way, before it: for each place of the machine that runs today where the
 * newer one takes a conversation that stands there. The same names and types decide as when it is moved (`move.ts`).
 */
import type { Instr, Machine, Snapshot, ValueType } from "@parley/machine";
import { moveSnapshot } from "./move.ts";
import { own } from "./own.ts";
import { type Places, placesOf } from "./places.ts";
import { flowName, type Move, placeName, sameType, slotName, slotType } from "./renamed.ts";

export interface PlannedPlace {
  readonly kind: "ask" | "wait" | "call" | "action" | "handoff";
  /** Its id in the machine of today. */
  readonly at: string;
  /** Its id in the newer one; absent where it is gone. */
  readonly to?: string;
  /**
   * `stranded`: a conversation there stays on its machine as long as that is kept, and is given up after that. One that
   * waits for an action stays until the result is there, whatever this says.
   */
  readonly fate: "same" | "moved" | "stranded";
  /** Why a conversation there is stranded; empty otherwise. */
  readonly reasons: readonly Stranding[];
}

export type Stranding =
  | { readonly kind: "gone" }
  | {
      readonly kind: "variable";
      /** `x`, or `state.x` of a `let`. */
      readonly name: string;
      readonly before: ValueType;
      /** Absent where the variable is gone. */
      readonly after?: ValueType;
      /** The variable may be unset there, and then strands nobody. */
      readonly ifSet: boolean;
    };

export interface Plan {
  readonly from: string;
  readonly to: string;
  readonly places: readonly PlannedPlace[];
  /** Fields of `profile` whose values the newer machine may not be able to read; they begin anew where it cannot. */
  readonly profile: readonly { readonly name: string; readonly before: ValueType; readonly after: ValueType }[];
  /** Events and schedules that are dropped where they wait. */
  readonly events: readonly string[];
}

/** `from` runs today, `to` is to be deployed. */
export function planMoves(from: Machine, to: Machine): Plan {
  const move: Move = { from, to, places: placesOf(to) };
  const places = Object.keys(from.flows).flatMap((flow) => planFlow(move, from, flow));
  const profile = Object.entries(from.profile).flatMap(([name, { type: before }]) => {
    const after = own(to.profile, own(to.was.profile ?? {}, name) ?? name)?.type;
    return after && !sameType(move, before, after) ? [{ name, before, after }] : [];
  });
  const events = Object.entries(from.events).flatMap(([name, { params }]) => {
    const types = Object.values(own(to.events, name)?.params ?? {});
    const before = Object.values(params);
    const isTaken =
      own(to.events, name) &&
      types.length === before.length &&
      types.every((type, i) => sameType(move, before[i], type));
    return isTaken ? [] : [name];
  });
  return { from: from.hash, to: to.hash, places, profile, events };
}

function planFlow(move: Move, from: Machine, flow: string): readonly PlannedPlace[] {
  const places: Places = placesOf(from);
  const strandings = variablesOf(move, from, flow);
  return [...(places.get(flow) ?? [])].map((at): PlannedPlace => {
    const to = placeName(move, at);
    const state = at.split(".")[1] ?? "";
    const lost = strandings.filter(({ name }) => !name.includes(".") || name.startsWith(`${state}.`));
    const reasons: readonly Stranding[] = to === undefined ? [{ kind: "gone" }] : lost;
    const fate = reasons.length > 0 ? "stranded" : to === at ? "same" : "moved";
    return { kind: kindOf(from, flow, at), at, ...(to === undefined ? {} : { to }), fate, reasons };
  });
}

function kindOf(machine: Machine, flow: string, at: string): PlannedPlace["kind"] {
  for (const instr of own(machine.flows, flow)?.code ?? []) if (stands(instr, at)) return instr.op;
  throw new Error(`no place ${at}`);
}

type Standing = Extract<Instr, { readonly op: PlannedPlace["kind"] }>;

function stands(instr: Instr, at: string): instr is Standing {
  return (instr.op === "ask" && instr.ask === at) || ("id" in instr && instr.id === at);
}

type LostVariable = Extract<Stranding, { readonly kind: "variable" }>;

/** Variables of a flow that are set somewhere and that the newer machine has no place of the same type for. */
function variablesOf(move: Move, from: Machine, flow: string): readonly LostVariable[] {
  const def = own(from.flows, flow);
  if (!def) return [];
  const slots = [...Object.keys(def.vars), ...Object.keys(def.lets)];
  return slots.flatMap((name): readonly LostVariable[] => {
    const before = slotType(from, flow, name);
    const renamed = slotName(move, flow, name);
    const after = renamed === undefined ? undefined : slotType(move.to, flowName(move, flow), renamed);
    if (!before || (after && sameType(move, before, after))) return [];
    const ifSet = !def.params.includes(name) && own(def.vars, name)?.init === undefined;
    return [{ kind: "variable", name, before, ...(after ? { after } : {}), ifSet }];
  });
}

/** A contact's snapshot in the names of `to`; null where its conversation is stranded. The very move of a running bot. */
export function carrySnapshot(snapshot: Snapshot, from: Machine | undefined, to: Machine): Snapshot | null {
  return moveSnapshot(snapshot, from, to, placesOf(to));
}

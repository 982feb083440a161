/** What the names of one machine are called in a newer one: places, variables, cases. */
import { enumsOf, type Machine, type ValueType } from "@parley/machine";
import { own } from "./own.ts";
import type { Places } from "./places.ts";

export interface Move {
  readonly from: Machine | undefined;
  readonly to: Machine;
  readonly places: Places;
}

export function flowName({ to }: Move, flow: string): string {
  return own(to.flows, flow) ? flow : (own(to.was.flow, flow) ?? flow);
}

/** `was` has every old name in full, with each of the old names of what it stands in. */
function stateName(move: Move, flow: string, state: string): string {
  const old = `${flow}.${state}`;
  return own(move.to.was.state, old) ?? `${flowName(move, flow)}.${state}`;
}

/** An id made of names in the new machine's names; undefined where nothing of that name can be stood at. */
export function placeName(move: Move, id: string): string | undefined {
  const [flow = "", state = "", ...rest] = id.split(".");
  const known = move.places.get(flowName(move, flow));
  const candidates = [id, own(move.to.was.ask, id), [stateName(move, flow, state), ...rest].join(".")];
  return candidates.find((candidate) => candidate !== undefined && known?.has(candidate));
}

/** `let` slots are named `state.name`, variables by their name alone. */
export function slotName(move: Move, flow: string, slot: string): string | undefined {
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

export function slotType(machine: Machine, flow: string, slot: string): ValueType | undefined {
  const def = own(machine.flows, flow);
  return def && (own(def.vars, slot)?.type ?? own(def.lets, slot));
}

/** Same type, with the same cases where it is an enum's, under their names of today. */
export function sameType(move: Move, before: ValueType | undefined, after: ValueType | undefined): boolean {
  if (!before || !after) return before === after;
  if (JSON.stringify(before) !== JSON.stringify(after)) return false;
  return enumsOf(before).every((name) => {
    const cases = Object.keys((move.from && own(move.from.enums, name)?.cases) ?? {});
    const now = own(move.to.enums, name)?.cases ?? {};
    return cases.every((one) => Object.hasOwn(now, caseName(move, name, one)));
  });
}

export function caseName({ to }: Move, name: string, one: string): string {
  if (Object.hasOwn(own(to.enums, name)?.cases ?? {}, one)) return one;
  return own(to.was.case, `${name}.${one}`)?.slice(name.length + 1) ?? one;
}

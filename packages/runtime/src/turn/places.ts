/** Where conversations can stand in a machine: the ids of its asks, waits, calls, actions and hand-offs, by flow. */
import type { Instr, Machine } from "@parley/machine";

export type Places = ReadonlyMap<string, ReadonlySet<string>>;

function placeOf(instr: Instr): string | undefined {
  switch (instr.op) {
    case "ask":
      return instr.ask;
    case "wait":
    case "call":
    case "action":
    case "handoff":
      return instr.id;
    default:
      return undefined;
  }
}

export function placesOf(machine: Machine): Places {
  return new Map(
    Object.entries(machine.flows).map(([name, flow]) => [
      name,
      new Set(flow.code.flatMap((instr) => placeOf(instr) ?? [])),
    ]),
  );
}

/** Ways into a flow's code. */
import { StepError } from "../errors.ts";
import type { Instr, Pc } from "../format.ts";
import { own } from "../own.ts";
import type { PreparedFlow } from "../prepare.ts";
import { leaveState, topFrame } from "./frames.ts";
import { note, type Turn } from "./turn.ts";

/** In the place of a pc: the turn's work is done. */
export const STOP: Pc = -1;

/** The pc of a state's first instruction. */
export function enterState(turn: Turn, flow: PreparedFlow, state: string): Pc {
  const pc = own(flow.def.states, state);
  if (pc === undefined) throw new StepError(`the flow ${flow.name} has no state ${state}`);
  leaveState(turn, flow);
  note(turn, { kind: "enter", flow: flow.name, state });
  return pc;
}

/** The first state of a flow whose frame was just put on top. */
export function enterFlow(turn: Turn, flow: PreparedFlow): Pc {
  const [state = ""] = Object.keys(flow.def.states);
  return enterState(turn, flow, state);
}

export interface Place<K extends Instr["op"]> {
  readonly pc: Pc;
  readonly instr: Extract<Instr, { readonly op: K }>;
}

/** Where the innermost frame stands, which must be at an instruction of this kind. */
export function placeOf<K extends Instr["op"]>(turn: Turn, op: K): Place<K> {
  const { flow: name, at } = topFrame(turn);
  const flow = turn.prepared.flow(name);
  const pc = flow.places.get(at);
  const instr = pc === undefined ? undefined : flow.def.code[pc];
  if (pc === undefined || instr?.op !== op)
    throw new StepError(`the conversation stands at no ${op}`, { flow: name, at });
  // `op` was just compared.
  return { pc, instr: instr as Place<K>["instr"] };
}

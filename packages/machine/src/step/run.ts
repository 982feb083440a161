/** Runs a flow's code from one place to the next where the conversation waits or ends. */
import { StepError } from "../errors.ts";
import type { Pc } from "../format.ts";
import { topFrame } from "./frames.ts";
import { execute } from "./instructions.ts";
import { STOP } from "./places.ts";
import type { Turn } from "./turn.ts";

/** More instructions than any turn that makes sense: a loop that does not wait. */
export const MAX_STEPS = 1_000;

/** `pc` is of the innermost frame's flow. */
export function run(turn: Turn, pc: Pc): void {
  let at = pc;
  while (at !== STOP) {
    const { flow: name } = topFrame(turn);
    const flow = turn.prepared.flow(name);
    const instr = flow.def.code[at];
    if (!instr) throw new StepError("there is no instruction", { flow: name, at });
    if (++turn.steps > MAX_STEPS) throw new StepError(`more than ${MAX_STEPS} steps in one turn`, { flow: name, at });
    at = execute(turn, flow, instr, at);
  }
}

/** Arms: arrows and blocks that follow an answer, a time-out or a failure. */
import type { Instr, Pc } from "@parley/machine";
import type { Arm, Arrow } from "../syntax/ast.ts";
import { type Code, here, put } from "./code.ts";
import { lowerExpr } from "./expressions.ts";
import type { FlowLowering } from "./lowering.ts";

/** Lowers the statements of a block; says whether a way goes on behind it. Given by `statements.ts`, which stands above. */
export type LowerBlock = (l: FlowLowering, block: Extract<Arm, { kind: "Block" }>) => boolean;

/** What ends a block without an arrow: it goes on there, keeps waiting, or asks again. */
export type Ending = Pc | "keep" | "again";

/** Puts an arm behind the state and says later where it begins. */
export function later(
  l: FlowLowering,
  arm: Arm,
  ending: Ending,
  lowerBlock: LowerBlock,
  found: (pc: Pc) => void,
): void {
  const known = arm.kind === "Arrow" ? l.code.arrows.get(arrowKey(arm)) : undefined;
  if (known !== undefined) return found(known);
  l.code.later.push(() => found(armCode(l, arm, ending, lowerBlock)));
}

function armCode(l: FlowLowering, arm: Arm, ending: Ending, lowerBlock: LowerBlock): Pc {
  if (arm.kind === "Arrow") return sharedArrow(l, arm);
  const at = here(l.code);
  if (arm.kind === "Block" && !lowerBlock(l, arm)) return at;
  put(l.code, arm, endingInstr(ending));
  return at;
}

function endingInstr(ending: Ending): Instr {
  return typeof ending === "number" ? { op: "jump", to: ending } : { op: ending };
}

/** One instruction for all arms of the flow that say the same. */
function sharedArrow(l: FlowLowering, arrow: Arrow): Pc {
  const key = arrowKey(arrow);
  const known = l.code.arrows.get(key);
  if (known !== undefined) return known;
  const at = putArrow(l.code, l, arrow);
  if (key !== "") l.code.arrows.set(key, at);
  return at;
}

/** "" for arrows with arguments of their own. No state is called `end` or `resume`. */
function arrowKey(arrow: Arrow): string {
  return arrow.target === "flow" ? "" : arrow.name.text;
}

export function putArrow(code: Code, l: FlowLowering, arrow: Arrow): Pc {
  const at = here(code);
  switch (arrow.target) {
    case "state":
      put(code, arrow, { op: "go", state: arrow.name.text });
      break;
    case "flow":
      put(code, arrow, { op: "leave", flow: arrow.name.text, args: arrow.args.map((arg) => lowerExpr(l, arg)) });
      break;
    case "end":
    case "resume":
      put(code, arrow, { op: arrow.target });
  }
  return at;
}

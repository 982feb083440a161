/** Whether arms leave what they are arms of. */
import type { Arm, Statement } from "../syntax/ast.ts";

/** Whether an arm of `after` leaves its ask on some way. */
export function leaves(syntax: Arm): boolean {
  if (syntax.kind === "Arrow") return true;
  return syntax.kind === "Block" && syntax.statements.some(statementLeaves);
}

function statementLeaves(s: Statement): boolean {
  switch (s.kind) {
    case "Arrow":
    case "Return":
    case "Handoff":
    case "Forget":
      return true;
    case "If":
      return (
        leaves(s.then) ||
        (s.orElse !== undefined && (s.orElse.kind === "If" ? statementLeaves(s.orElse) : leaves(s.orElse)))
      );
    case "Match":
      return s.arms.some((a) => leaves(a.arm));
    default:
      return false;
  }
}

/** What a condition says of `window.open`. */
import type { Names } from "../bind/names.ts";
import type { Expr } from "../syntax/ast.ts";

/** Whether the window is surely open where the condition came out true. */
export function whenTrue(names: Names, condition: Expr): boolean {
  if (isWindowOpen(names, condition)) return true;
  switch (condition.kind) {
    case "UnaryExpr":
      return condition.op === "not" && whenFalse(names, condition.value);
    case "BinaryExpr":
      if (condition.op === "and") return whenTrue(names, condition.left) || whenTrue(names, condition.right);
      return condition.op === "or" && whenTrue(names, condition.left) && whenTrue(names, condition.right);
    default:
      return false;
  }
}

/** Whether the window is surely open where the condition came out false. */
export function whenFalse(names: Names, condition: Expr): boolean {
  switch (condition.kind) {
    case "UnaryExpr":
      return condition.op === "not" && whenTrue(names, condition.value);
    case "BinaryExpr":
      if (condition.op === "or") return whenFalse(names, condition.left) || whenFalse(names, condition.right);
      return condition.op === "and" && whenFalse(names, condition.left) && whenFalse(names, condition.right);
    default:
      return false;
  }
}

function isWindowOpen(names: Names, expr: Expr): boolean {
  if (expr.kind !== "FieldExpr" || expr.field.text !== "open" || expr.of.kind !== "NameExpr") return false;
  const referent = names.refs.get(expr.of);
  return referent?.kind === "root" && referent.name === "window";
}

/** Walks an expression from the outside to the inside, holes of texts included. */
import type { Expr } from "../syntax/ast.ts";

export function visitExpr(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const part of partsOf(expr)) visitExpr(part, visit);
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "TextExpr":
      return expr.parts.flatMap((part) => (typeof part === "string" ? [] : [part.value]));
    case "CallExpr":
      return expr.args;
    case "FieldExpr":
      return [expr.of];
    case "IndexExpr":
      return [expr.of, expr.index];
    case "UnaryExpr":
    case "IsNoneExpr":
      return [expr.value];
    case "BinaryExpr":
      return [expr.left, expr.right];
    case "ConditionalExpr":
      return [expr.condition, expr.then, expr.orElse];
    case "ListExpr":
      return expr.items;
    case "ComprehensionExpr":
      return expr.condition ? [expr.list, expr.condition, expr.value] : [expr.list, expr.value];
    case "RecordExpr":
      return expr.fields.map((field) => field.value);
    case "NameExpr":
    case "NumberExpr":
    case "DurationExpr":
    case "NoneExpr":
    case "BoolExpr":
    case "MissingExpr":
      return [];
  }
}

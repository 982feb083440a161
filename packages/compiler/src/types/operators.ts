/** What operators give, with interval arithmetic for ranges. */
import type { BinaryExpr, BinaryOp, UnaryExpr } from "../syntax/ast.ts";
import { BOOL, DATE, DURATION, MOMENT, NUMBER, optional, range, text, UNKNOWN } from "./builtins.ts";
import { isNumeric, join, present } from "./relations.ts";
import { show } from "./show.ts";
import type { Type } from "./type.ts";
import { report, type Typer } from "./typer.ts";

/** `and` and `or` take conditions, whose facts hold on one side only. */
type ValueOp = Exclude<BinaryOp, "and" | "or">;

export function binaryType(t: Typer, expr: BinaryExpr, op: ValueOp, left: Type, right: Type): Type {
  if (left.kind === "unknown" || right.kind === "unknown") return unknownOperand(op, left, right);
  const type = known(expr, op, left, right);
  if (type) return type;
  report(t, "P2003", expr, { problem: "operands", operator: op, left: show(left), right: show(right) });
  return op === "==" || op === "!=" || op.startsWith("<") || op.startsWith(">") ? BOOL : UNKNOWN;
}

function unknownOperand(op: ValueOp, left: Type, right: Type): Type {
  switch (op) {
    case "==":
    case "!=":
    case "<":
    case "<=":
    case ">":
    case ">=":
      return BOOL;
    case "??":
      return left.kind === "unknown" ? UNKNOWN : right;
    default:
      return UNKNOWN;
  }
}

function known(expr: BinaryExpr, op: ValueOp, left: Type, right: Type): Type | undefined {
  switch (op) {
    case "==":
    case "!=":
      return comparable(left, right) ? BOOL : undefined;
    case "<":
    case "<=":
    case ">":
    case ">=":
      return (isNumeric(left) && isNumeric(right)) || (left.kind === right.kind && ORDERED.has(left.kind))
        ? BOOL
        : undefined;
    case "??":
      return join(present(left), right);
    case "+":
    case "-":
      return sum(op, left, right);
    case "*":
      return product(left, right);
    case "/":
      return isNumeric(left) && isNumeric(right) ? quotient(expr) : undefined;
  }
}

const ORDERED: ReadonlySet<Type["kind"]> = new Set(["date", "time", "moment", "duration"]);
const NOT_COMPARED: ReadonlySet<Type["kind"]> = new Set(["namespace", "media", "cart", "card"]);

function comparable(left: Type, right: Type): boolean {
  if (NOT_COMPARED.has(present(left).kind) || NOT_COMPARED.has(present(right).kind)) {
    return left.kind === "none" || right.kind === "none";
  }
  return join(left, right) !== undefined;
}

function sum(op: "+" | "-", left: Type, right: Type): Type | undefined {
  if (left.kind === "range" && right.kind === "range") {
    return op === "+"
      ? range(left.min + right.min, left.max + right.max)
      : range(left.min - right.max, left.max - right.min);
  }
  if (isNumeric(left) && isNumeric(right)) return NUMBER;
  if (right.kind === "duration") {
    if (left.kind === "moment") return MOMENT;
    if (left.kind === "date") return DATE;
    if (left.kind === "duration") return DURATION;
  }
  return op === "+" && left.kind === "text" && right.kind === "text" ? text(left.max + right.max) : undefined;
}

function product(left: Type, right: Type): Type | undefined {
  if (left.kind === "range" && right.kind === "range") {
    const ends = [left.min * right.min, left.min * right.max, left.max * right.min, left.max * right.max];
    return range(Math.min(...ends), Math.max(...ends));
  }
  if (isNumeric(left) && isNumeric(right)) return NUMBER;
  return undefined;
}

/** Only a literal divisor other than 0 is sure to give a number. */
function quotient(expr: BinaryExpr): Type {
  const divisor = expr.right.kind === "UnaryExpr" && expr.right.op === "-" ? expr.right.value : expr.right;
  return divisor.kind === "NumberExpr" && divisor.value !== 0 ? NUMBER : optional(NUMBER);
}

export function negated(t: Typer, expr: UnaryExpr, type: Type): Type {
  if (type.kind === "range") return range(-type.max, -type.min);
  if (type.kind === "number" || type.kind === "duration" || type.kind === "unknown") return type;
  report(t, "P2003", expr.value, { problem: "operand", operator: "-", wanted: "a number", found: show(type) });
  return UNKNOWN;
}

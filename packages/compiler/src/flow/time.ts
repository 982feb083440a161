/** Times that are known before the conversation runs. */
import type { Expr } from "../syntax/ast.ts";

const UNITS = [
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
] as const;

/** Milliseconds of a constant duration; `undefined` for what only a run can know. */
export function constantMs(expr: Expr): number | undefined {
  const value = constant(expr);
  return value?.isDuration && value.amount >= 0 ? value.amount : undefined;
}

interface Constant {
  readonly amount: number;
  readonly isDuration: boolean;
}

function constant(expr: Expr): Constant | undefined {
  if (expr.kind === "DurationExpr") return { amount: expr.value, isDuration: true };
  if (expr.kind === "NumberExpr") return { amount: expr.value, isDuration: false };
  if (expr.kind !== "BinaryExpr") return undefined;
  const left = constant(expr.left);
  const right = constant(expr.right);
  if (!left || !right) return undefined;
  switch (expr.op) {
    case "+":
      return { amount: left.amount + right.amount, isDuration: left.isDuration };
    case "-":
      return { amount: left.amount - right.amount, isDuration: left.isDuration };
    case "*":
      return { amount: left.amount * right.amount, isDuration: left.isDuration || right.isDuration };
    case "/":
      return right.amount === 0
        ? undefined
        : { amount: left.amount / right.amount, isDuration: left.isDuration && !right.isDuration };
    default:
      return undefined;
  }
}

/** `23 h 55 min`, `10 s`, `any time`; at most the two greatest units, or as many as tell it from another time. */
export function showTime(ms: number, other: number = ms): string {
  const most = UNITS.length;
  for (let units = 2; units < most; units++) {
    const shown = inUnits(ms, units);
    if (ms === other || shown !== inUnits(other, units)) return shown;
  }
  return inUnits(ms, most);
}

function inUnits(ms: number, most: number): string {
  if (ms === Number.POSITIVE_INFINITY) return "any time";
  const parts: string[] = [];
  let rest = Math.round(ms / 1000) * 1000;
  for (const [unit, size] of UNITS) {
    if (unit === "w" || parts.length === most || (unit === "d" && ms <= 3 * size)) continue;
    const count = Math.floor(rest / size);
    if (count === 0 && parts.length === 0) continue;
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    else if (parts.length > 0 && most === 2) break;
  }
  return parts.length === 0 ? "0 s" : parts.join(" ");
}

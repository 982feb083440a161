/**
 * Evaluates expressions. Total: what the type checker rules out (a field of nothing, a sum of texts) gives none, never an
 * exception; only a function that this interpreter does not have throws.
 */
import { MachineError } from "../errors.ts";
import type { BinaryOp, Expr, Value } from "../format.ts";
import { own, setOwn } from "../own.ts";
import { addDays, DAY_MS } from "../value/calendar.ts";
import { compareValues, equalValues } from "../value/equal.ts";
import { isRecord } from "../value/fits.ts";
import type { Env } from "./env.ts";
import type { FunctionName } from "./function-names.ts";
import { FUNCTIONS } from "./functions.ts";
import { printAll } from "./print.ts";
import { profileField, rootField, rootValue } from "./roots.ts";

export function evaluate(env: Env, e: Expr): Value {
  if (typeof e !== "object" || e === null) return e;
  switch (e[0]) {
    case "get":
      return slotValue(env, e[1]);
    case "root":
      return rootValue(env, e[1], evaluate);
    case "field":
      return fieldValue(env, e[1], e[2]);
    case "index":
      return itemValue(evaluate(env, e[1]), evaluate(env, e[2]));
    case "concat":
      return printAll(env, e[1], evaluate);
    case "list":
      return listValue(env, e);
    case "record":
      return recordValue(env, e[1]);
    case "map":
      return mapValue(env, e);
    case "if":
      return evaluate(env, isTrue(env, e[1]) ? e[2] : e[3]);
    case "not":
      return !isTrue(env, e[1]);
    case "neg":
      return numeric(evaluate(env, e[1]), 0, (a) => -a);
    case "isNone":
      return evaluate(env, e[1]) === null;
    case "call":
      return callValue(env, e);
    case "or":
      return isTrue(env, e[1]) || isTrue(env, e[2]);
    case "and":
      return isTrue(env, e[1]) && isTrue(env, e[2]);
    case "??":
      return evaluate(env, e[1]) ?? evaluate(env, e[2]);
    default:
      return binary(e[0], evaluate(env, e[1]), evaluate(env, e[2]));
  }
}

/** None counts as false. */
export function isTrue(env: Env, e: Expr): boolean {
  return evaluate(env, e) === true;
}

function slotValue(env: Env, slot: string): Value {
  for (let bound = env.bound; bound !== null; bound = bound.outer) if (bound.slot === slot) return bound.value;
  return own(env.vars, slot) ?? null;
}

function fieldValue(env: Env, of: Expr, name: string): Value {
  if (Array.isArray(of) && of[0] === "root") {
    return of[1] === "profile" ? profileField(env, name, evaluate) : rootField(env, of[1], name);
  }
  const value = evaluate(env, of);
  return isRecord(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;
}

/** Items count from 0. */
function itemValue(list: Value, index: Value): Value {
  return Array.isArray(list) && typeof index === "number" ? (list[index] ?? null) : null;
}

function listValue(env: Env, e: readonly ["list", ...Expr[]]): Value {
  const items: Value[] = [];
  for (let i = 1; i < e.length; i++) items.push(evaluate(env, e[i] ?? null));
  return items;
}

function recordValue(env: Env, fields: Readonly<Record<string, Expr>>): Value {
  const out: Record<string, Value> = {};
  for (const name of Object.keys(fields)) setOwn(out, name, evaluate(env, fields[name] ?? null));
  return out;
}

function mapValue(env: Env, e: readonly ["map", string, Expr, Expr, Expr]): Value {
  const list = evaluate(env, e[2]);
  const out: Value[] = [];
  if (!Array.isArray(list)) return out;
  const outer = env.bound;
  for (const value of list as readonly Value[]) {
    env.bound = { slot: e[1], value, outer };
    if (e[4] === true || isTrue(env, e[4])) out.push(evaluate(env, e[3]));
  }
  env.bound = outer;
  return out;
}

function callValue(env: Env, e: readonly ["call", string, ...Expr[]]): Value {
  const name = e[1];
  if (!Object.hasOwn(FUNCTIONS, name)) throw new MachineError("", `this interpreter has no function ${name}`);
  const args: Value[] = [];
  for (let i = 2; i < e.length; i++) args.push(evaluate(env, e[i] ?? null));
  return FUNCTIONS[name as FunctionName](env, args);
}

function numeric(a: Value, b: Value, operate: (a: number, b: number) => number): Value {
  if (typeof a !== "number" || typeof b !== "number") return null;
  const result = operate(a, b);
  return Number.isFinite(result) ? result : null;
}

type StrictOp = Exclude<BinaryOp, "or" | "and" | "??">;

const OPERATORS: Readonly<Record<StrictOp, (a: Value, b: Value) => Value>> = {
  "==": equalValues,
  "!=": (a, b) => !equalValues(a, b),
  "<": (a, b) => a !== null && b !== null && compareValues(a, b) < 0,
  "<=": (a, b) => a !== null && b !== null && compareValues(a, b) <= 0,
  ">": (a, b) => a !== null && b !== null && compareValues(a, b) > 0,
  ">=": (a, b) => a !== null && b !== null && compareValues(a, b) >= 0,
  "+": (a, b) => numeric(a, b, (x, y) => x + y),
  "-": (a, b) => numeric(a, b, (x, y) => x - y),
  "*": (a, b) => numeric(a, b, (x, y) => x * y),
  "/": (a, b) => (b === 0 ? null : numeric(a, b, (x, y) => x / y)),
  "text+": (a, b) => (typeof a === "string" && typeof b === "string" ? a + b : null),
  "date+": (a, b) => moved(a, b, 1),
  "date-": (a, b) => moved(a, b, -1),
  "moment+": (a, b) => numeric(a, b, (x, y) => x + y),
  "moment-": (a, b) => numeric(a, b, (x, y) => x - y),
};

/** A duration moves a date by its whole days. */
function moved(date: Value, duration: Value, sign: 1 | -1): Value {
  if (typeof date !== "string" || typeof duration !== "number") return null;
  return addDays(date, sign * Math.trunc(duration / DAY_MS));
}

function binary(op: StrictOp, a: Value, b: Value): Value {
  return OPERATORS[op](a, b);
}

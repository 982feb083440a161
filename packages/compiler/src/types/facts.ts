/** What is known about values at one point of a program: narrower types, by path (`x`, `profile.name`). */
import type { Names } from "../bind/names.ts";
import type { BinaryExpr, Expr } from "../syntax/ast.ts";
import { NONE, range } from "./builtins.ts";
import { isOptional, present } from "./relations.ts";
import type { ExprTypes, Type } from "./type.ts";

/** Never changed; a path that is absent has its declared type. */
export type Facts = ReadonlyMap<string, Type>;

export const NO_FACTS: Facts = new Map();

/** `reply` is not `none`. */
export const REPLY_PATH = "root reply";

/** What facts are built from. */
export interface Known {
  readonly names: Names;
  readonly ofExpr: ExprTypes;
}

/** The key of an expression that keeps its value until it is set, or `undefined`. */
export function pathOf(names: Names, expr: Expr): string | undefined {
  if (expr.kind === "FieldExpr") {
    const of = pathOf(names, expr.of);
    return of === undefined ? undefined : `${of}.${expr.field.text}`;
  }
  if (expr.kind !== "NameExpr") return undefined;
  const referent = names.refs.get(expr);
  switch (referent?.kind) {
    case "var":
      return `var ${referent.slot}`;
    case "let":
    case "row":
    case "item":
      return `local ${referent.slot}`;
    case "root":
      return `root ${referent.name}`;
    default:
      return undefined;
  }
}

export function withFact(facts: Facts, path: string, type: Type): Facts {
  return new Map(facts).set(path, type);
}

/** After `path` was set: what was known of it and its fields no longer holds. */
export function withoutPath(facts: Facts, path: string): Facts {
  return without(facts, (key) => key === path || key.startsWith(`${path}.`));
}

/** After a pause of the conversation: `reply` is another, `profile` and `contact` may have changed. */
export function afterPause(facts: Facts): Facts {
  return without(facts, (key) => key !== REPLY_PATH && key.startsWith("root "));
}

/** The same facts where nothing is dropped, which is usual. */
function without(facts: Facts, isDropped: (path: string) => boolean): Facts {
  let some = false;
  for (const key of facts.keys()) some ||= isDropped(key);
  return some ? new Map([...facts].filter(([key]) => !isDropped(key))) : facts;
}

/** What holds on every one of several ways that meet. */
export function meet(ways: readonly Facts[]): Facts {
  const [first, ...others] = ways;
  if (!first) return NO_FACTS;
  if (first.size === 0 || others.every((way) => way === first)) return first;
  const kept = [...first].filter(([path, type]) => others.every((way) => way.get(path) === type));
  return kept.length === first.size ? first : new Map(kept);
}

/** What holds in addition where `condition` came out as `truth`. The condition must be typed already. */
export function assume(known: Known, condition: Expr, truth: boolean, facts: Facts): Facts {
  switch (condition.kind) {
    case "UnaryExpr":
      return condition.op === "not" ? assume(known, condition.value, !truth, facts) : facts;
    case "IsNoneExpr":
      return condition.negated === truth ? isThere(known, condition.value, facts) : facts;
    case "BinaryExpr":
      return assumeBinary(known, condition, truth, facts);
    default:
      return facts;
  }
}

function assumeBinary(known: Known, e: BinaryExpr, truth: boolean, facts: Facts): Facts {
  const { left, right } = e;
  switch (e.op) {
    case "and":
      return truth ? assume(known, right, true, assume(known, left, true, facts)) : facts;
    case "or":
      return truth ? facts : assume(known, right, false, assume(known, left, false, facts));
    case "==":
    case "!=":
      return assumeEqual(known, e, (e.op === "==") === truth, facts);
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const op = truth ? e.op : OPPOSITE[e.op];
      return within(known, right, MIRRORED[op], left, within(known, left, op, right, facts));
    }
    default:
      return facts;
  }
}

function assumeEqual(known: Known, e: BinaryExpr, equal: boolean, facts: Facts): Facts {
  const { left, right } = e;
  if (right.kind === "NoneExpr") return equal ? facts : isThere(known, left, facts);
  if (left.kind === "NoneExpr") return equal ? facts : isThere(known, right, facts);
  if (!equal) return facts;
  const leftType = known.ofExpr.get(left) ?? NONE;
  const rightType = known.ofExpr.get(right) ?? NONE;
  if (isOptional(leftType) && !isOptional(rightType)) return isThere(known, left, facts);
  if (isOptional(rightType) && !isOptional(leftType)) return isThere(known, right, facts);
  return within(known, left, ">=", right, within(known, left, "<=", right, facts));
}

function isThere(known: Known, expr: Expr, facts: Facts): Facts {
  const type = known.ofExpr.get(expr);
  if (type?.kind !== "optional") return facts;
  const path = pathOf(known.names, expr);
  return path === undefined ? facts : withFact(facts, path, present(type));
}

type Order = "<" | "<=" | ">" | ">=";
const OPPOSITE: Readonly<Record<Order, Order>> = { "<": ">=", "<=": ">", ">": "<=", ">=": "<" };
const MIRRORED: Readonly<Record<Order, Order>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

/** `expr op bound` narrows a range. */
function within(known: Known, expr: Expr, op: Order, bound: Expr, facts: Facts): Facts {
  const path = pathOf(known.names, expr);
  if (path === undefined) return facts;
  const type = facts.get(path) ?? known.ofExpr.get(expr);
  const limit = known.ofExpr.get(bound);
  if (type?.kind !== "range" || limit?.kind !== "range") return facts;
  const min = op === ">" ? limit.min + 1 : op === ">=" ? limit.min : type.min;
  const max = op === "<" ? limit.max - 1 : op === "<=" ? limit.max : type.max;
  const low = Math.max(type.min, min);
  const high = Math.min(type.max, max);
  return low > high || (low === type.min && high === type.max) ? facts : withFact(facts, path, range(low, high));
}

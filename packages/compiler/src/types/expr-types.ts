/**
 * Types of expressions. Only what cannot be read off an expression is stored: most of a program's expressions are names
 * with the type of their declaration, and literals.
 */
import type { Names } from "../bind/names.ts";
import type { Expr, NameExpr, NumberExpr } from "../syntax/ast.ts";
import type { BySource } from "../text/by-source.ts";
import { BOOL, DURATION, NONE, NUMBER, range } from "./builtins.ts";
import type { ExprTypes, Type, Types } from "./type.ts";

export interface ExprTypeTable extends ExprTypes {
  readonly stored: BySource<Expr, Type>;
  set(expr: Expr, type: Type): void;
}

export function exprTypeTable(names: Names, ofDecl: Types["ofDecl"], stored: BySource<Expr, Type>): ExprTypeTable {
  return {
    stored,
    get: (expr) => stored.get(expr) ?? impliedType(names, ofDecl, expr),
    set: (expr, type) => void stored.set(expr, type),
  };
}

/** What needs no table. */
function impliedType(names: Names, ofDecl: Types["ofDecl"], expr: Expr): Type | undefined {
  switch (expr.kind) {
    case "NameExpr":
      return declaredTypeOf(names, ofDecl, expr);
    case "NumberExpr":
      return typeOfNumber(expr);
    case "DurationExpr":
      return DURATION;
    case "BoolExpr":
      return BOOL;
    case "NoneExpr":
      return NONE;
    default:
      return undefined;
  }
}

/** Of variables, parameters, rows and items, before anything more is known of them. */
function declaredTypeOf(names: Names, ofDecl: Types["ofDecl"], expr: NameExpr): Type | undefined {
  const referent = names.refs.get(expr);
  switch (referent?.kind) {
    case "var":
    case "let":
    case "row":
    case "item":
      return ofDecl.get(referent.decl);
    default:
      return undefined;
  }
}

/** A whole number is a range of itself, so that sums of numbers and ranges are ranges. */
export function typeOfNumber({ value }: NumberExpr): Type {
  return Number.isInteger(value) ? range(value, value) : NUMBER;
}

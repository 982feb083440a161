/** Arguments of actions, flows, templates and events against their parameters. */
import type { CallExpr, Do, Expr, FieldDecl, Name } from "../syntax/ast.ts";
import { UNKNOWN } from "./builtins.ts";
import { check, infer } from "./expressions.ts";
import { optionalType } from "./resolve.ts";
import { surplus } from "./surplus.ts";
import type { Type } from "./type.ts";
import { report, type Typer, typeOfDecl } from "./typer.ts";

/** P2006 for their number, P2003 for each that does not fit. Parameters at the end with a default or `?` may be left out. */
export function checkArgs(
  t: Typer,
  name: Name,
  what: string,
  params: readonly FieldDecl[],
  args: readonly Expr[],
): void {
  const min = required(t, params);
  // What is no argument was reported where it stands.
  const isWhole = args.every((arg) => arg.kind !== "MissingExpr");
  if (isWhole && (args.length < min || args.length > params.length)) {
    const count = { of: `${what} \`${name.text}\``, min, max: params.length, count: args.length };
    report(t, "P2006", name, count, surplus(args, params.length));
    for (const arg of args) infer(t, arg);
    return;
  }
  checkEach(t, params, args);
}

/** Also where the number is wrong: those that have a parameter. */
export function checkEach(t: Typer, params: readonly FieldDecl[], args: readonly Expr[]): void {
  for (const [i, arg] of args.entries()) {
    const param = params[i];
    if (param) check(t, arg, typeOfDecl(t, param), `\`${param.name.text}\``);
    else infer(t, arg);
  }
}

function required(t: Typer, params: readonly FieldDecl[]): number {
  let min = params.length;
  while (min > 0 && canBeLeftOut(t, params[min - 1])) min--;
  return min;
}

export function canBeLeftOut(t: Typer, param: FieldDecl | undefined): boolean {
  return param !== undefined && (param.value !== undefined || optionalType(t.ofDecl.get(param)));
}

/** The result of an action's call: `undefined` where the name is unknown or the action gives none. */
export function typeActionCall(t: Typer, call: CallExpr | Do): Type | undefined {
  const referent = t.names.refs.get(call.name);
  if (referent?.kind !== "action") {
    for (const arg of call.args) infer(t, arg);
    return UNKNOWN;
  }
  checkArgs(t, call.name, "the action", referent.decl.params, call.args);
  const { result } = referent.decl;
  const type = result && (t.ofType.get(result) ?? UNKNOWN);
  if (call.kind === "CallExpr") t.ofExpr.set(call, type ?? UNKNOWN);
  return type;
}

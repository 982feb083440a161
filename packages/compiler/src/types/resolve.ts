/** Types as written -> types. */
import type { FieldDecl, NamedType, NumberExpr, RecordType, TypeDecl, TypeExpr } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";
import { BUILTINS, list, optional, range, text, UNKNOWN } from "./builtins.ts";
import { show } from "./show.ts";
import type { FieldInfo, Type } from "./type.ts";
import { mistake, type Typer } from "./typer.ts";

export function resolve(t: Typer, expr: TypeExpr): Type {
  const known = t.ofType.get(expr);
  if (known) return known;
  const type = resolveNew(t, expr);
  t.ofType.set(expr, type);
  return type;
}

function resolveNew(t: Typer, expr: TypeExpr): Type {
  switch (expr.kind) {
    case "NamedType":
      return named(t, expr);
    case "RangeType":
      if (expr.min <= expr.max) return range(expr.min, expr.max);
      mistake(t, expr, `the range ${expr.min}..${expr.max} has no numbers, its ends stand in the wrong order`);
      return UNKNOWN;
    case "RecordType":
      return recordOf(t, expr, undefined);
    case "ListType": {
      const of = resolve(t, expr.element);
      if (expr.min <= expr.max && expr.max > 0) return list(of, expr.min, expr.max);
      mistake(t, expr, `a list of ${expr.min} to ${expr.max} items holds nothing`);
      return UNKNOWN;
    }
    case "OptionalType":
      return optional(resolve(t, expr.type));
    case "PersonalType":
      return resolve(t, expr.type);
    case "MissingType":
      return UNKNOWN;
  }
}

function named(t: Typer, expr: NamedType): Type {
  const referent = t.names.refs.get(expr.name);
  if (referent?.kind === "builtinType") {
    const type = sure(BUILTINS.get(referent.name));
    if (!expr.size) return type;
    return type.kind === "text" ? sized(t, expr.size) : noSize(t, expr.size, type);
  }
  if (referent?.kind !== "type") return UNKNOWN;
  const type = declaredType(t, referent.decl);
  return expr.size ? noSize(t, expr.size, type) : type;
}

function sized(t: Typer, size: NumberExpr): Type {
  if (Number.isInteger(size.value) && size.value >= 1) return text(size.value);
  mistake(t, size, `a text has a whole number of characters, at least 1, not ${size.value}`);
  return UNKNOWN;
}

function noSize(t: Typer, size: NumberExpr, type: Type): Type {
  if (type.kind !== "unknown") mistake(t, size, `only \`text\` takes a size, \`${show(type)}\` does not`);
  return type;
}

/** What a declaration stands for; a type that contains itself is reported once and unknown. */
export function declaredType(t: Typer, decl: TypeDecl): Type {
  if (t.declared.has(decl)) {
    const known = t.declared.get(decl);
    if (known) return known;
    mistake(t, decl.name, `the type \`${decl.name.text}\` contains itself`);
    t.declared.set(decl, UNKNOWN);
    return UNKNOWN;
  }
  t.declared.set(decl, undefined);
  const type = typeOfDecl(t, decl);
  // A type that contains itself was made unknown on the way.
  const final = t.declared.get(decl) ?? type;
  t.declared.set(decl, final);
  return final;
}

function typeOfDecl(t: Typer, decl: TypeDecl): Type {
  const name = decl.name.text;
  if (decl.cases.length > 0) return { kind: "enum", name, cases: decl.cases.map((c) => c.name.text), decl };
  if (!decl.type) return UNKNOWN;
  if (decl.type.kind !== "RecordType") return resolve(t, decl.type);
  const type = recordOf(t, decl.type, name);
  t.ofType.set(decl.type, type);
  return type;
}

function recordOf(t: Typer, expr: RecordType, name: string | undefined): Type {
  const fields = new Map<string, FieldInfo>();
  for (const field of expr.fields) {
    const info = fieldInfo(t, field);
    if (!fields.has(info.name)) fields.set(info.name, info);
  }
  return { kind: "record", name, fields };
}

/** Declares a field, parameter or variable. */
export function fieldInfo(t: Typer, field: FieldDecl): FieldInfo {
  const type = resolve(t, field.type);
  const personal = isPersonal(t, field.type);
  t.ofDecl.set(field, type);
  if (personal) t.personal.set(field, true);
  return { name: field.name.text, type, personal, decl: field };
}

function isPersonal(t: Typer, expr: TypeExpr): boolean {
  switch (expr.kind) {
    case "PersonalType":
      return true;
    case "OptionalType":
      return isPersonal(t, expr.type);
    case "ListType":
      return isPersonal(t, expr.element);
    case "NamedType": {
      const referent = t.names.refs.get(expr.name);
      const of = referent?.kind === "type" ? referent.decl.type : undefined;
      // A type that contains itself was made unknown before.
      return of !== undefined && t.ofType.get(expr)?.kind !== "unknown" && isPersonal(t, of);
    }
    default:
      return false;
  }
}

export function optionalType(type: Type | undefined): boolean {
  return type?.kind === "optional";
}

/** Fields: of values, of what the language gives (`reply.text`), of types (`Size.small`). */
import type { Referent, Root } from "../bind/names.ts";
import { rename, suggest, unknownNameAt } from "../diagnostics/suggest.ts";
import type { FieldExpr } from "../syntax/ast.ts";
import type { Span } from "../text/source.ts";
import { BUILTINS, CONTACT, FAILURE_TYPE, FIELDS, optional, REPLY, TEXT, UNKNOWN, WINDOW } from "./builtins.ts";
import { REPLY_PATH } from "./facts.ts";
import type { FieldInfo, Type } from "./type.ts";
import { mistake, report, type Typer } from "./typer.ts";

export function rootType(t: Typer, name: Root): Type {
  switch (name) {
    case "contact":
      return CONTACT;
    case "profile":
      return t.profile;
    case "reply":
      return t.facts.get(REPLY_PATH) ?? optional(REPLY);
    case "window":
      return WINDOW;
    case "failure":
      return FAILURE_TYPE;
    case "env":
      return { kind: "namespace", name };
  }
}

/** What is no value by itself: a type, or `env`. */
export function isNamespace(referent: Referent): boolean {
  return (
    referent.kind === "type" || referent.kind === "builtinType" || (referent.kind === "root" && referent.name === "env")
  );
}

/** `Size.small`, `Failure.timeout`, `env.TOKEN`. */
export function inNamespace(t: Typer, expr: FieldExpr, of: Referent): Type {
  const { field } = expr;
  if (field.text === "") return UNKNOWN;
  if (of.kind === "root") {
    t.ofProject.push(expr);
    return TEXT;
  }
  const type =
    of.kind === "type" ? t.declared.get(of.decl) : of.kind === "builtinType" ? BUILTINS.get(of.name) : undefined;
  if (type?.kind !== "enum") {
    if (type && type.kind !== "unknown") mistake(t, expr.of, "this is a type, not a value");
    return UNKNOWN;
  }
  // An unknown case of a declared enum is reported where names are bound.
  if (type.cases.includes(field.text)) return type;
  if (!type.decl) unknownCase(t, field, type);
  return UNKNOWN;
}

export function unknownCase(t: Typer, name: Span & { readonly text: string }, type: Type & { kind: "enum" }): void {
  t.diagnostics.push(unknownNameAt("case", name, type.cases, type.name));
}

export function fieldsOf(type: Type): ReadonlyMap<string, FieldInfo> | undefined {
  switch (type.kind) {
    case "record":
      return type.fields;
    case "location":
    case "media":
    case "cart":
    case "card": {
      const fields = FIELDS[type.kind];
      return fields.kind === "record" ? fields.fields : undefined;
    }
    default:
      return undefined;
  }
}

export function unknownField(
  t: Typer,
  field: Span & { readonly text: string },
  of: string,
  fields: ReadonlyMap<string, unknown> | undefined,
): void {
  const found = suggest(field.text, fields?.keys() ?? []);
  report(t, "P2005", field, { of: `\`${of}\``, name: field.text, ...found }, rename(field, found.similar));
}

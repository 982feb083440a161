/** Second pass, types and expressions: each name that refers to something gets its referent. */

import { unknownNameAt } from "../diagnostics/suggest.ts";
import type {
  CallExpr,
  ComprehensionExpr,
  Expr,
  FieldDecl,
  FieldExpr,
  LValue,
  Name,
  NameExpr,
  TextExpr,
  TypeDecl,
  TypeExpr,
} from "../syntax/ast.ts";
import { type Binder, type Local, unknownName } from "./binder.ts";
import { BUILTIN_TYPES, ROOTS } from "./builtins.ts";
import { unique } from "./declare.ts";
import type { Referent, Root } from "./names.ts";

const ROOT_REFS: ReadonlyMap<string, Referent> = new Map(ROOTS.map((name: Root) => [name, { kind: "root", name }]));

export function bindType(b: Binder, type: TypeExpr): void {
  switch (type.kind) {
    case "NamedType": {
      const referent = b.typeRefs.get(type.name.text);
      if (referent) b.refs.set(type.name, referent);
      else unknownName(b, "type", type.name, [...b.types.keys(), ...BUILTIN_TYPES]);
      return;
    }
    case "RecordType":
      unique(b, "field", type.fields);
      return bindFields(b, type.fields);
    case "ListType":
      return bindType(b, type.element);
    case "OptionalType":
    case "PersonalType":
      return bindType(b, type.type);
    case "RangeType":
    case "MissingType":
  }
}

export function bindFields(b: Binder, fields: readonly FieldDecl[]): void {
  for (const field of fields) {
    bindType(b, field.type);
    if (field.value) bindExpr(b, field.value);
  }
}

export function bindText(b: Binder, text: TextExpr | undefined): void {
  if (!text) return;
  for (const part of text.parts) if (typeof part !== "string") bindExpr(b, part.value);
}

export function bindAll(b: Binder, exprs: readonly Expr[]): void {
  for (const expr of exprs) bindExpr(b, expr);
}

export function bindExpr(b: Binder, expr: Expr): void {
  switch (expr.kind) {
    case "TextExpr":
      return bindText(b, expr);
    case "NameExpr":
      return bindName(b, expr);
    case "CallExpr":
      return bindCall(b, expr);
    case "FieldExpr":
      return bindField(b, expr);
    case "IndexExpr":
      bindExpr(b, expr.of);
      return bindExpr(b, expr.index);
    case "UnaryExpr":
    case "IsNoneExpr":
      return bindExpr(b, expr.value);
    case "BinaryExpr":
      bindExpr(b, expr.left);
      return bindExpr(b, expr.right);
    case "ConditionalExpr":
      bindExpr(b, expr.condition);
      bindExpr(b, expr.then);
      return bindExpr(b, expr.orElse);
    case "ListExpr":
      return bindAll(b, expr.items);
    case "ComprehensionExpr":
      return bindComprehension(b, expr);
    case "RecordExpr":
      for (const field of expr.fields) bindExpr(b, field.value);
      return;
    case "NumberExpr":
    case "DurationExpr":
    case "NoneExpr":
    case "BoolExpr":
    case "MissingExpr":
  }
}

function bindName(b: Binder, expr: NameExpr): void {
  const referent = lookup(b, expr.name) ?? b.typeRefs.get(expr.name);
  if (referent) b.refs.set(expr, referent);
  else if (!b.lost) {
    const { name: text, source, start, end } = expr;
    unknownName(b, "variable or type", { text, source, start, end }, visible(b));
  }
}

/** Variables first, innermost first; then what the language gives. */
function lookup(b: Binder, name: string): Referent | undefined {
  for (let i = b.locals.length - 1; i >= 0; i--) {
    const local = b.locals[i] as Local;
    if (local.name === name) return local.referent;
  }
  const variable = b.flow?.varRefs.get(name);
  if (variable) return variable;
  if (name === "failure" && !b.failing) return undefined;
  return ROOT_REFS.get(name);
}

function* visible(b: Binder): Iterable<string> {
  for (let i = b.locals.length - 1; i >= 0; i--) yield (b.locals[i] as Local).name;
  if (b.flow) yield* b.flow.varRefs.keys();
  yield* b.failing ? ROOTS : ROOTS.filter((root) => root !== "failure");
  yield* b.types.keys();
}

function bindCall(b: Binder, expr: CallExpr): void {
  bindAll(b, expr.args);
  bindCallee(b, expr.name, "function or action");
}

export function bindCallee(b: Binder, name: Name, what: "function or action" | "action"): void {
  const referent = b.callRefs.get(name.text);
  if (referent && (what !== "action" || referent.kind === "action")) b.refs.set(name, referent);
  else unknownName(b, what, name, what === "action" ? b.actions.keys() : [...b.actions.keys(), ...b.callRefs.keys()]);
}

function bindField(b: Binder, expr: FieldExpr): void {
  bindExpr(b, expr.of);
  if (expr.of.kind !== "NameExpr") return;
  const of = b.refs.get(expr.of);
  if (of?.kind !== "type" || of.decl.cases.length === 0) return;
  const decl = of.decl.cases.find((c) => c.name.text === expr.field.text);
  if (decl) b.refs.set(expr.field, { kind: "case", decl, of: of.decl });
  else unknownCase(b, expr.field, of.decl);
}

function unknownCase(b: Binder, name: Name, of: TypeDecl): void {
  const cases = of.cases.map((c) => c.name.text);
  if (name.text !== "") b.diagnostics.push(unknownNameAt("case", name, cases, of.name.text));
}

function bindComprehension(b: Binder, expr: ComprehensionExpr): void {
  bindExpr(b, expr.list);
  const slot = newSlot(b, expr.name.text);
  b.slots.set(expr, slot);
  b.locals.push({ name: expr.name.text, referent: { kind: "item", decl: expr, slot } });
  if (expr.condition) bindExpr(b, expr.condition);
  bindExpr(b, expr.value);
  b.locals.pop();
}

/** Only variables, parameters, `profile` and `contact` can be written; a `let` or row is found, types refuse it. */
export function bindTarget(b: Binder, target: LValue): void {
  const first = target.names[0];
  if (!first) return;
  const referent = lookup(b, first.text);
  if (referent) b.refs.set(first, referent);
  else unknownName(b, "variable", first, visible(b));
}

/** A slot for `name` in the state at hand: `state.name`, then `state.name~2`, … */
export function newSlot(b: Binder, name: string): string {
  const { state } = b;
  const base = `${state?.name ?? ""}.${name}`;
  if (!state) return base;
  const count = (state.slots.get(name) ?? 0) + 1;
  state.slots.set(name, count);
  return count === 1 ? base : `${base}~${count}`;
}

/** Expressions -> types. `infer` finds a type, `check` holds it against the one that its place takes. */
import { codePoints } from "@parley/whatsapp";
import type { Referent } from "../bind/names.ts";
import type {
  CallExpr,
  ComprehensionExpr,
  ConditionalExpr,
  Expr,
  FieldExpr,
  IndexExpr,
  ListExpr,
  NameExpr,
  RecordExpr,
  TextExpr,
} from "../syntax/ast.ts";
import { BOOL, DURATION, list, NONE, optional, text, UNKNOWN } from "./builtins.ts";
import { typeOfNumber } from "./expr-types.ts";
import { assume, pathOf } from "./facts.ts";
import { fieldsOf, inNamespace, isNamespace, rootType, unknownField } from "./fields.ts";
import { type Call, signatureOf } from "./functions.ts";
import { printedLength } from "./length.ts";
import { doesNotFit, mayBeMissing } from "./mismatch.ts";
import { binaryType, negated } from "./operators.ts";
import { fits, isNumeric, isOptional, join, present } from "./relations.ts";
import { show } from "./show.ts";
import { surplus } from "./surplus.ts";
import type { FieldInfo, Type } from "./type.ts";
import { mistake, report, type Typer, typeOfDecl } from "./typer.ts";

/** The type of a value, which stands in `ofExpr` from then on. */
export function infer(t: Typer, expr: Expr): Type {
  switch (expr.kind) {
    case "NameExpr":
      return inferName(t, expr);
    case "NumberExpr":
      return typeOfNumber(expr);
    case "DurationExpr":
      return DURATION;
    case "NoneExpr":
      return NONE;
    case "BoolExpr":
      return BOOL;
    default:
      return done(t, expr, inferNew(t, expr));
  }
}

/** Infers, and reports where the value does not fit `wanted`. */
export function check(t: Typer, expr: Expr, wanted: Type, place: string): Type {
  const target = present(wanted);
  if (expr.kind === "RecordExpr" && target.kind === "record") return done(t, expr, checkRecord(t, expr, target));
  if (expr.kind === "ListExpr" && target.kind === "list") return done(t, expr, checkList(t, expr, target, place));
  if (expr.kind === "ConditionalExpr") return done(t, expr, checkConditional(t, expr, wanted, place));
  const type = infer(t, expr);
  if (!fits(type, wanted)) doesNotFit(t, expr, type, wanted, place);
  return type;
}

/** Infers a value that must be there: P2004 where it may be `none`. */
export function inferPresent(t: Typer, expr: Expr): Type {
  return there(t, expr, infer(t, expr));
}

function there(t: Typer, expr: Expr, type: Type): Type {
  if (!isOptional(type)) return type;
  mayBeMissing(t, expr);
  return type.kind === "none" ? UNKNOWN : present(type);
}

export function checkCondition(t: Typer, expr: Expr): void {
  check(t, expr, BOOL, "a condition");
}

function done(t: Typer, expr: Expr, type: Type): Type {
  t.ofExpr.set(expr, type);
  return type;
}

/** Expressions whose type needs no table: literals, and names with the type of their declaration. */
type Evident = NameExpr | (Expr & { kind: "NumberExpr" | "DurationExpr" | "NoneExpr" | "BoolExpr" });

// One case for each kind of expression.
function inferNew(t: Typer, expr: Exclude<Expr, Evident>): Type {
  switch (expr.kind) {
    case "TextExpr":
      return inferText(t, expr);
    case "CallExpr":
      return inferCall(t, expr);
    case "FieldExpr":
      return inferField(t, expr);
    case "IndexExpr":
      return inferIndex(t, expr);
    case "UnaryExpr":
      if (expr.op === "-") return negated(t, expr, inferPresent(t, expr.value));
      checkCondition(t, expr.value);
      return BOOL;
    case "BinaryExpr":
      return inferBinary(t, expr);
    case "IsNoneExpr":
      infer(t, expr.value);
      return BOOL;
    case "ConditionalExpr":
      return inferConditional(t, expr);
    case "ListExpr":
      return inferList(t, expr);
    case "ComprehensionExpr":
      return inferComprehension(t, expr);
    case "RecordExpr":
      return inferRecord(t, expr);
    case "MissingExpr":
      return UNKNOWN;
  }
}

// ---------------------------------------------------------------- texts

/** A text of the largest length that its holes allow; a blank one has length 0 and fits nowhere but in other texts. */
export function inferText(t: Typer, expr: TextExpr): Type {
  let max = 0;
  let blank = true;
  for (const part of expr.parts) {
    if (typeof part === "string") {
      max += codePoints(part);
      if (blank && part.trim() !== "") blank = false;
    } else {
      blank = false;
      max += printedLength(inferHole(t, part.value)).codePoints;
    }
  }
  return text(blank ? 0 : max);
}

function inferHole(t: Typer, value: Expr): Type {
  const type = inferPresent(t, value);
  switch (type.kind) {
    case "text":
    case "number":
    case "range":
    case "enum":
    case "date":
    case "time":
    case "phone":
    case "url":
    case "unknown":
      return type;
    default:
      report(t, "P2003", value, { problem: "hole", found: show(type) });
      return UNKNOWN;
  }
}

/** A text that the user sees: its values have types, itself it needs none. Its limits are checked later. */
export function typeText(t: Typer, expr: TextExpr | undefined): void {
  if (!expr) return;
  for (const part of expr.parts) if (typeof part !== "string") inferHole(t, part.value);
}

// ---------------------------------------------------------------- names and fields

function inferName(t: Typer, expr: NameExpr): Type {
  return typeOfName(t, expr, t.names.refs.get(expr));
}

function typeOfName(t: Typer, expr: NameExpr, referent: Referent | undefined): Type {
  switch (referent?.kind) {
    case "var":
    case "let":
    case "row":
    case "item": {
      const declared = typeOfDecl(t, referent.decl);
      const type = narrowed(t, expr, declared);
      return type === declared ? type : done(t, expr, type);
    }
    case "root":
      return done(t, expr, rootType(t, referent.name));
    case "type":
    case "builtinType":
      mistake(t, expr, `\`${expr.name}\` is a type, not a value`);
      return done(t, expr, UNKNOWN);
    default:
      return done(t, expr, UNKNOWN);
  }
}

/** Only what can be missing or is a range can be known more exactly. */
function narrowed(t: Typer, expr: Expr, type: Type): Type {
  if (t.facts.size === 0 || (type.kind !== "optional" && type.kind !== "range")) return type;
  const path = pathOf(t.names, expr);
  return (path === undefined ? undefined : t.facts.get(path)) ?? type;
}

function inferField(t: Typer, expr: FieldExpr): Type {
  const { of, field } = expr;
  const referent = of.kind === "NameExpr" ? t.names.refs.get(of) : undefined;
  if (referent && isNamespace(referent)) return inNamespace(t, expr, referent);
  const ofType = there(t, of, of.kind === "NameExpr" ? typeOfName(t, of, referent) : infer(t, of));
  if (ofType.kind === "unknown" || field.text === "") return UNKNOWN;
  const fields = fieldsOf(ofType);
  const info = fields?.get(field.text);
  if (info) return narrowed(t, expr, info.type);
  unknownField(t, field, show(ofType), fields);
  return UNKNOWN;
}

function inferIndex(t: Typer, expr: IndexExpr): Type {
  const of = inferPresent(t, expr.of);
  const index = inferPresent(t, expr.index);
  if (!isNumeric(index) && index.kind !== "unknown") {
    report(t, "P2003", expr.index, { problem: "type", found: show(index), wanted: "number", place: "an index" });
  }
  if (of.kind === "list") return narrowed(t, expr, optional(of.of));
  if (of.kind !== "unknown") mistake(t, expr.of, `only a list has items, this is \`${show(of)}\``);
  return UNKNOWN;
}

// ---------------------------------------------------------------- operators and calls

function inferBinary(t: Typer, expr: Expr & { kind: "BinaryExpr" }): Type {
  const { op, left, right } = expr;
  if (op === "and" || op === "or") {
    checkCondition(t, left);
    const before = t.facts;
    t.facts = assume(t, left, op === "and", before);
    checkCondition(t, right);
    t.facts = before;
    return BOOL;
  }
  if (op === "??" || op === "==" || op === "!=") return binaryType(t, expr, op, infer(t, left), infer(t, right));
  return binaryType(t, expr, op, inferPresent(t, left), inferPresent(t, right));
}

function inferConditional(t: Typer, expr: ConditionalExpr): Type {
  const [then, orElse] = branches(t, expr, (branch) => infer(t, branch));
  const type = join(then, orElse);
  if (type) return type;
  report(t, "P2003", expr, { problem: "branches", left: show(then), right: show(orElse) });
  return UNKNOWN;
}

function checkConditional(t: Typer, expr: ConditionalExpr, wanted: Type, place: string): Type {
  const [then, orElse] = branches(t, expr, (branch) => check(t, branch, wanted, place));
  return join(then, orElse) ?? UNKNOWN;
}

function branches(t: Typer, expr: ConditionalExpr, type: (branch: Expr) => Type): readonly [Type, Type] {
  checkCondition(t, expr.condition);
  const before = t.facts;
  t.facts = assume(t, expr.condition, true, before);
  const then = type(expr.then);
  t.facts = assume(t, expr.condition, false, before);
  const orElse = type(expr.orElse);
  t.facts = before;
  return [then, orElse];
}

function inferCall(t: Typer, expr: CallExpr): Type {
  const referent = t.names.refs.get(expr.name);
  const signature = referent?.kind === "function" ? signatureOf(referent.name) : undefined;
  if (!signature) {
    for (const arg of expr.args) infer(t, arg);
    if (referent?.kind === "action") {
      mistake(t, expr, `the action \`${expr.name.text}\` can only be called by \`let\`, \`set\` or \`do\``);
    }
    return UNKNOWN;
  }
  const args = expr.args.map((arg) => inferPresent(t, arg));
  const { min, max } = signature;
  if (args.length < min || args.length > max) {
    const count = { of: `\`${expr.name.text}\``, min, max, count: args.length };
    report(t, "P2006", expr.name, count, surplus(expr.args, max));
    return UNKNOWN;
  }
  for (const [i, arg] of args.entries()) {
    const param = signature.params[Math.min(i, signature.params.length - 1)];
    const at = expr.args[i];
    if (!param || !at || arg.kind === "unknown") continue;
    if (param.fits(arg, at)) continue;
    report(t, "P2003", at, { problem: "operand", operator: expr.name.text, wanted: param.wanted, found: show(arg) });
    return UNKNOWN;
  }
  if (args.some((arg) => arg.kind === "unknown") && !signature.total) return UNKNOWN;
  if (expr.name.text === "open") t.ofProject.push(expr);
  const call: Call = { args, exprs: expr.args };
  return signature.result(call);
}

// ---------------------------------------------------------------- lists and records

function inferList(t: Typer, expr: ListExpr): Type {
  let of: Type = UNKNOWN;
  for (const item of expr.items) {
    const type = infer(t, item);
    const both = join(of, type);
    if (both) of = both;
    else
      report(t, "P2003", item, { problem: "type", found: show(type), wanted: show(of), place: "the item before it" });
  }
  return list(of, expr.items.length, expr.items.length);
}

function checkList(t: Typer, expr: ListExpr, wanted: Type & { kind: "list" }, place: string): Type {
  for (const item of expr.items) check(t, item, wanted.of, `an item of ${place}`);
  const type = list(wanted.of, expr.items.length, expr.items.length);
  if (!fits(type, wanted)) doesNotFit(t, expr, type, wanted, place);
  return type;
}

function inferComprehension(t: Typer, expr: ComprehensionExpr): Type {
  const of = inferPresent(t, expr.list);
  const item = of.kind === "list" ? of.of : UNKNOWN;
  if (of.kind !== "list" && of.kind !== "unknown") notAList(t, expr.list, of);
  t.ofDecl.set(expr, item);
  const before = t.facts;
  if (expr.condition) {
    checkCondition(t, expr.condition);
    t.facts = assume(t, expr.condition, true, before);
  }
  const value = infer(t, expr.value);
  t.facts = before;
  return of.kind === "list" ? list(value, expr.condition ? 0 : of.min, of.max) : UNKNOWN;
}

export function notAList(t: Typer, expr: Expr, type: Type): void {
  mistake(t, expr, `\`for\` goes through a list, this is \`${show(type)}\``);
}

function inferRecord(t: Typer, expr: RecordExpr): Type {
  const fields = new Map<string, FieldInfo>();
  for (const { name, value } of expr.fields) {
    const type = infer(t, value);
    if (fields.has(name.text)) report(t, "P2002", name, { what: "field", name: name.text });
    fields.set(name.text, { name: name.text, type, personal: false, decl: undefined });
  }
  return { kind: "record", name: undefined, fields };
}

function checkRecord(t: Typer, expr: RecordExpr, wanted: Type & { kind: "record" }): Type {
  const given = new Set<string>();
  for (const { name, value } of expr.fields) {
    if (given.has(name.text)) report(t, "P2002", name, { what: "field", name: name.text });
    given.add(name.text);
    const field = wanted.fields.get(name.text);
    if (field) {
      check(t, value, field.type, `\`${name.text}\``);
    } else {
      infer(t, value);
      if (name.text !== "") unknownField(t, name, show(wanted), wanted.fields);
    }
  }
  for (const field of wanted.fields.values()) {
    if (given.has(field.name) || field.type.kind === "optional") continue;
    report(t, "P2003", expr, { problem: "missing-field", field: field.name, wanted: show(wanted) });
  }
  return wanted;
}

/** Expressions and texts as the machine computes them. */
import type { BinaryOp, Expr as Code, Hole as HoleCode, Template } from "@parley/machine";
import type {
  BinaryExpr,
  CallExpr,
  ComprehensionExpr,
  Expr,
  FieldExpr,
  Hole,
  LValue,
  NameExpr,
  TextExpr,
} from "../syntax/ast.ts";
import { spanText } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import type { Type } from "../types/type.ts";
import { emptyRecord, type Lowering } from "./lowering.ts";

// One case for each kind of expression.
export function lowerExpr(l: Lowering, expr: Expr): Code {
  switch (expr.kind) {
    case "TextExpr":
      return lowerText(l, expr);
    case "NumberExpr":
    case "DurationExpr":
    case "BoolExpr":
      return expr.value;
    case "NoneExpr":
    case "MissingExpr":
      return null;
    case "NameExpr":
      return lowerName(l, expr);
    case "CallExpr":
      return lowerCall(l, expr);
    case "FieldExpr":
      return lowerField(l, expr);
    case "IndexExpr":
      return ["index", lowerExpr(l, expr.of), lowerExpr(l, expr.index)];
    case "UnaryExpr":
      return lowerUnary(l, expr.op, expr.value);
    case "BinaryExpr":
      return [binaryOp(l, expr), lowerExpr(l, expr.left), lowerExpr(l, expr.right)];
    case "IsNoneExpr": {
      const test: Code = ["isNone", lowerExpr(l, expr.value)];
      return expr.negated ? ["not", test] : test;
    }
    case "ConditionalExpr":
      return ["if", lowerExpr(l, expr.condition), lowerExpr(l, expr.then), lowerExpr(l, expr.orElse)];
    case "ListExpr":
      return ["list", ...expr.items.map((item) => lowerExpr(l, item))];
    case "ComprehensionExpr":
      return lowerComprehension(l, expr);
    case "RecordExpr": {
      const fields = emptyRecord<Code>();
      for (const { name, value } of expr.fields) fields[name.text] = lowerExpr(l, value);
      return ["record", fields];
    }
  }
}

function lowerName(l: Lowering, expr: NameExpr): Code {
  const referent = l.names.refs.get(expr);
  switch (referent?.kind) {
    case "var":
    case "let":
    case "row":
    case "item":
      return ["get", referent.slot];
    case "root":
      return ["root", referent.name];
    case "case":
      return referent.decl.name.text;
    default:
      return null;
  }
}

function lowerField(l: Lowering, expr: FieldExpr): Code {
  if (expr.of.kind === "NameExpr") {
    const referent = l.names.refs.get(expr.of);
    // `Size.small`: cases are their names.
    if (referent?.kind === "type" || referent?.kind === "builtinType") return expr.field.text;
  }
  return ["field", lowerExpr(l, expr.of), expr.field.text];
}

function lowerCall(l: Lowering, expr: CallExpr): Code {
  return ["call", expr.name.text, ...expr.args.map((arg) => lowerExpr(l, arg))];
}

function lowerUnary(l: Lowering, op: "-" | "not", value: Expr): Code {
  const code = lowerExpr(l, value);
  if (op === "not") return ["not", code];
  return typeof code === "number" ? -code : ["neg", code];
}

function lowerComprehension(l: Lowering, expr: ComprehensionExpr): Code {
  const slot = sure(l.names.slots.get(expr));
  const condition = expr.condition ? lowerExpr(l, expr.condition) : true;
  return ["map", slot, lowerExpr(l, expr.list), lowerExpr(l, expr.value), condition];
}

function binaryOp(l: Lowering, expr: BinaryExpr): BinaryOp {
  if (expr.op !== "+" && expr.op !== "-") return expr.op;
  switch (l.types.ofExpr.get(expr.left)?.kind) {
    case "date":
      return `date${expr.op}`;
    case "moment":
      return `moment${expr.op}`;
    case "text":
      return "text+";
    default:
      return expr.op;
  }
}

// ---------------------------------------------------------------- texts

/** A text as a value: plain where it has no holes. */
export function lowerText(l: Lowering, text: TextExpr): Code {
  const template = lowerTemplate(l, text);
  if (template.length === 0) return "";
  const [only] = template;
  return template.length === 1 && typeof only === "string" ? only : ["concat", template];
}

export function lowerTemplate(l: Lowering, text: TextExpr): Template {
  const { parts } = text;
  if (isLiteral(parts)) return parts;
  return parts.map((part) => (typeof part === "string" ? part : lowerHole(l, part)));
}

/** Without holes the parts are the template. */
function isLiteral(parts: TextExpr["parts"]): parts is readonly string[] {
  return parts.every((part) => typeof part === "string");
}

function lowerHole(l: Lowering, hole: Hole): HoleCode {
  const type = l.types.ofExpr.get(hole.value);
  return { e: lowerExpr(l, hole.value), as: printedAs(type), source: `{${spanText(hole.value).trim()}}` };
}

function printedAs(type: Type | undefined): HoleCode["as"] {
  switch (type?.kind) {
    case "number":
    case "range":
      return "number";
    case "date":
      return "date";
    case "time":
      return "time";
    case "enum":
      return { enum: type.name };
    case "optional":
      return printedAs(type.of);
    default:
      return "text";
  }
}

/** The words of a text that may have no holes, such as an emoji; a hole stands as it is written. */
export function literalText(text: TextExpr): string {
  return text.parts.map((part) => (typeof part === "string" ? part : `{${spanText(part.value).trim()}}`)).join("");
}

// ---------------------------------------------------------------- targets

export type TargetPath = readonly [root: "slot" | "profile" | "contact", ...string[]];

/** Where `set` and `as` write to; `undefined` for what cannot be written, which is reported. */
export function targetPath(l: Lowering, target: LValue): TargetPath | undefined {
  const [first, ...rest] = target.names;
  if (!first) return undefined;
  const fields = rest.map((name) => name.text);
  const referent = l.names.refs.get(first);
  if (referent?.kind === "var") return ["slot", referent.slot, ...fields];
  if (referent?.kind !== "root") return undefined;
  return referent.name === "profile" || referent.name === "contact" ? [referent.name, ...fields] : undefined;
}

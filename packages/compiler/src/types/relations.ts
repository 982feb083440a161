/** How types relate: what fits where, and what two values have in common. */

import { sure } from "../text/sure.ts";
import { FIELDS, NUMBER, optional, range } from "./builtins.ts";
import type { FieldInfo, Type } from "./type.ts";

/** Whether every value of `from` is a value of `to`. Records are compared by structure; fields too many do no harm. */
export function fits(from: Type, to: Type): boolean {
  if (from === to || from.kind === "unknown" || to.kind === "unknown") return true;
  if (to.kind === "optional") return from.kind === "none" || fits(from.kind === "optional" ? from.of : from, to.of);
  switch (from.kind) {
    case "text":
      return to.kind === "text" && from.max > 0 && from.max <= to.max;
    case "range":
      return to.kind === "number" || (to.kind === "range" && from.min >= to.min && from.max <= to.max);
    case "enum":
      return to.kind === "enum" && sameEnum(from, to);
    case "record": {
      const fields = fieldsOf(to);
      return (
        fields !== undefined && [...fields.values()].every((field) => fieldFits(from.fields.get(field.name), field))
      );
    }
    case "list":
      return to.kind === "list" && from.min >= to.min && from.max <= to.max && (from.max === 0 || fits(from.of, to.of));
    case "optional":
    case "none":
    case "namespace":
      return false;
    default:
      return from.kind === to.kind;
  }
}

/** A location, a cart or a card can be written as the record that it is; a media value needs a file of WhatsApp's. */
function fieldsOf(type: Type): ReadonlyMap<string, FieldInfo> | undefined {
  const shape = type.kind === "location" || type.kind === "cart" || type.kind === "card" ? FIELDS[type.kind] : type;
  return shape.kind === "record" ? shape.fields : undefined;
}

function fieldFits(from: FieldInfo | undefined, to: FieldInfo): boolean {
  return from ? fits(from.type, to.type) : to.type.kind === "optional";
}

function sameEnum(a: Type & { kind: "enum" }, b: Type & { kind: "enum" }): boolean {
  return a.decl === b.decl && a.name === b.name;
}

/** The smallest type that holds the values of both; `undefined` where they have nothing in common. */
export function join(a: Type, b: Type): Type | undefined {
  if (a === b || b.kind === "unknown") return a;
  if (a.kind === "unknown") return b;
  if (a.kind === "none") return optional(b);
  if (b.kind === "none") return optional(a);
  if (a.kind === "optional" || b.kind === "optional") {
    const of = join(a.kind === "optional" ? a.of : a, b.kind === "optional" ? b.of : b);
    return of && optional(of);
  }
  if (a.kind === "text" && b.kind === "text") return a.max >= b.max ? a : b;
  if (a.kind === "range" && b.kind === "range") return range(Math.min(a.min, b.min), Math.max(a.max, b.max));
  if (isNumeric(a) && isNumeric(b)) return NUMBER;
  if (a.kind === "list" && b.kind === "list") return joinLists(a, b);
  if (a.kind === "record" && b.kind === "record") return joinRecords(a, b);
  if (a.kind === "enum") return b.kind === "enum" && sameEnum(a, b) ? a : undefined;
  return a.kind === b.kind ? a : undefined;
}

function joinLists(a: Type & { kind: "list" }, b: Type & { kind: "list" }): Type | undefined {
  const of = a.max === 0 ? b.of : b.max === 0 ? a.of : join(a.of, b.of);
  return of && { kind: "list", of, min: Math.min(a.min, b.min), max: Math.max(a.max, b.max) };
}

function joinRecords(a: Type & { kind: "record" }, b: Type & { kind: "record" }): Type | undefined {
  const fields = new Map<string, FieldInfo>();
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const left = a.fields.get(name);
    const right = b.fields.get(name);
    const known = sure(left ?? right);
    const type = left && right ? join(left.type, right.type) : optional(known.type);
    if (!type) return undefined;
    fields.set(name, { ...known, type, personal: left?.personal === true || right?.personal === true });
  }
  return { kind: "record", name: a.name === b.name ? a.name : undefined, fields };
}

export function isNumeric(type: Type): boolean {
  return type.kind === "range" || type.kind === "number";
}

export function isOptional(type: Type): boolean {
  return type.kind === "optional" || type.kind === "none";
}

/** The type of a value that is there. */
export function present(type: Type): Type {
  return type.kind === "optional" ? type.of : type;
}

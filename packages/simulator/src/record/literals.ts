/** Values as `.flow` writes them. */
import type { Expr, Value, ValueType } from "@parley/machine";
import { printNumber } from "@parley/machine";

/** @param type - Tells cases of an enum and moments from texts and numbers; absent: they are none. */
export function literal(value: Value, type?: ValueType): string {
  if (type?.t === "optional") return literal(value, type.of);
  if (value === null) return "none";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return type?.t === "duration" ? duration(value) : printNumber(value);
  if (typeof value === "string") return type?.t === "enum" ? `${type.name}.${value}` : quoted(value);
  if (Array.isArray(value)) {
    const of = type?.t === "list" ? type.of : undefined;
    return `[${value.map((one: Value) => literal(one, of)).join(", ")}]`;
  }
  const fields = type?.t === "record" ? type.fields : {};
  const parts = Object.entries(value).map(([name, one]) => `${name}: ${literal(one, fields[name])}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

export function quoted(text: string): string {
  const escaped = text
    .replace(/["\\{}]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
  return `"${escaped.replace(/\p{Cc}/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`)}"`;
}

const UNITS = [
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
] as const;

/** Rounded up to whole seconds, at least one. */
export function duration(ms: number): string {
  let left = Math.max(1, Math.ceil(ms / 1_000)) * 1_000;
  let text = "";
  for (const [unit, size] of UNITS) {
    const count = Math.floor(left / size);
    if (count > 0) text += `${count}${unit}`;
    left -= count * size;
  }
  return text;
}

/** An expression that gives this value. */
export function constant(value: Value): Expr {
  if (Array.isArray(value)) return ["list", ...value.map((one: Value) => constant(one))];
  if (typeof value !== "object" || value === null) return value;
  return ["record", Object.fromEntries(Object.entries(value).map(([name, one]) => [name, constant(one)]))];
}

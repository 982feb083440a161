import { TEXT } from "./builtins.ts";
import type { Type } from "./type.ts";

/** A type as it is written in a `.flow` file. */
export function show(type: Type): string {
  switch (type.kind) {
    case "text":
      return type.max === TEXT.max ? "text" : `text(${type.max})`;
    case "range":
      return type.min === type.max ? String(type.min) : `${type.min}..${type.max}`;
    case "enum":
      return type.name;
    case "record":
      return type.name ?? `{ ${[...type.fields.values()].map((f) => `${f.name}: ${show(f.type)}`).join(", ")} }`;
    case "list":
      return type.of.kind === "unknown" || type.max === 0
        ? "[]"
        : `${show(type.of)}[${type.min > 0 ? type.min : ""}..${type.max}]`;
    case "optional":
      return `${show(type.of)}?`;
    case "namespace":
      return type.name;
    case "unknown":
      return "?";
    default:
      return type.kind;
  }
}

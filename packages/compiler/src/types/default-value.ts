/** A value of a type, as it is written: for repairs that put something where nothing may be. */
import type { Type } from "./type.ts";

/** `undefined` where no value says as little as these do. */
export function defaultValue(type: Type): string | undefined {
  switch (type.kind) {
    case "text":
      return '"-"';
    case "number":
      return "0";
    case "range":
      return type.min < 0 && type.max >= 0 ? "0" : String(type.min);
    case "bool":
      return "false";
    case "date":
      return "today()";
    case "moment":
      return "now()";
    case "enum":
      return type.decl && type.cases[0] !== undefined ? `${type.name}.${type.cases[0]}` : undefined;
    case "list":
      return type.min === 0 ? "[]" : undefined;
    default:
      return undefined;
  }
}

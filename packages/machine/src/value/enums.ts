import type { ValueType } from "../format.ts";

/** Names of the enums in a type. */
export function enumsOf(type: ValueType): readonly string[] {
  switch (type.t) {
    case "enum":
      return [type.name];
    case "record":
      return Object.values(type.fields).flatMap(enumsOf);
    case "list":
    case "optional":
      return enumsOf(type.of);
    default:
      return [];
  }
}

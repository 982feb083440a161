/** Types of the checker as types of the machine. */
import type { ValueType } from "@parley/machine";
import { BUILTIN_ENUMS, type BuiltinEnum } from "../bind/builtins.ts";
import type { Span } from "../text/source.ts";
import type { Type } from "../types/type.ts";
import { emptyRecord, type Lowering } from "./lowering.ts";
import { addBuiltinLabel } from "./texts.ts";

const ANY_TEXT: ValueType = { t: "text", max: 4096 };

export function valueType(l: Lowering, type: Type | undefined, span: Span): ValueType {
  switch (type?.kind) {
    case "text":
      return { t: "text", max: type.max };
    case "range":
      return { t: "range", min: type.min, max: type.max };
    case "number":
    case "bool":
    case "date":
    case "time":
    case "moment":
    case "duration":
    case "phone":
    case "url":
    case "location":
    case "media":
    case "cart":
    case "card":
      return { t: type.kind };
    case "enum":
      if (!type.decl) builtinEnum(l, type.name, span);
      return { t: "enum", name: type.name };
    case "record": {
      const fields = emptyRecord<ValueType>();
      for (const [name, field] of type.fields) fields[name] = valueType(l, field.type, span);
      return { t: "record", fields };
    }
    case "list":
      return { t: "list", of: valueType(l, type.of, span), min: type.min, max: type.max };
    case "optional":
      return { t: "optional", of: valueType(l, type.of, span) };
    case "none":
      return { t: "optional", of: ANY_TEXT };
    case "namespace":
    case "unknown":
    case undefined:
      return ANY_TEXT;
  }
}

/** The enums that the language gives are in a machine only where one of its values has such a type. */
function builtinEnum(l: Lowering, name: string, span: Span): void {
  if (l.enums[name] || !Object.hasOwn(BUILTIN_ENUMS, name)) return;
  const cases: Record<string, string> = {};
  for (const id of BUILTIN_ENUMS[name as BuiltinEnum])
    cases[id] = addBuiltinLabel(l, `types.${name}.${id}`, name, id, span);
  l.enums[name] = { cases };
}

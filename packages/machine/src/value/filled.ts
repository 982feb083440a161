/** What a form sends as a value of the record that an ask wants. */
import type { Value, ValueType } from "../format.ts";
import { isRecord } from "./fits.ts";

/** Forms send numbers and switches as texts, too: those are read where the type wants them. Everything else stays as it is. */
export function readFilled(type: ValueType, value: Value): Value {
  switch (type.t) {
    case "number":
    case "range":
      return typeof value === "string" && NUMBER.test(value.trim()) ? Number(value) : value;
    case "bool":
      return value === "true" ? true : value === "false" ? false : value;
    case "optional":
      return readFilled(type.of, value);
    case "list":
      return Array.isArray(value) ? value.map((item: Value) => readFilled(type.of, item)) : value;
    case "record":
      return isRecord(value) ? readFields(type.fields, value) : value;
    default:
      return value;
  }
}

const NUMBER = /^-?\d{1,15}(?:\.\d{1,6})?$/;

function readFields(
  fields: Readonly<Record<string, ValueType>>,
  value: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const read: [string, Value][] = [];
  for (const [name, type] of Object.entries(fields)) {
    if (Object.hasOwn(value, name)) read.push([name, readFilled(type, value[name] ?? null)]);
  }
  return Object.fromEntries(read);
}

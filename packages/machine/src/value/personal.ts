/** Values without what is personal in them, for logs, traces and reports. */
import type { PersonalPath, Value, ValueType } from "../format.ts";
import { own, setOwn } from "../own.ts";
import { isRecord } from "./fits.ts";

/** Named values with their types, and which of them are personal: the parameters of an action or an event. */
export interface Enclosed {
  readonly params: Readonly<Record<string, ValueType>>;
  readonly personal?: readonly PersonalPath[];
}

/** A copy in which the name of its type, in angle brackets, stands for each personal value; none stays none. */
export function redact(of: Enclosed, values: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  const { params, personal } = of;
  if (!personal || personal.length === 0) return values;
  const out: Record<string, Value> = {};
  for (const [name, value] of Object.entries(values)) {
    const type = own(params, name);
    const paths = personal.filter(([first]) => first === name).map(([, ...rest]) => rest);
    setOwn(out, name, type && paths.length > 0 ? hidden(type, paths, value) : value);
  }
  return out;
}

function hidden(type: ValueType, paths: readonly PersonalPath[], value: Value): Value {
  if (value === null) return null;
  if (type.t === "optional") return hidden(type.of, paths, value);
  if (paths.some((path) => path.length === 0)) return `<${nameOf(type)}>`;
  if (type.t === "list" && Array.isArray(value)) {
    return value.map((item: Value) => hidden(type.of, paths, item));
  }
  if (type.t !== "record" || !isRecord(value)) return `<${nameOf(type)}>`;
  return redact({ params: type.fields, personal: paths }, value);
}

function nameOf(type: ValueType): string {
  return type.t === "enum" ? type.name : type.t;
}

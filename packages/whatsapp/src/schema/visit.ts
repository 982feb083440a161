/** Which schemas hold which values of a body: for error texts and warnings, not for validation. */
import { isObject } from "../json.ts";
import type { Schema, Schemas } from "./build.ts";

export type Visitor = (schema: Schema, value: unknown, path: string) => void;

/** One step of a JSON pointer. */
export function pointer(path: string, key: string | number): string {
  if (typeof key === "number" || !/[~/]/.test(key)) return `${path}/${key}`;
  return `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function asSchema(value: unknown): Schema | undefined {
  return isObject(value) ? value : undefined;
}

function allows(schema: Schema, value: unknown): boolean {
  if ("const" in schema) return schema["const"] === value;
  return Array.isArray(schema["enum"]) && schema["enum"].includes(value);
}

/** Whether `value` meets a condition, which is always that one property has one of some values. */
function meets(condition: Schema, value: unknown): boolean {
  const properties = asSchema(condition["properties"]);
  if (!properties || !isObject(value)) return false;
  return Object.entries(properties).every(([key, schema]) => allows(asSchema(schema) ?? {}, value[key]));
}

function visitBranches(all: Schemas, schema: Schema, value: unknown, path: string, visitor: Visitor): void {
  const condition = asSchema(schema["if"]);
  if (condition) {
    const branch = asSchema(schema[meets(condition, value) ? "then" : "else"]);
    if (branch) visitSchemas(all, branch, value, path, visitor);
  }
  if (!Array.isArray(schema["allOf"])) return;
  for (const part of schema["allOf"]) visitSchemas(all, asSchema(part) ?? {}, value, path, visitor);
}

/** Calls `visitor` with every value under `value` and every schema that holds it. `all` are the definitions. */
export function visitSchemas(all: Schemas, schema: Schema, value: unknown, path: string, visitor: Visitor): void {
  const name = schema["$ref"];
  const target = typeof name === "string" ? all[name.slice("#/$defs/".length)] : undefined;
  if (target) visitSchemas(all, target, value, path, visitor);
  visitor(schema, value, path);
  visitBranches(all, schema, value, path, visitor);
  const properties = asSchema(schema["properties"]);
  if (properties && isObject(value)) {
    for (const [key, inner] of Object.entries(properties)) {
      const part = asSchema(inner);
      if (part && Object.hasOwn(value, key)) visitSchemas(all, part, value[key], pointer(path, key), visitor);
    }
  }
  const item = asSchema(schema["items"]);
  if (item && Array.isArray(value)) {
    value.forEach((entry, i) => {
      visitSchemas(all, item, entry, pointer(path, i), visitor);
    });
  }
}

/** JSON Schema, as much of it as the control API needs: one description for its documents and for its checks. */
import { ControlError } from "./read.ts";

export interface Schema {
  readonly type?: "object" | "array" | "string" | "number" | "integer" | "boolean" | "null";
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly contentEncoding?: "base64";
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
}

export type Schemas = Readonly<Record<string, Schema>>;

export const text: Schema = { type: "string" };
export const number: Schema = { type: "number" };
export const count: Schema = { type: "integer", minimum: 0 };
export const flag: Schema = { type: "boolean" };
/** Whatever is there; another document describes it. */
export const anything: Schema = { type: "object", additionalProperties: true };

export function said(schema: Schema, description: string): Schema {
  return { ...schema, description };
}

export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

export function words(values: readonly string[]): Schema {
  return { type: "string", enum: values };
}

/** An object with these properties and no others. */
export function object(properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema {
  return { type: "object", properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false };
}

const NAMES: Readonly<Record<NonNullable<Schema["type"]>, string>> = {
  object: "an object",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "null",
};

function isOf(type: NonNullable<Schema["type"]>, value: unknown): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "null":
      return value === null;
    default:
      return typeof value === type;
  }
}

function refuse(what: string): never {
  throw new ControlError(400, what);
}

function checkObject(schemas: Schemas, schema: Schema, value: Readonly<Record<string, unknown>>, at: string): void {
  const under = (key: string): string => (at === "" ? key : `${at}.${key}`);
  for (const key of schema.required ?? []) if (value[key] === undefined) refuse(`"${under(key)}" is missing`);
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const known = schema.properties?.[key];
    if (known) check(schemas, known, part, under(key));
    else if (schema.additionalProperties === false) refuse(`there is no "${under(key)}" here`);
  }
}

/** Alternatives that a property with a fixed word tells apart. */
function checkAlternatives(schemas: Schemas, all: readonly Schema[], value: unknown, at: string): void {
  const key = Object.entries(all[0]?.properties ?? {}).find(([, one]) => one.const !== undefined)?.[0];
  if (key === undefined || !isOf("object", value)) return;
  const name = at === "" ? key : `${at}.${key}`;
  const given = (value as Readonly<Record<string, unknown>>)[key];
  if (given === undefined) refuse(`"${name}" is missing`);
  const meant = all.find((one) => one.properties?.[key]?.const === given);
  if (meant) check(schemas, meant, value, at);
  else refuse(`"${name}" must be one of ${all.map((one) => one.properties?.[key]?.const).join(", ")}`);
}

function checkRange(schema: Schema, value: unknown, name: string): void {
  const { minimum, maximum, minItems } = schema;
  if (minimum !== undefined && (value as number) < minimum) refuse(`"${name}" must be at least ${minimum}`);
  if (maximum !== undefined && (value as number) > maximum) refuse(`"${name}" must be at most ${maximum}`);
  if (minItems !== undefined && (value as readonly unknown[]).length < minItems) refuse(`"${name}" must not be empty`);
}

/** The first alternative that fits; complains of the first where none does. */
function checkAny(schemas: Schemas, all: readonly Schema[], value: unknown, at: string): void {
  let first: unknown;
  for (const one of all) {
    try {
      return check(schemas, one, value, at);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

/** Throws `ControlError` with words for people where `value` is not what `schema` says. */
export function check(schemas: Schemas, schema: Schema, value: unknown, at = ""): void {
  const named = schema.$ref && schemas[schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1)];
  if (named) return check(schemas, named, value, at);
  if (schema.oneOf) return checkAlternatives(schemas, schema.oneOf, value, at);
  if (schema.anyOf) return checkAny(schemas, schema.anyOf, value, at);
  const name = at === "" ? "the body" : at;
  if (schema.type && !isOf(schema.type, value)) refuse(`"${name}" must be ${NAMES[schema.type]}`);
  if (schema.enum && !schema.enum.includes(value as string))
    refuse(`"${name}" must be one of ${schema.enum.join(", ")}`);
  checkRange(schema, value, name);
  if (schema.type === "object") checkObject(schemas, schema, value as Readonly<Record<string, unknown>>, at);
  if (schema.items && Array.isArray(value))
    for (const [i, item] of value.entries()) check(schemas, schema.items, item, `${at}[${i}]`);
}

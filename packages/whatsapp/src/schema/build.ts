/** Parts that the schemas are made of. Every figure comes from the table of limits. */
import { type LimitKey, limit } from "../limits.ts";

/** A JSON Schema, draft 2020-12. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

export type Schemas = Readonly<Record<string, Schema>>;

const LIMIT_MARK = "limit ";

/** Marks a schema as held by a row of the table; `limitOf` reads it. */
function marked(key: LimitKey): Schema {
  return { $comment: LIMIT_MARK + key };
}

/** The row of the table of limits that holds `schema`. */
export function limitOf(schema: Schema): LimitKey | undefined {
  const comment = schema["$comment"];
  if (typeof comment !== "string" || !comment.startsWith(LIMIT_MARK)) return undefined;
  // Only `marked` writes such comments.
  return comment.slice(LIMIT_MARK.length) as LimitKey;
}

/** A text within the code points of a limit. */
export function text(key: LimitKey): Schema {
  const { min, max } = limit(key);
  return {
    type: "string",
    ...(min ? { minLength: min } : {}),
    ...(max === undefined ? {} : { maxLength: max }),
    ...marked(key),
  };
}

export function integer(key: LimitKey): Schema {
  const { min, max } = limit(key);
  return {
    type: "integer",
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...marked(key),
  };
}

export function items(key: LimitKey, item: Schema): Schema {
  const { min, max } = limit(key);
  return {
    type: "array",
    ...(min ? { minItems: min } : {}),
    ...(max === undefined ? {} : { maxItems: max }),
    items: item,
    ...marked(key),
  };
}

export const anyText: Schema = { type: "string" };
export const someText: Schema = { type: "string", minLength: 1 };
export const flag: Schema = { type: "boolean" };
export const link: Schema = {
  type: "string",
  pattern: "^[hH][tT][tT][pP][sS]?://\\S+$",
  description: "an http or https URL",
};

export function constant(value: string | number): Schema {
  return { const: value };
}

export function oneOfTexts(...values: readonly string[]): Schema {
  return { type: "string", enum: values };
}

export function pattern(source: string, description: string): Schema {
  return { type: "string", pattern: source, description };
}

/** An object that has no other properties. */
export function strict(properties: Schemas, required: readonly string[], more: Schema = {}): Schema {
  return { type: "object", additionalProperties: false, properties, ...(required.length ? { required } : {}), ...more };
}

/** An object that may have other properties as well. */
export function open(properties: Schemas, required: readonly string[] = [], more: Schema = {}): Schema {
  return { type: "object", properties, ...(required.length ? { required } : {}), ...more };
}

export function list(item: Schema, minItems = 0): Schema {
  return { type: "array", ...(minItems ? { minItems } : {}), items: item };
}

/** Exactly one of the groups of properties is there. */
export function exactlyOne(...groups: readonly (readonly string[])[]): Schema {
  return { oneOf: groups.map((required) => ({ required })) };
}

export function ref(name: string): Schema {
  return { $ref: `#/$defs/${name}` };
}

function variant(tag: string, values: readonly string[], then: Schema): Schema {
  const test = values.length === 1 ? { const: values[0] } : { enum: values };
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  return { if: { properties: { [tag]: test }, required: [tag] }, then };
}

/** An object whose property `tag` says which of the variants it is; with `fold`, in upper case as well. */
export function tagged(tag: string, variants: Schemas, fold = false): Schema {
  const spellings = (name: string): readonly string[] => (fold ? [name, name.toUpperCase()] : [name]);
  const names = Object.keys(variants);
  return {
    type: "object",
    required: [tag],
    properties: { [tag]: { type: "string", enum: names.flatMap(spellings) } },
    allOf: names.map((name) => variant(tag, spellings(name), variants[name] ?? {})),
  };
}

/** As `tagged`, but other values of `tag` and other properties are accepted. */
export function openTagged(tag: string, variants: Schemas): Schema {
  return { allOf: Object.keys(variants).map((name) => variant(tag, [name], variants[name] ?? {})) };
}

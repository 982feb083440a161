/** From an error of a generated validator to WhatsApp's code and words. */
import { isObject } from "../json.ts";
import { type Limit, limit } from "../limits.ts";
import { limitOf, type Schema, type Schemas } from "../schema/build.ts";
import type { SchemaError } from "../schema/types.ts";
import { pointer, visitSchemas } from "../schema/visit.ts";
import { INVALID_PARAMETER, INVALID_VALUE, MISSING_PARAMETER } from "./codes.ts";
import type { Violation } from "./types.ts";

/** What was validated: a value, the schema that holds it, and where it stands in the body. */
export interface Subject {
  readonly definitions: Schemas;
  readonly schema: Schema;
  readonly value: unknown;
  readonly path: string;
}

type SchemaIndex = ReadonlyMap<string, readonly Place[]>;

interface Place {
  readonly schema: Schema;
  readonly value: unknown;
}

function indexOf(subject: Subject): SchemaIndex {
  const index = new Map<string, Place[]>();
  visitSchemas(subject.definitions, subject.schema, subject.value, subject.path, (schema, value, path) => {
    const places = index.get(path);
    if (places) places.push({ schema, value });
    else index.set(path, [{ schema, value }]);
  });
  return index;
}

/** A JSON pointer as WhatsApp writes it: `interactive['action']['buttons'][0]`. */
export function parameterName(path: string): string {
  const [first = "body", ...rest] = path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  return first + rest.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `['${key}']`)).join("");
}

/** Capitalised, unless it is the name of a property. */
function capital(words: string): string {
  if (words.includes("_")) return words;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function lengthDetails(row: Limit): string {
  const longest = row.max === undefined ? "" : `, Max length: ${row.max}`;
  return `${capital(row.what)} length invalid. Min length: ${row.min ?? 0}${longest}`;
}

function countDetails(row: Limit): string {
  return `Min allowed ${row.what}: ${row.min ?? 0}, Max allowed ${row.what}: ${row.max ?? "any"}`;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  boolean: "a boolean",
  number: "a number",
  integer: "an integer",
  array: "an array",
  object: "an object",
};

function typeDetails(name: string, type: unknown): string {
  const types = (Array.isArray(type) ? type : [type]).map(word);
  return `Param ${name} must be ${types.map((one) => TYPE_NAMES[one] ?? one).join(" or ")}.`;
}

/** A part of a schema or of an error in words. */
function word(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function rangeDetails(name: string, schema: Schema): string {
  const { minimum, maximum } = schema;
  if (maximum === undefined) return `Param ${name} must be at least ${word(minimum)}.`;
  return `Param ${name} must be from ${word(minimum)} to ${word(maximum)}.`;
}

/** Names of the alternatives of `exactlyOne` or `anyOf`: groups of property names. */
function alternatives(schema: Schema, keyword: string): readonly (readonly string[])[] {
  const branches = schema[keyword];
  if (!Array.isArray(branches)) return [];
  return branches.map((branch) => (isObject(branch) && Array.isArray(branch["required"]) ? branch["required"] : []));
}

function explainAlternatives(error: SchemaError, place: Place | undefined): Violation {
  const { instancePath: path, keyword: rule } = error;
  const groups = alternatives(place?.schema ?? {}, rule);
  const names = groups.map((group) => group.map((key) => parameterName(pointer(path, key))).join(" with "));
  const value = isObject(place?.value) ? place.value : {};
  const present = groups.filter((group) => group.some((key) => value[key] !== undefined));
  if (present.length > 1) {
    return { path, rule, code: INVALID_PARAMETER, details: `Only one of ${names.join(" and ")} is allowed.` };
  }
  const missing = (present[0] ?? groups[0] ?? []).find((key) => value[key] === undefined) ?? "";
  // `anyOf` is the recipient, which WhatsApp asks for by the name of its first alternative.
  if (rule === "anyOf") {
    const details = `The parameter ${names[0]} is required.`;
    return { path: pointer(path, missing), rule, code: INVALID_PARAMETER, details };
  }
  const details = `One of the parameters ${names.join(" and ")} is required.`;
  return { path: pointer(path, missing), rule, code: MISSING_PARAMETER, details };
}

function explainKey(error: SchemaError): Violation {
  const key = word(error.property);
  const at = error.keyword === "false schema" ? error.instancePath : pointer(error.instancePath, key);
  const cut = at.lastIndexOf("/");
  const container = at.slice(0, cut);
  const on = container === "" ? "" : ` on param ${parameterName(container)}`;
  const name = parameterName(`/${at.slice(cut + 1)}`);
  return { path: at, rule: "unknown-property", code: INVALID_PARAMETER, details: `Unexpected key "${name}"${on}.` };
}

function explainValue(error: SchemaError, schema: Schema): Pick<Violation, "code" | "details"> {
  const name = parameterName(error.instancePath);
  const key = limitOf(schema);
  const row = key === undefined ? undefined : limit(key);
  switch (error.keyword) {
    case "type":
      return { code: INVALID_PARAMETER, details: typeDetails(name, schema["type"]) };
    case "const":
      return {
        code: INVALID_PARAMETER,
        details: `Param ${name} must be ${JSON.stringify(schema["const"])}.`,
      };
    case "enum": {
      const values = schema["enum"];
      const words = Array.isArray(values) ? values.join(", ") : "";
      return { code: INVALID_PARAMETER, details: `Param ${name} must be one of {${words}}.` };
    }
    case "minLength":
    case "maxLength":
      return { code: INVALID_VALUE, details: row ? lengthDetails(row) : `Param ${name} must not be empty.` };
    case "minItems":
    case "maxItems":
      return { code: INVALID_VALUE, details: row ? countDetails(row) : `Param ${name} has a wrong number of items.` };
    case "minimum":
    case "maximum":
      return { code: INVALID_VALUE, details: rangeDetails(name, schema) };
    case "pattern":
      return { code: INVALID_VALUE, details: `Param ${name} must be ${word(schema["description"])}.` };
    case "minProperties":
      return { code: INVALID_VALUE, details: `Param ${name} must not be empty.` };
    default:
      return { code: INVALID_PARAMETER, details: `Param ${name} is not valid.` };
  }
}

function explainOne(error: SchemaError, index: SchemaIndex): Violation {
  const { instancePath: path, keyword } = error;
  const place = (index.get(path) ?? []).find((candidate) => keyword in candidate.schema);
  switch (keyword) {
    case "required": {
      const missing = pointer(path, word(error.property));
      const details = `The parameter ${parameterName(missing)} is required.`;
      return { path: missing, rule: "required", code: INVALID_PARAMETER, details };
    }
    case "additionalProperties":
    case "false schema":
      return explainKey(error);
    case "oneOf":
    case "anyOf":
      return explainAlternatives(error, place);
    default:
      return { path, rule: keyword, ...explainValue(error, place?.schema ?? {}) };
  }
}

/** As many errors as anybody reads; a hostile body can have thousands. */
const MOST_ERRORS = 50;

/** The violations behind the errors that a generated validator left; of those with one code at one place the first. */
export function explain(errors: readonly SchemaError[], subject: Subject): readonly Violation[] {
  const index = indexOf(subject);
  const found = new Map<string, Violation>();
  for (const error of errors) {
    if (error.keyword === "beside") continue;
    const violation = explainOne(error, index);
    const place = `${violation.code} ${violation.path}`;
    if (!found.has(place)) found.set(place, violation);
    if (found.size === MOST_ERRORS) break;
  }
  return [...found.values()];
}

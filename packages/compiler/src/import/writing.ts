/** What importing works on: the flow under construction, and pieces of its text. */
import { codePoints } from "@parley/whatsapp";

export type Json = Readonly<Record<string, unknown>>;

export interface Writing {
  /** Parameters of the flow, for values that the payload has no words for. */
  readonly params: Map<string, Param>;
  /** Declarations of templates, by name. */
  readonly templates: Map<string, string>;
  /** What people should know: settings that the bot needs, parts that were left out. */
  readonly notes: Set<string>;
}

/** A type, or the fields of a record. */
export type Param = string | Map<string, Param>;

/** Why a message has no form in the language. */
export class CannotImport extends Error {}

export function cannot(reason: string): never {
  throw new CannotImport(reason);
}

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectIn(of: Json, key: string): Json {
  const value = of[key];
  return isJson(value) ? value : cannot(`it has no \`${key}\``);
}

export function textIn(of: Json, key: string): string {
  return maybeText(of, key) ?? cannot(`it has no \`${key}\``);
}

export function maybeText(of: Json, key: string): string | undefined {
  const value = of[key];
  return typeof value === "string" ? value : undefined;
}

export function listIn(of: Json, key: string): readonly Json[] {
  const value = of[key];
  return Array.isArray(value) ? value.filter(isJson) : [];
}

const ESCAPES: Readonly<Record<string, string>> = {
  "\n": "\\n",
  "\t": "\\t",
  '"': '\\"',
  "\\": "\\\\",
  "{": "\\{",
  "}": "\\}",
};

/** A text as a literal: what looks like a hole in a payload is nothing but characters. */
export function literal(text: string): string {
  const inner = text.replace(
    /["\\{}\p{Cc}\u2028\u2029]/gu,
    (c) => ESCAPES[c] ?? `\\u{${(c.codePointAt(0) as number).toString(16)}}`,
  );
  return `"${inner}"`;
}

const SYMBOL = /^\{([A-Za-z_]\w*)((?:\.[A-Za-z_]\w*)*)\}$/;

/**
 * A value that is no text: a link as it is; what `parley build` writes for a variable, `{photo}`, is a parameter of the
 * flow, of this type.
 */
export function value(w: Writing, text: string, type: string): string {
  const symbol = SYMBOL.exec(text);
  if (!symbol) return text.startsWith("{") ? cannot(`the value \`${text}\` is not known here`) : literal(text);
  const [, root = "", path = ""] = symbol;
  enter(w.params, [root, ...path.split(".").slice(1)], type);
  return `${root}${path}`;
}

function enter(into: Map<string, Param>, [name = "", ...rest]: readonly string[], type: string): void {
  const known = into.get(name);
  if (rest.length === 0) {
    if (known !== undefined && known !== type) cannot(`\`${name}\` would be of two types`);
    into.set(name, type);
    return;
  }
  if (typeof known === "string") return cannot(`\`${name}\` would be of two types`);
  const fields = known ?? new Map<string, Param>();
  into.set(name, fields);
  enter(fields, rest, type);
}

/** Degrees: a number, or a field of a parameter that is a location. */
export function degrees(w: Writing, given: unknown, field: "latitude" | "longitude"): string {
  if (typeof given === "number") return String(given);
  if (typeof given !== "string") return cannot(`it has no \`${field}\``);
  if (/^-?[0-9]+(\.[0-9]+)?$/.test(given)) return String(Number(given));
  const place = given.endsWith(`.${field}}`)
    ? `${given.slice(0, -field.length - 2)}}`
    : cannot(`\`${given}\` is no place`);
  return `${value(w, place, "location")}.${field}`;
}

/** The id of a button or row; of a wire id the option that it names. */
export function optionId(id: string): string {
  const wire = /^[\w.]+:(.+)#[0-9a-z]+\.[0-9a-z]+$/.exec(id);
  const option = wire?.[1] ?? id;
  return /^[A-Za-z_]\w*$/.test(option) ? option : `{${literal(option)}}`;
}

/** The parameters as they stand behind the flow's name. */
export function paramList(params: ReadonlyMap<string, Param>): string {
  return [...params].map(([name, param]) => `${name}: ${typeText(param)}`).join(", ");
}

function typeText(param: Param): string {
  return typeof param === "string" ? param : `{ ${paramList(param)} }`;
}

/** A type that holds this text. */
export function textType(text: string): string {
  return `text(${Math.max(1, codePoints(text))})`;
}

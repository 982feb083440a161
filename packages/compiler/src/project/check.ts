/** Holds a YAML tree against a schema; what does not fit is said in our words, with its place. */
import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import { suggest } from "../diagnostics/suggest.ts";
import type { Schema } from "./schema.ts";

/** What is wrong in a text, as offsets of it. `write` would mend it. */
export interface Problem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly write?: string;
}

/** `path` is how the value is called in messages: `locales.default`, or "" for the whole file. */
export function checkNode(node: ParsedNode | null, schema: Schema, path: string, at: Place): readonly Problem[] {
  if (node === null || (isScalar(node) && node.value === null)) {
    return [{ ...(node ? placeOf(node) : at), message: `${called(path)} has no value` }];
  }
  switch (schema.type) {
    case "object":
      return isMap(node) ? checkMap(node, schema, path) : [wrongType(node, path, "keys with values, one on each line")];
    case "array":
      return isSeq(node) ? checkList(node.items, node, schema, path) : [wrongType(node, path, "a list")];
    case "string":
      return checkText(node, schema, path);
  }
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function placeOf(node: ParsedNode): Place {
  const [start, end] = node.range;
  return { start, end };
}

function called(path: string): string {
  return path === "" ? "the file" : `\`${path}\``;
}

function wrongType(node: ParsedNode, path: string, form: string): Problem {
  return { ...placeOf(node), message: `${called(path)} must be ${form}` };
}

function checkMap(node: YAMLMap.Parsed, schema: Schema, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  const keys = new Set<string>();
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : "";
    keys.add(key);
    const full = path === "" ? key : `${path}.${key}`;
    const known = Object.hasOwn(schema.properties ?? {}, key) ? schema.properties?.[key] : undefined;
    const form = known ?? (schema.additionalProperties || undefined);
    if (!form) problems.push(unknownKey(pair.key, key, path, Object.keys(schema.properties ?? {})));
    else if (!known && schema.propertyNames && !new RegExp(schema.propertyNames.pattern, "u").test(key)) {
      problems.push({ ...placeOf(pair.key), message: `\`${key}\` cannot be a name in ${called(path)}` });
    } else problems.push(...checkNode(pair.value, form, full, placeOf(pair.key)));
  }
  for (const name of schema.required ?? []) {
    if (!keys.has(name)) problems.push({ ...placeOf(node), message: `${called(path)} needs \`${name}\`` });
  }
  return problems;
}

function unknownKey(node: ParsedNode, key: string, path: string, known: readonly string[]): Problem {
  const message = `there is no key \`${key}\` in ${path === "" ? "parley.yaml" : called(path)}`;
  const near = nearest(key, known);
  if (near === undefined)
    return { ...placeOf(node), message: `${message}; it has ${known.map((k) => `\`${k}\``).join(", ")}` };
  return { ...placeOf(node), message: `${message}, a similar name is \`${near}\``, write: near };
}

function checkList(items: readonly ParsedNode[], node: ParsedNode, schema: Schema, path: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (items.length < (schema.minItems ?? 0)) {
    problems.push({ ...placeOf(node), message: `${called(path)} must have at least ${schema.minItems} entry` });
  }
  const seen = new Set<unknown>();
  items.forEach((item, i) => {
    if (schema.items) problems.push(...checkNode(item, schema.items, `${path}[${i + 1}]`, placeOf(node)));
    if (!schema.uniqueItems || !isScalar(item)) return;
    if (seen.has(item.value))
      problems.push({ ...placeOf(item), message: `\`${String(item.value)}\` stands twice in ${called(path)}` });
    seen.add(item.value);
  });
  return problems;
}

function checkText(node: ParsedNode, schema: Schema, path: string): readonly Problem[] {
  const form = schema["x-form"] ?? (schema.enum ? `one of ${schema.enum.map((e) => `\`${e}\``).join(", ")}` : "a text");
  if (!isScalar(node)) return [wrongType(node, path, form)];
  const { value } = node;
  if (typeof value !== "string") {
    return [
      {
        ...wrongType(node, path, `${form}; ${String(value)} without quotes is no text`),
        write: `"${node.source ?? String(value)}"`,
      },
    ];
  }
  if (schema.enum && !schema.enum.includes(value)) {
    const near = nearest(value, schema.enum);
    return [
      { ...wrongType(node, path, `${form}, not \`${short(value)}\``), ...(near === undefined ? {} : { write: near }) },
    ];
  }
  const length = [...value.slice(0, 2000)].length;
  if (length < (schema.minLength ?? 0)) return [{ ...placeOf(node), message: `${called(path)} is empty` }];
  if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY)) {
    return [wrongType(node, path, `at most ${schema.maxLength} characters long`)];
  }
  if (schema.pattern && !new RegExp(schema.pattern, "u").test(value)) {
    return [wrongType(node, path, `${form}, not \`${short(value)}\``)];
  }
  return [];
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** The known word that was probably meant. */
function nearest(word: string, known: readonly string[]): string | undefined {
  return suggest(word, known).similar[0];
}

/** `parley.yaml`: keys and values from the description that the compiler checks it by. */
import { CATALOG, type Code, countryCodes, PROJECT_SCHEMA, type Schema, type Source } from "@parley/compiler";
import type { CompletionItem, Hover } from "vscode-languageserver";
import { toRange } from "../../positions.ts";
import { item } from "../completion/item.ts";
import { yamlPlace } from "./yaml-place.ts";

export function completeProject(source: Source, offset: number): readonly CompletionItem[] {
  const place = yamlPlace(source.text, offset);
  if (!place) return [];
  const at = schemaAt(place.path);
  if (!at) return [];
  const range = toRange({ source, start: place.start, end: offset });
  const edit = (label: string, text: string): Pick<CompletionItem, "textEdit" | "filterText"> => ({
    textEdit: { range, newText: text },
    filterText: label,
  });
  if (place.what === "key" && !place.inList) {
    if (place.quote !== "") return [];
    return keysOf(at)
      .filter(([key]) => !place.siblings.has(key))
      .map(([key, of]) => ({
        ...item(key, {
          kind: "property",
          detail: hint(of),
          rank: 5,
          data: of.description ? { kind: "doc", doc: of.description } : undefined,
        }),
        ...edit(key, `${key}: `),
      }));
  }
  const of = at.type === "array" ? at.items : at;
  if (!of || (at.type === "array" && !place.inList)) return [];
  return valuesOf(of, place.path).map(([value, detail], i) => ({
    ...item(value, { kind: "value", detail, rank: Math.min(i, 50) }),
    ...edit(value, value),
  }));
}

export function hoverProject(source: Source, offset: number): Hover | undefined {
  const { text } = source;
  let end = offset;
  while (/[\w]/.test(text.charAt(end))) end++;
  let start = offset;
  while (start > 0 && /[\w]/.test(text.charAt(start - 1))) start--;
  if (start === end || text.charAt(end) !== ":") return undefined;
  const place = yamlPlace(text, end);
  const key = text.slice(start, end);
  const schema = place && schemaAt([...place.path, key]);
  if (!schema) return codeHover(source, start, end, key);
  const fallback = schema.default === undefined ? "" : `Default: \`${JSON.stringify(schema.default)}\``;
  const form = schema["x-form"]
    ? `Expected: ${schema["x-form"]}`
    : (schema.enum ?? []).map((one) => `\`${one}\``).join(" | ");
  const parts = [`**${[...place.path, key].join(".")}**`, schema.description ?? "", form, fallback];
  return {
    contents: { kind: "markdown", value: parts.filter((part) => part !== "").join("\n\n") },
    range: toRange({ source, start, end }),
  };
}

function codeHover(source: Source, start: number, end: number, key: string): Hover | undefined {
  if (!Object.hasOwn(CATALOG, key)) return undefined;
  const { slug, why } = CATALOG[key as Code];
  const value = `**${key}** ${slug.replaceAll("-", " ")}\n\n${why}`;
  return { contents: { kind: "markdown", value }, range: toRange({ source, start, end }) };
}

function schemaAt(path: readonly string[]): Schema | undefined {
  let at: Schema | undefined = PROJECT_SCHEMA;
  for (const key of path) {
    if (at?.type === "array") at = at.items;
    const more: Schema | false | undefined = at?.additionalProperties;
    at = at?.properties?.[key] ?? (more === false ? undefined : more);
  }
  return at;
}

/** Of `lint` the codes that can be weighed otherwise. */
function keysOf(schema: Schema): readonly (readonly [string, Schema])[] {
  if (schema.properties) return Object.entries(schema.properties);
  const { additionalProperties: of, propertyNames } = schema;
  if (!of || !propertyNames?.pattern.startsWith("^P")) return [];
  return (Object.keys(CATALOG) as Code[]).map((code) => [
    code,
    { ...of, description: CATALOG[code].slug.replaceAll("-", " ") },
  ]);
}

function hint({ type, enum: values, default: value }: Schema): string {
  if (values) return values.join(" | ");
  return value === undefined ? type : `${type}, default ${JSON.stringify(value)}`;
}

function valuesOf(schema: Schema, path: readonly string[]): readonly (readonly [string, string])[] {
  const values = (schema.enum ?? []).map((value) => [value, ""] as const);
  if (path.at(-1) === "timezone") return Intl.supportedValuesOf("timeZone").map((zone) => [zone, "time zone"]);
  if (path.at(-1) === "markets" || path.at(-1) === "country") return countryCodes().map((code) => [code, "country"]);
  const fallback = schema.default;
  if (values.length > 0) return values.map(([value]) => [value, value === fallback ? "default" : ""]);
  return typeof fallback === "string" ? [[fallback, "default"]] : [];
}

/** `bot.d.ts`: what the host program must implement and may call, as TypeScript. */
import type { Names } from "../bind/names.ts";
import type { ActionDecl, FieldDecl, TypeDecl, TypeExpr } from "../syntax/ast.ts";
import { sure } from "../text/sure.ts";

export function botTypes(names: Names, project: string): string {
  const types = [...names.types.values()].map(typeText);
  const actions = [...names.actions.values()].map(actionText);
  const events = [...names.events.values()].map((e) => `    readonly ${e.name}: ${recordText(e.params)};`);
  const profile = (names.profile?.fields ?? []).map((f) => `    ${fieldText(f, f.value === undefined)};`);
  const body = [...types, botText(actions, events, profile)].join("\n\n");
  const used = BUILTIN_TYPES.filter(([name]) => new RegExp(`\\b${name}\\b`).test(body)).map(([, text]) => text);
  return [
    `/** Types of the bot \`${project}\`, written by \`parley build\`. */`,
    'import type { ActionContext } from "@parley/runtime";',
    "",
    [...used, body].join("\n\n"),
    "",
  ].join("\n");
}

function botText(actions: readonly string[], events: readonly string[], profile: readonly string[]): string {
  const part = (name: string, members: readonly string[]): string =>
    members.length === 0
      ? `  readonly ${name}: Record<never, never>;`
      : `  readonly ${name}: {\n${members.join("\n")}\n  };`;
  return `export interface Bot {\n${part("actions", actions)}\n${part("events", events)}\n${part("profile", profile)}\n}`;
}

/** What values of the language's own types look like; only those that are used are written. */
const BUILTIN_TYPES: readonly (readonly [name: string, text: string])[] = [
  [
    "ParleyCart",
    `export interface ParleyCart {
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly price: number; readonly currency: string }[];
  readonly note: string | null;
}`,
  ],
  [
    "ParleyCard",
    `export interface ParleyCard {
  readonly name: string;
  readonly phones: readonly string[];
}`,
  ],
  [
    "ParleyLocation",
    `export interface ParleyLocation {
  readonly latitude: number;
  readonly longitude: number;
  readonly name: string | null;
  readonly address: string | null;
}`,
  ],
  [
    "ParleyMedia",
    `/** Uploaded to WhatsApp (\`id\`) or fetched by it (\`link\`). */
export type ParleyMedia = {
  readonly kind: "image" | "video" | "audio" | "document" | "sticker";
  readonly mime: string;
  readonly name: string | null;
  readonly caption: string | null;
} & ({ readonly id: string } | { readonly link: string });`,
  ],
];

const SCALARS: Readonly<Record<string, string>> = {
  text: "string",
  number: "number",
  bool: "boolean",
  date: "string",
  time: "string",
  moment: "number",
  duration: "number",
  phone: "string",
  url: "string",
  cart: "ParleyCart",
  card: "ParleyCard",
  location: "ParleyLocation",
  media: "ParleyMedia",
  Failure: '"failed" | "timeout" | "unknown"',
  MediaKind: '"image" | "video" | "audio" | "document" | "sticker"',
  ReplyKind: "string",
};

/** Names that the file itself needs. */
const TAKEN: ReadonlySet<string> = new Set([
  "Bot",
  "ActionContext",
  "Promise",
  "Record",
  ...BUILTIN_TYPES.map(([name]) => name),
]);

function typeName(name: string): string {
  return TAKEN.has(name) ? `${name}_` : name;
}

function typeText(decl: TypeDecl): string {
  const name = typeName(decl.name.text);
  const doc = docText(decl.doc, "");
  if (decl.cases.length > 0)
    return `${doc}export type ${name} = ${decl.cases.map((c) => `"${c.name.text}"`).join(" | ")};`;
  if (decl.type?.kind !== "RecordType")
    return `${doc}export type ${name} = ${decl.type ? valueText(decl.type) : "never"};`;
  return `${doc}export interface ${name} {\n${membersText(decl.type.fields, "  ")}\n}`;
}

function membersText(fields: readonly FieldDecl[], indent: string): string {
  return fields.map((field) => `${docText(field.doc, indent)}${indent}${fieldText(field, false)};`).join("\n");
}

function fieldText(field: FieldDecl, mayBeUnset: boolean): string {
  const type = valueText(field.type);
  return `readonly ${field.name.text}: ${mayBeUnset && field.type.kind !== "OptionalType" ? `${type} | null` : type}`;
}

function recordText(fields: readonly FieldDecl[]): string {
  if (fields.length === 0) return "Record<never, never>";
  return `{ ${fields.map((field) => fieldText(field, false)).join("; ")} }`;
}

/** Of an action with an HTTP request the function may be missing: where it is there, it takes the request's place. */
function actionText(action: ActionDecl): string {
  const mark = action.clauses.some(({ kind }) => kind === "Http") ? "?" : "";
  const result = action.result ? valueText(action.result) : "void";
  const signature = `(args: ${recordText(action.params)}, context: ActionContext) => Promise<${result}> | ${result}`;
  return `${docText(action.doc, "    ")}    readonly ${action.name.text}${mark}: ${signature};`;
}

function valueText(type: TypeExpr): string {
  switch (type.kind) {
    case "NamedType":
      return Object.hasOwn(SCALARS, type.name.text) ? sure(SCALARS[type.name.text]) : typeName(type.name.text);
    case "RangeType":
      return "number";
    case "RecordType":
      return recordText(type.fields);
    case "ListType":
      return `readonly ${elementText(type.element)}[]`;
    case "OptionalType":
      return `${valueText(type.type)} | null`;
    case "PersonalType":
      return valueText(type.type);
    case "MissingType":
      return "never";
  }
}

function elementText(type: TypeExpr): string {
  const text = valueText(type);
  return /[|]|^readonly /.test(text) ? `(${text})` : text;
}

function docText(doc: string, indent: string): string {
  if (doc === "") return "";
  const lines = doc
    .replaceAll("*/", "* /")
    .split("\n")
    .map((line) => line.trim());
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

/** Names that the project file gives to flows: what `env.NAME` reads and the hours of `open("NAME")`. And files that it names. */
import { type Source, type Span, type Syntax, spanOf } from "@parley/compiler";
import type { Location } from "vscode-languageserver";
import { type Node, pathAt } from "../../at.ts";
import { toLocation } from "../../positions.ts";
import { uriIn } from "../../uris.ts";
import type { View } from "../../view.ts";
import { entryAt, type YamlPart, yamlTree } from "./yaml-tree.ts";

type Table = "env" | "hours";

export interface SettingName {
  readonly table: Table;
  readonly name: string;
  /** Where it stands, in the project file with its quotes. */
  readonly span: Span;
}

export function settingDefinition(view: View, file: Syntax.File, offset: number): readonly Location[] {
  const found = settingAt(view, file, offset);
  return found ? placesOf(view, found).map((span) => toLocation(view, span)) : [];
}

export function settingReferences(
  view: View,
  file: Syntax.File,
  offset: number,
  declarations: boolean,
): readonly Location[] {
  const found = settingAt(view, file, offset);
  return found ? everywhere(view, found, declarations) : [];
}

/** From a name in the project file to the flows that use it. */
export function projectReferences(
  view: View,
  source: Source,
  offset: number,
  declarations: boolean,
): readonly Location[] {
  const found = source === view.project ? namedAt(source, offset) : undefined;
  return found ? everywhere(view, found, declarations) : [];
}

/** From a language or the templates in the project file to their file; a name stands where it is declared. */
export function projectDefinition(view: View, source: Source, offset: number): readonly Location[] {
  if (source !== view.project) return [];
  const found = namedAt(source, offset);
  if (found) return placesOf(view, found).map((span) => toLocation(view, span));
  const target = fileNamedAt(view, source, offset);
  const start = { line: 0, character: 0 };
  return target ? [{ uri: uriIn(view.folder, target.path), range: { start, end: start } }] : [];
}

function fileNamedAt({ input }: View, source: Source, offset: number): Source | undefined {
  const tree = yamlTree(source.text);
  const templates = entryAt(tree, "templates")?.value;
  if (templates && isAt(templates, offset)) return input.templates?.value.source;
  const language = entryAt(tree, "locales", "others")?.items.find((item) => isAt(item, offset));
  return language && input.locales?.find(({ locale }) => locale === language.text)?.source;
}

function isAt({ start, end }: YamlPart, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** What a place of a flow means in the project file. */
export function settingAt(view: View, file: Syntax.File, offset: number): SettingName | undefined {
  const path = pathAt(file, offset);
  const field = path.at(-2) as (Node & Syntax.FieldExpr) | undefined;
  if (field?.kind === "FieldExpr" && isEnv(view, field) && field.field === (path.at(-1) as unknown)) {
    return { table: "env", name: field.field.text, span: field.field };
  }
  const text = path.findLast((node) => node.kind === "TextExpr") as (Node & Syntax.TextExpr) | undefined;
  const call = text && (path[path.indexOf(text) - 1] as (Node & Syntax.CallExpr) | undefined);
  const [name] = text?.parts ?? [];
  if (!text || call?.kind !== "CallExpr" || call.name.text !== "open" || typeof name !== "string") return undefined;
  const start = text.start + 1;
  return { table: "hours", name, span: spanOf(file.source, start, start + name.length) };
}

function isEnv({ compilation: { names } }: View, { of }: Syntax.FieldExpr): boolean {
  const root = of.kind === "NameExpr" ? names.refs.get(of) : undefined;
  return root?.kind === "root" && root.name === "env";
}

/** The names of a table. */
export function namesIn(source: Source, table: Table): readonly YamlPart[] {
  const entry = entryAt(yamlTree(source.text), table);
  return (table === "env" ? entry?.items : entry?.entries.map(({ key }) => key)) ?? [];
}

/** The same in the project file itself. */
export function namedAt(source: Source, offset: number): SettingName | undefined {
  for (const table of ["env", "hours"] as const) {
    const name = namesIn(source, table).find((part) => isAt(part, offset));
    if (name) return { table, name: name.text, span: spanOf(source, name.start, name.end) };
  }
  return undefined;
}

function placesOf({ project }: View, { table, name }: SettingName): readonly Span[] {
  if (!project) return [];
  return namesIn(project, table)
    .filter(({ text }) => text === name)
    .map(({ start, end }) => spanOf(project, start, end));
}

function everywhere(view: View, wanted: SettingName, declarations: boolean): readonly Location[] {
  const declared = declarations ? placesOf(view, wanted) : [];
  return [...declared, ...usesOf(view, wanted)].map((span) => toLocation(view, span));
}

export function usesOf(view: View, wanted: SettingName): readonly Span[] {
  return view.compilation.files.flatMap((file) => [...usesIn(view, file, wanted)]);
}

/** Where the words stand, and mean it. */
function* usesIn(view: View, file: Syntax.File, { table, name }: SettingName): Generator<Span> {
  const { text } = file.source;
  if (!text.includes(table === "env" ? "env" : "open")) return;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const found = settingAt(view, file, at);
    const isWhole = !/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length));
    if (isWhole && found?.table === table && found.name === name) yield spanOf(file.source, at, at + name.length);
  }
}

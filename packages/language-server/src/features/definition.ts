/** From a name to where it is declared, to its type, and to everything that means the same. */
import type { Source, Span, Syntax, Type } from "@parley/compiler";
import type { DocumentHighlight, Location } from "vscode-languageserver";
import { type Node, pathAt } from "../at.ts";
import { describe } from "../described.ts";
import { localeKeyAt, translatedAt } from "../locale-keys.ts";
import { type Occurrence, occurrences, occurrencesIn } from "../occurrences.ts";
import { toLocation, toRange } from "../positions.ts";
import { foundAt, type Key } from "../symbols.ts";
import type { View } from "../view.ts";

export function definition(view: View, file: Syntax.File, offset: number): readonly Location[] {
  return placesOf(view, foundAt(view, file, offset)?.keys ?? []);
}

function placesOf(view: View, keys: readonly Key[]): readonly Location[] {
  return keys.flatMap((key) => describe(view, key)?.places ?? []).map((span) => toLocation(view, span));
}

/** Of a key of a locale file: what it names; of a translation the texts that it translates. */
export function localeDefinition(view: View, source: Source, offset: number): readonly Location[] {
  const part = localeKeyAt(view, source, offset);
  if (part) return placesOf(view, [part.key]);
  return translatedAt(view, source, offset).map((text) => toLocation(view, text));
}

/** Of a value the declared type that it has, or that its elements have. */
export function typeDefinition(view: View, file: Syntax.File, offset: number): readonly Location[] {
  const { types, names } = view.compilation;
  const path = pathAt(file, offset);
  const node = path.at(-1);
  const parent = path.at(-2);
  const field = parent?.kind === "FieldExpr" ? (parent as Node & Syntax.FieldExpr) : undefined;
  const found = foundAt(view, file, offset);
  const [key] = found?.keys ?? [];
  const ofExpr =
    field && field.field === (node as unknown)
      ? types.ofExpr.get(field)
      : node?.kind === "NameExpr"
        ? types.ofExpr.get(node as Node & Syntax.NameExpr)
        : undefined;
  const typed = key !== undefined && typeof key !== "string" ? key : undefined;
  if (typed?.kind === "TypeDecl") return placesOf(view, [typed]);
  const type =
    ofExpr ?? (typed && types.ofDecl.get(typed as Node & Syntax.FieldDecl)) ?? resultOf(view, typed) ?? undefined;
  const name = type && declaredName(type);
  const decl = name === undefined ? undefined : names.types.get(name);
  return decl ? placesOf(view, [decl]) : [];
}

function resultOf({ compilation: { types } }: View, node: Node | undefined): Type | undefined {
  if (node?.kind !== "ActionDecl" && node?.kind !== "FlowDecl") return undefined;
  const { result } = node as Node & { readonly result?: Syntax.TypeExpr };
  return result && types.ofType.get(result);
}

function declaredName(type: Type): string | undefined {
  switch (type.kind) {
    case "optional":
    case "list":
      return declaredName(type.of);
    case "enum":
    case "record":
      return type.name;
    default:
      return undefined;
  }
}

export function references(view: View, file: Syntax.File, offset: number, declarations: boolean): readonly Location[] {
  return spansOf(view, foundAt(view, file, offset)?.keys ?? [], declarations).map((span) => toLocation(view, span));
}

/** Of what a key of a locale file names. */
export function localeReferences(
  view: View,
  source: Source,
  offset: number,
  declarations: boolean,
): readonly Location[] {
  const part = localeKeyAt(view, source, offset);
  return spansOf(view, part ? [part.key] : [], declarations).map((span) => toLocation(view, span));
}

function spansOf(view: View, keys: readonly Key[], declarations: boolean): readonly Span[] {
  const found = keys.flatMap((key) => occurrences(view, key));
  const wanted = declarations ? found : found.filter(({ role }) => role !== "declaration");
  return [...new Map(wanted.map(({ span }) => [`${span.source.path}:${span.start}`, span])).values()];
}

const TEXT = 1;
const READ = 2;
const WRITE = 3;

export function documentHighlight(view: View, file: Syntax.File, offset: number): readonly DocumentHighlight[] {
  const found = foundAt(view, file, offset);
  const keys = found?.keys ?? [];
  const all = keys.flatMap((key) => {
    const described = describe(view, key);
    return described ? occurrencesIn(view, file, described) : [];
  });
  const unique = new Map(all.map((one) => [one.span.start, one]));
  return [...unique.values()].map((one) => ({ range: toRange(one.span), kind: kindOf(one) }));
}

function kindOf({ role, unsure }: Occurrence): 1 | 2 | 3 {
  if (unsure) return TEXT;
  return role === "read" ? READ : WRITE;
}

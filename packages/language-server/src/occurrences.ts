/** All places of a project that mean one thing. */
import type { Names, Source, Span, Syntax } from "@parley/compiler";
import { type Described, describe } from "./described.ts";
import { localeKeys } from "./locale-keys.ts";
import { foundAt, type Key, keyOfRef, type Role } from "./symbols.ts";
import type { View } from "./view.ts";

export interface Occurrence {
  readonly span: Span;
  readonly role: Role;
  /** In a test that may mean another option of the same name. */
  readonly unsure: boolean;
}

/**
 * Names are written where they are meant, so the texts are searched for the word first, and each hit is asked what it means:
 * nothing has to be kept between two edits.
 */
export function occurrences(view: View, key: Key): readonly Occurrence[] {
  const described = describe(view, key);
  if (!described) return [];
  const found: Occurrence[] = [];
  for (const file of view.compilation.files) {
    if (canName(file, described)) found.push(...occurrencesIn(view, file, described));
  }
  for (const file of view.input.locales ?? []) {
    if (!file.source.text.includes(described.name)) continue;
    for (const part of localeKeys(view, file, described.name)) {
      if (part.key === key) found.push({ span: part.span, role: "read", unsure: false });
    }
  }
  return found;
}

/** What belongs to a flow is named in its file and in tests. */
function canName(file: Syntax.File, { key, path }: Described): boolean {
  if (typeof key === "string" || key.source.path === file.source.path || !path.some(({ kind }) => kind === "FlowDecl"))
    return true;
  return key.kind === "FlowDecl" || file.declarations.some(({ kind }) => kind === "TestDecl");
}

export function occurrencesIn(view: View, file: Syntax.File, { key, name }: Described): readonly Occurrence[] {
  const found: Occurrence[] = [];
  if (name === "") return found;
  const values = valuesIn(view.compilation.names, file.source);
  for (const offset of wordsOf(file.source, name)) {
    const value = values.get(offset);
    if (value) {
      if (keyOfRef(view.compilation.names, value) === key) found.push({ span: value, role: "read", unsure: false });
      continue;
    }
    const one = foundAt(view, file, offset);
    if (one?.span.start !== offset || one.role === "old" || !one.keys.includes(key)) continue;
    found.push({ span: one.span, role: one.role, unsure: one.keys.length > 1 });
  }
  return found;
}

const known = new WeakMap<object, ReadonlyMap<number, Syntax.NameExpr>>();

/** Names that are read as values mean what they refer to, whatever is around them: by where they begin. */
function valuesIn(names: Names, source: Source): ReadonlyMap<number, Syntax.NameExpr> {
  const layer = names.refs.layer(source);
  if (!layer) return new Map();
  let values = known.get(layer);
  if (!values) {
    const found = new Map<number, Syntax.NameExpr>();
    for (const node of layer.keys()) if (node.kind === "NameExpr") found.set(node.start, node);
    values = found;
    known.set(layer, values);
  }
  return values;
}

function* wordsOf({ text }: Source, word: string): Generator<number> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!isPart(text.charAt(at - 1)) && !isPart(text.charAt(at + word.length))) yield at;
  }
}

function isPart(char: string): boolean {
  return /\w/.test(char);
}

/** All places of a project that mean one thing. */
import type { Source, Span, Syntax } from "@parley/compiler";
import { type Described, describe } from "./described.ts";
import { localeKeys } from "./locale-keys.ts";
import { foundAt, type Key, type Role } from "./symbols.ts";
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
  if (typeof key === "string" || key.source === file.source || !path.some(({ kind }) => kind === "FlowDecl"))
    return true;
  return key.kind === "FlowDecl" || file.declarations.some(({ kind }) => kind === "TestDecl");
}

export function occurrencesIn(view: View, file: Syntax.File, { key, name }: Described): readonly Occurrence[] {
  const found: Occurrence[] = [];
  if (name === "") return found;
  for (const offset of wordsOf(file.source, name)) {
    const one = foundAt(view, file, offset);
    if (one?.span.start !== offset || one.role === "old" || !one.keys.includes(key)) continue;
    found.push({ span: one.span, role: one.role, unsure: one.keys.length > 1 });
  }
  return found;
}

function* wordsOf({ text }: Source, word: string): Generator<number> {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    if (!isPart(text.charAt(at - 1)) && !isPart(text.charAt(at + word.length))) yield at;
  }
}

function isPart(char: string): boolean {
  return /\w/.test(char);
}

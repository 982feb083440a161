/** Names in the keys of locale files, each with its place and what it stands for. */
import { type LocaleFile, type Source, type Span, type Syntax, spanOf } from "@parley/compiler";
import type { Node } from "./at.ts";
import { type Key, keyOfId } from "./symbols.ts";
import { optionsOf } from "./test-options.ts";
import type { View } from "./view.ts";

export interface KeyPart {
  readonly span: Span;
  readonly text: string;
  readonly key: Key;
}

/** Of the entries and texts that `mentions`, all without it. */
export function* localeKeys(view: View, file: LocaleFile, word?: string): Generator<KeyPart> {
  const concerns = (name: string): boolean => word === undefined || name.includes(word);
  for (const entry of file.entries) {
    const parts = entry.name.split(".");
    const isTable = entry.name === "types" || entry.name === "templates";
    if (!isTable && concerns(entry.name)) {
      yield* named(
        entry.key,
        parts,
        parts.map((_, i) => keyOfId(view.compilation.names, parts.slice(0, i + 1))),
      );
    }
    for (const item of entry.items) {
      if (item.inTexts || !concerns(item.name)) continue;
      const below = item.name.split(".");
      const keys = isTable ? inTable(view, entry.name, below) : ofOption(view, entry.name, below);
      yield* named(item.key, below, keys);
    }
  }
}

/** A key with an escape in it has no places inside. */
function* named(key: Span, parts: readonly string[], keys: readonly (Key | undefined)[]): Generator<KeyPart> {
  const { source, start, end } = key;
  const written = source.text.slice(start, end);
  const quoted = /^["']/.test(written) ? 1 : 0;
  if (written.slice(quoted, written.length - quoted) !== parts.join(".")) return;
  let at = start + quoted;
  for (const [i, text] of parts.entries()) {
    const found = keys[i];
    if (found !== undefined) yield { span: spanOf(source, at, at + text.length), text, key: found };
    at += text.length + 1;
  }
}

function inTable(
  { compilation: { names } }: View,
  table: string,
  parts: readonly string[],
): readonly (Key | undefined)[] {
  const [name = "", part, id] = parts;
  if (table === "types") {
    const type = names.types.get(name);
    return [type, type?.cases.find((one) => one.name.text === part)];
  }
  const template = names.templates.get(name);
  const isButton = (c: Syntax.TemplateClause): boolean => c.kind === "TemplateOption" && c.name.text === id;
  return [template, undefined, part === "option" ? template?.clauses.find(isButton) : undefined];
}

function ofOption(view: View, entry: string, parts: readonly string[]): readonly (Key | undefined)[] {
  const [word, id] = parts;
  if (word !== "option" || id === undefined) return [];
  const { names } = view.compilation;
  const flow = names.flows.get(entry.split(".")[0] ?? "");
  const ask = flow && names.inFlow.get(flow)?.asks.get(entry);
  return [undefined, ask && optionsOf(view, ask, id)[0]];
}

export function localeFileOf({ input }: View, source: Source): LocaleFile | undefined {
  return input.locales?.find((file) => file.source === source);
}

/** The name at an offset of a locale file. */
export function localeKeyAt(view: View, source: Source, offset: number): KeyPart | undefined {
  const file = localeFileOf(view, source);
  if (!file) return undefined;
  for (const part of localeKeys(view, file)) {
    if (part.span.start <= offset && offset <= part.span.end) return part;
  }
  return undefined;
}

/** The texts of the program that a translation at an offset is of. */
export function translatedAt(view: View, source: Source, offset: number): readonly Node[] {
  const file = localeFileOf(view, source);
  for (const entry of file?.entries ?? []) {
    if (offset < entry.whole.start || offset > entry.whole.end) continue;
    const item = entry.items.find(({ pair }) => pair.start <= offset && offset <= pair.end);
    if (!item) continue;
    const { catalogue } = view.compilation.translations;
    const key = `${entry.name}\n${item.inTexts ? "texts\n" : ""}${item.name}`;
    return catalogue.get(key)?.texts ?? [];
  }
  return [];
}

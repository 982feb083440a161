/**
 * A locale file as it is written: entries, keys, texts and the notes beside them, each with its place. What the keys
 * mean is found out elsewhere (`locales`).
 */
import { isMap, isScalar, type Pair, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { type Source, type Span, spanOf, spanWithin } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { parseYaml } from "./yaml.ts";

/** The file of one of the project's other locales. */
export interface LocaleFile {
  readonly locale: string;
  readonly source: Source;
  readonly entries: readonly LocaleEntry[];
  /** P8001. */
  readonly diagnostics: readonly Diagnostic[];
  /** Not YAML: nothing in it counts, and nothing is called missing. */
  readonly broken: boolean;
}

/** `order.size:` with all that stands below it. */
export interface LocaleEntry {
  readonly name: string;
  readonly key: Span;
  /** With the lines that it takes. */
  readonly whole: Span;
  readonly map: WrittenMap;
  /** What stands below `texts:`. */
  readonly texts: WrittenMap | undefined;
  readonly items: readonly WrittenText[];
}

/** Where keys can be added. */
export interface WrittenMap {
  /** `undefined` where nothing stands there yet. */
  readonly style: "block" | "flow" | undefined;
  /** Where a new line, or in a flow map a new pair, goes. */
  readonly end: number;
  /** White space before its keys; `undefined` where it has none. */
  readonly indent: string | undefined;
  readonly size: number;
}

export interface WrittenText {
  /** `body`, `option.small`; below `texts:` the text of the default language. */
  readonly name: string;
  readonly inTexts: boolean;
  readonly key: Span;
  /** As far as what `name: value` takes, without the notes before it. */
  readonly pair: Span;
  /** With the notes before it and the lines that it takes. */
  readonly whole: Span;
  /** `undefined`: there is a place for it, but no translation yet. */
  readonly value: string | undefined;
  /** Empty where there is no value. */
  readonly place: Span;
  /** Over several lines, with indentation. */
  readonly block: boolean;
  /** White space before the key where it begins its line; else `undefined`. */
  readonly indent: string | undefined;
  /** `#= "…"`: the text that the translation was made from. */
  readonly from: Note | undefined;
  /** `#! "…"`: what that text has become since. */
  readonly now: Note | undefined;
}

export interface Note {
  readonly text: string;
  /** The whole line, with its end. */
  readonly line: Span;
}

type AnyPair = Pair<ParsedNode, ParsedNode | null>;

export function parseLocale(source: Source, locale: string): LocaleFile {
  const document = parseYaml(source.text);
  const diagnostics: Diagnostic[] = [];
  const say = (span: Span, problem: string): void => void diagnostics.push(diagnostic("P8001", span, { problem }));
  for (const { pos, message } of document.errors) say(spanWithin(source, pos[0], pos[1]), sentence(message));
  const broken = document.errors.length > 0;
  const root = document.contents;
  const entries: LocaleEntry[] = [];
  if (!broken && isMap(root)) {
    for (const pair of root.items as AnyPair[]) {
      const entry = readEntry(source, pair, say);
      if (entry) entries.push(entry);
    }
  } else if (!broken && root !== null && !(isScalar(root) && root.value === null)) {
    say(nodeSpan(source, root), "a locale file holds names with the texts below them, such as `order.size:`");
  }
  return { locale, source, entries, broken, diagnostics };
}

type Say = (span: Span, problem: string) => void;

function readEntry(source: Source, pair: AnyPair, say: Say): LocaleEntry | undefined {
  const name = keyName(source, pair, say);
  if (name === undefined) return undefined;
  const map = mapOf(source, pair, say, `\`${name}\` holds keys with texts, such as \`body: "…"\``);
  if (!map) return undefined;
  const items: WrittenText[] = [];
  let texts: WrittenMap | undefined;
  for (const item of map.items) {
    const key = keyName(source, item, say);
    if (key !== "texts") {
      if (key !== undefined) items.push(...readText(source, item, key, false, say));
      continue;
    }
    const below = mapOf(source, item, say, "`texts` holds texts of the default language, each with its translation");
    if (!below) continue;
    texts = below.written;
    for (const text of below.items) {
      const original = keyName(source, text, say);
      if (original !== undefined) items.push(...readText(source, text, original, true, say));
    }
  }
  const key = nodeSpan(source, pair.key);
  return { name, key, whole: linesOf(source, key.start, pairEnd(pair)), map: map.written, texts, items };
}

function readText(source: Source, pair: AnyPair, name: string, inTexts: boolean, say: Say): readonly WrittenText[] {
  const { value } = pair;
  const key = nodeSpan(source, pair.key);
  const empty = value === null || (isScalar(value) && value.value === null);
  if (!empty && !(isScalar(value) && typeof value.value === "string")) {
    say(nodeSpan(source, value), isScalar(value) ? "this is no text: write it in quotes" : "a text is expected here");
    return [];
  }
  const scalar = value as Scalar<string> | null;
  const block = scalar?.type === "BLOCK_LITERAL" || scalar?.type === "BLOCK_FOLDED";
  const text = empty ? undefined : block ? sure(scalar?.value).replace(/\n$/, "") : sure(scalar?.value);
  const end = pairEnd(pair);
  const place = empty ? spanOf(source, end, end) : nodeSpan(source, value);
  const { from, now, start } = notesBefore(source, key.start);
  const indent = indentAt(source.text, key.start);
  const whole = indent === undefined ? inFlow(source, key.start, end) : linesOf(source, start, Math.max(end, key.end));
  const pairSpan = spanOf(source, key.start, end);
  return [{ name, inTexts, key, pair: pairSpan, whole, value: text, place, block, indent, from, now }];
}

// ---------------------------------------------------------------- nodes

function keyName(source: Source, { key }: AnyPair, say: Say): string | undefined {
  const name: unknown = isScalar(key) ? key.value : null;
  if (typeof name === "string") return name;
  if (typeof name === "number" || typeof name === "boolean") return String(name);
  say(nodeSpan(source, key), "a name is expected here");
  return undefined;
}

interface ReadMap {
  readonly items: readonly AnyPair[];
  readonly written: WrittenMap;
}

function mapOf(source: Source, pair: AnyPair, say: Say, problem: string): ReadMap | undefined {
  const { value } = pair;
  if (value === null || (isScalar(value) && value.value === null)) {
    const end = lineEnd(source.text, pairEnd(pair));
    return { items: [], written: { style: undefined, end, indent: undefined, size: 0 } };
  }
  if (!isMap(value)) {
    say(nodeSpan(source, value), problem);
    return undefined;
  }
  return { items: value.items, written: writtenMap(source, value) };
}

function writtenMap(source: Source, map: YAMLMap.Parsed): WrittenMap {
  const items = map.items as AnyPair[];
  const [first] = items;
  const last = items.at(-1);
  if (map.flow) {
    return { style: "flow", end: last ? pairEnd(last) : map.range[1] - 1, indent: undefined, size: items.length };
  }
  const end = lineEnd(source.text, last ? pairEnd(last) : map.range[1]);
  return { style: "block", end, indent: first && indentAt(source.text, first.key.range[0]), size: items.length };
}

/** Where what a pair writes ends, without comments and line ends behind it. */
function pairEnd({ key, value }: AnyPair): number {
  if (value === null || value.range === undefined) return key.range[1];
  if (isMap(value) && !value.flow) {
    const last = (value.items as AnyPair[]).at(-1);
    return last ? pairEnd(last) : value.range[1];
  }
  if (isScalar(value) && value.value === null && value.source === "") return Math.max(key.range[1], value.range[0]);
  return value.range[1];
}

function nodeSpan(source: Source, node: ParsedNode | null): Span {
  return node ? spanOf(source, node.range[0], node.range[1]) : spanOf(source, 0, 0);
}

// ---------------------------------------------------------------- lines

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Behind the line end. A block text ends with its last line, so that `at` can stand behind that already. */
function lineEnd(text: string, at: number): number {
  if (at > 0 && text.charAt(at - 1) === "\n") return at;
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function indentAt(text: string, at: number): string | undefined {
  const before = text.slice(lineStart(text, at), at);
  return /^[ \t]*$/.test(before) ? before : undefined;
}

function linesOf(source: Source, start: number, end: number): Span {
  return spanOf(source, lineStart(source.text, start), lineEnd(source.text, end));
}

/** A pair of `{ … }` with the comma behind it, or else before it. */
function inFlow(source: Source, start: number, end: number): Span {
  const after = /^\s*,\s*/.exec(source.text.slice(end))?.[0];
  if (after !== undefined) return spanOf(source, start, end + after.length);
  const before = /,\s*$/.exec(source.text.slice(0, start))?.[0] ?? "";
  return spanOf(source, start - before.length, end);
}

interface Notes {
  readonly from: Note | undefined;
  readonly now: Note | undefined;
  /** Of the first note, or of the key. */
  readonly start: number;
}

/** The notes in the lines right above a key. */
function notesBefore(source: Source, key: number): Notes {
  const { text } = source;
  let from: Note | undefined;
  let now: Note | undefined;
  let start = key;
  if (indentAt(text, key) === undefined) return { from, now, start };
  for (let at = lineStart(text, key); at > 0; ) {
    const above = lineStart(text, at - 1);
    const line = text.slice(above, at);
    const [, mark, written] = /^[ \t]*#([=!]) *(".*")[ \t\r]*\n$/.exec(line) ?? [];
    const note = written === undefined ? undefined : unquoted(written);
    if (note === undefined) break;
    if (mark === "=") from ??= { text: note, line: spanOf(source, above, at) };
    else now ??= { text: note, line: spanOf(source, above, at) };
    start = above;
    at = above;
  }
  return { from, now, start };
}

function unquoted(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The YAML reader's words in the form of ours. */
function sentence(message: string): string {
  const first = sure(message.split("\n", 1)[0]).replace(/\.$/, "");
  return `not YAML: ${first.charAt(0).toLowerCase()}${first.slice(1)}`;
}

/** `--update`: what failing tests expect is written anew where it stands; all else of the file stays as it is. */
import type { Edit, Source } from "@parley/compiler";
import type { TestDef, TestPlace } from "@parley/machine";
import { type Change, type TestFailure, updateTest } from "@parley/simulator";
import type { Stage } from "./stage.ts";

export interface Updated {
  /** By source, sorted. */
  readonly edits: ReadonlyMap<Source, readonly Edit[]>;
  readonly tests: number;
  /** Tests that no other `expect` helps. */
  readonly failures: readonly { readonly title: string; readonly failure: TestFailure }[];
}

export async function updateTests(
  { machine, env, seed }: Stage,
  tests: readonly TestDef[],
  sources: readonly Source[],
): Promise<Updated> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const edits = new Map<Source, Edit[]>();
  const failures: Updated["failures"][number][] = [];
  let count = 0;
  for (const test of tests) {
    const source = byPath.get(test.at.file);
    if (!source) continue;
    const { changes, failure } = await updateTest(
      { machine, tests, env, ...(seed === undefined ? {} : { seed }) },
      test,
    );
    if (failure) failures.push({ title: test.title, failure });
    if (changes.length > 0) count += 1;
    edits.set(source, [...(edits.get(source) ?? []), ...changes.map((change) => editOf(source, change))]);
  }
  for (const some of edits.values()) some.sort((a, b) => a.span.start - b.span.start);
  return { edits, tests: count, failures };
}

export function applied({ text }: Source, edits: readonly Edit[]): string {
  let out = "";
  let at = 0;
  for (const { span, text: written } of edits) {
    out += text.slice(at, span.start) + written;
    at = span.end;
  }
  return out + text.slice(at);
}

function editOf(source: Source, change: Change): Edit {
  const { text } = source;
  const [start, end] = rangeOf(text, change.kind === "insert" ? change.after : change.at);
  const edit = (from: number, to: number, written: string): Edit => ({
    span: { source, start: from, end: to },
    text: written,
  });
  if (change.kind === "replace") return edit(start, end, change.line);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = endOfLine(text, end);
  const indent = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? "";
  if (change.kind === "insert") {
    const breaks = text.includes("\r\n") ? "\r\n" : "\n";
    return edit(lineEnd, lineEnd, `${breaks}${indent}${change.line}`);
  }
  const isAlone = text.slice(lineStart, start).trim() === "" && text.slice(end, lineEnd).trim() === "";
  return isAlone
    ? edit(lineStart, Math.min(text.length, text.indexOf("\n", end) + 1 || text.length), "")
    : edit(start, end, "");
}

/** Where the step is written: `source` is its text, with white space of any length as one space. */
function rangeOf(text: string, { line, column, source }: TestPlace): readonly [start: number, end: number] {
  let start = 0;
  for (let n = 1; n < line; n++) start = text.indexOf("\n", start) + 1;
  start += column - 1;
  let end = start;
  for (const char of source) {
    if (char === " ") {
      while (/\s/.test(text.charAt(end))) end += 1;
      continue;
    }
    while (/\s/.test(text.charAt(end)) && text.charAt(end) !== char) end += 1;
    end += char.length;
  }
  return [start, end];
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  if (end < 0) return text.length;
  return text.charAt(end - 1) === "\r" ? end - 1 : end;
}

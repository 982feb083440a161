/** Edits of a text as a unified diff, which `patch` and `git apply` take. */
import type { Edit, Source } from "@parley/compiler";
import type { Paint } from "./colours.ts";

/** Lines around a change that are shown with it. */
const CONTEXT = 3;

/** Lines `from` to `to` (exclusive, from 0) and what stands there afterwards; each line with its break. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly after: readonly string[];
}

/** The edits are sorted and do not overlap. Without any the diff is empty. */
export function unifiedDiff(source: Source, edits: readonly Edit[], name: string, paint: Paint): string {
  const lines = source.text.split(/(?<=\n)/);
  const changes = changesOf(source.text, lines, edits);
  if (changes.length === 0) return "";
  const head = [`--- ${name}`, `+++ ${name}`].map((line) => `${paint("bold", line)}\n`).join("");
  let shift = 0;
  return hunksOf(changes).reduce((text, hunk) => {
    const written = hunkText(lines, hunk, shift, paint);
    shift += hunk.reduce((sum, { from, to, after }) => sum + after.length - (to - from), 0);
    return text + written;
  }, head);
}

function changesOf(text: string, lines: readonly string[], edits: readonly Edit[]): readonly Change[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  const groups: { from: number; to: number; edits: Edit[] }[] = [];
  let line = 0;
  for (const edit of edits) {
    while (line + 1 < lines.length && (starts[line + 1] ?? 0) <= edit.span.start) line++;
    let to = line;
    while (to + 1 < lines.length && (starts[to + 1] ?? 0) <= edit.span.end) to++;
    const last = groups.at(-1);
    if (last && line < last.to) {
      last.edits.push(edit);
      last.to = Math.max(last.to, to + 1);
    } else groups.push({ from: line, to: to + 1, edits: [edit] });
  }
  return groups
    .map(({ from, to, edits: some }) => {
      let after = "";
      let at = starts[from] ?? 0;
      for (const { span, text: written } of some) {
        after += text.slice(at, span.start) + written;
        at = span.end;
      }
      after += text.slice(at, starts[to]);
      return trimmed(lines, { from, to, after: after === "" ? [] : after.split(/(?<=\n)/) });
    })
    .filter((change) => change.from < change.to || change.after.length > 0);
}

/** Without the lines that are the same at both ends. */
function trimmed(lines: readonly string[], { from, to, after }: Change): Change {
  let head = 0;
  while (from + head < to && head < after.length && lines[from + head] === after[head]) head++;
  let tail = 0;
  while (to - tail > from + head && after.length - tail > head && lines[to - tail - 1] === after.at(-1 - tail)) tail++;
  return { from: from + head, to: to - tail, after: after.slice(head, after.length - tail) };
}

/** Changes whose contexts meet are one hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const before = hunks.at(-1)?.at(-1);
    if (before && change.from - before.to <= 2 * CONTEXT) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkText(lines: readonly string[], hunk: readonly Change[], shift: number, paint: Paint): string {
  const from = Math.max(0, (hunk[0]?.from ?? 0) - CONTEXT);
  const to = Math.min(lines.length, (hunk.at(-1)?.to ?? 0) + CONTEXT);
  const kept = (some: readonly string[]): string => some.map((line) => marked(" ", line)).join("");
  let text = "";
  let at = from;
  let grown = 0;
  for (const change of hunk) {
    text += kept(lines.slice(at, change.from));
    text += lines
      .slice(change.from, change.to)
      .map((line) => marked("-", line, (s) => paint("red", s)))
      .join("");
    text += change.after.map((line) => marked("+", line, (s) => paint("green", s))).join("");
    at = change.to;
    grown += change.after.length - (change.to - change.from);
  }
  text += kept(lines.slice(at, to));
  const range = (start: number, count: number): string => `${count === 0 ? start : start + 1},${count}`;
  const title = `@@ -${range(from, to - from)} +${range(from + shift, to - from + grown)} @@`;
  return `${paint("cyan", title)}\n${text}`;
}

function marked(mark: string, line: string, style: (text: string) => string = (text) => text): string {
  const ended = line.endsWith("\n");
  const text = `${style(mark + (ended ? line.slice(0, -1) : line))}\n`;
  return ended ? text : `${text}\\ No newline at end of file\n`;
}

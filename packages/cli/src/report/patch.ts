/** A fix as the lines that it changes: before and after. */
import { lineStarts } from "@parley/compiler";
import type { FindingFix, Place } from "./finding.ts";
import { lineText } from "./lines.ts";

/** One run of changed lines of one file. */
export interface Patch {
  readonly place: Place;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Edits that touch the same or neighbouring lines are one patch. */
export function patchesOf(fix: FindingFix): readonly Patch[] {
  const edits = [...fix.edits].sort((a, b) =>
    a.place.file < b.place.file ? -1 : a.place.file > b.place.file ? 1 : a.place.start.offset - b.place.start.offset,
  );
  const groups: (typeof edits)[] = [];
  for (const edit of edits) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && last.place.source === edit.place.source && edit.place.start.line <= last.place.end.line + 1) {
      group.push(edit);
    } else groups.push([edit]);
  }
  return groups.map(patchOf);
}

function patchOf(edits: FindingFix["edits"]): Patch {
  const [first] = edits;
  const last = edits.at(-1);
  if (!first || !last) throw new Error("a patch has edits");
  const { source } = first.place;
  const from = lineStarts(source)[first.place.start.line - 1] ?? 0;
  const to = lineStarts(source)[last.place.end.line] ?? source.text.length;
  let text = "";
  let at = from;
  for (const { place, text: written } of edits) {
    text += source.text.slice(at, place.start.offset) + written;
    at = place.end.offset;
  }
  text += source.text.slice(at, to);
  const before: string[] = [];
  for (let line = first.place.start.line; line <= last.place.end.line; line++) before.push(lineText(source, line));
  const after = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return trimmed(first.place, before, text === "" ? [] : after);
}

/** Without the lines that are the same at both ends: of lines that are put in, only those are left. */
function trimmed(place: Place, before: readonly string[], after: readonly string[]): Patch {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    place: { ...place, start: { ...place.start, line: place.start.line + head } },
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}

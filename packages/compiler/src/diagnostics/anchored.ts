/**
 * What was found in a part of a file, told so that it stays true when the part moves: places count from the start of the
 * part that they are in. Of a file that is read as a whole nothing changes by that.
 */
import { type Source, type Span, wholeOf } from "../text/source.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** To be kept, and released when it is told. */
export interface Anchored {
  readonly anchored: readonly Diagnostic[];
}

export function anchored(found: readonly Diagnostic[]): Anchored {
  return { anchored: found.map((d) => mapped(d, (span) => moved(span, -startOf(span.source)))) };
}

export function released({ anchored: found }: Anchored): readonly Diagnostic[] {
  return found.map((d) => mapped(d, (span) => moved(span, startOf(span.source))));
}

/** With places in files, not in parts of them. */
export function inFiles(found: readonly Diagnostic[]): readonly Diagnostic[] {
  return found.map((d) =>
    mapped(d, (span) => (span.source.part ? { ...placeOf(span), source: wholeOf(span.source) } : span)),
  );
}

/** The same findings after their places have moved within their sources. */
export function followed(found: Anchored, follow: (span: Span) => Span): Anchored {
  return { anchored: found.anchored.map((d) => mapped(d, follow)) };
}

function startOf({ part }: Source): number {
  return part?.start ?? 0;
}

function moved(span: Span, by: number): Span {
  return by === 0 ? span : { source: span.source, start: span.start + by, end: span.end + by };
}

function placeOf({ source, start, end }: Span): Span {
  return { source, start, end };
}

/** The same finding at other places; itself where these are the same, so that it can be known again. */
function mapped(d: Diagnostic, map: (span: Span) => Span): Diagnostic {
  let isSame = true;
  const follow = (span: Span): Span => {
    const now = map(span);
    if (now !== span) isSame = false;
    return now;
  };
  const span = follow(d.span);
  const related = d.related.map((one) => ({ ...one, span: follow(one.span) }));
  const fixes = d.fixes.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, span: follow(edit.span) })),
  }));
  return isSame ? d : { ...d, span, related, fixes };
}

/** Which fixes go together in one round, and the texts that come of them. */
import type { Diagnostic, Edit, Fix, Source } from "@parley/compiler";

export interface Plan {
  /** By file, sorted by place; no two of a file overlap. */
  readonly edits: ReadonlyMap<Source, readonly Edit[]>;
  /** How many findings have their fix in it. */
  readonly count: number;
}

/** Of each finding the first fix that may be applied; one that touches what an earlier one changes waits for the next round. */
export function planFixes(diagnostics: readonly Diagnostic[], unsafe: boolean): Plan {
  const edits = new Map<Source, Edit[]>();
  let count = 0;
  for (const { fixes } of diagnostics) {
    const fix = chosen(fixes, unsafe);
    if (!fix || fix.edits.some((e) => (edits.get(e.span.source) ?? []).some((other) => overlap(e, other)))) continue;
    count++;
    for (const edit of fix.edits) edits.set(edit.span.source, [...(edits.get(edit.span.source) ?? []), edit]);
  }
  for (const list of edits.values()) list.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { edits, count };
}

/** A safe one where there is one; one without edits mends nothing, and libraries are not ours to mend. */
export function chosen(fixes: readonly Fix[], unsafe: boolean): Fix | undefined {
  const some = fixes.filter((f) => f.edits.length > 0 && !f.edits.some((e) => e.span.source.library));
  return some.find((f) => f.safe) ?? (unsafe ? some[0] : undefined);
}

/** Two texts put in at one place overlap, too: which comes first is not known. */
function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}

/** The edits are sorted and do not overlap. New lines end as those of the file do. */
export function applyEdits(source: Source, edits: readonly Edit[]): string {
  const { text } = source;
  const windows = text.includes("\r\n");
  let result = "";
  let at = 0;
  for (const { span, text: written } of edits) {
    result += text.slice(at, span.start) + (windows ? written.replace(/\r?\n/g, "\r\n") : written);
    at = span.end;
  }
  return result + text.slice(at);
}

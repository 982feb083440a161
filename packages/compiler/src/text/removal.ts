/** How much goes when something is deleted. */
import { type Span, spanOf } from "./source.ts";

/** With the white space before it, so that its line goes too. */
export function withSpaceBefore({ source, start, end }: Span): Span {
  let from = start;
  while (from > 0 && /\s/.test(source.text.charAt(from - 1))) from--;
  return spanOf(source, from, end);
}

/** With the comments that document it, and the white space before them. */
export function withDocs({ source, start, end }: Span): Span {
  let from = start;
  for (;;) {
    const before = source.text.slice(0, from).trimEnd();
    const line = before.slice(before.lastIndexOf("\n") + 1);
    if (!/^\s*\/\/\/(?!\/)/.test(line)) return spanOf(source, before.length, end);
    from = before.length - line.trimStart().length;
  }
}

/** With the keyword that stands before it. */
export function withWord({ source, start, end }: Span, word: string): Span {
  const before = source.text.slice(0, start).trimEnd();
  return spanOf(source, before.endsWith(word) ? before.length - word.length : start, end);
}

/** Elements `from` and up of a list that commas separate, with the comma before them; undefined where `from` is not in it. */
export function listTail(items: readonly Span[], from: number): Span | undefined {
  const before = items[from - 1];
  const first = items[from];
  const last = items.at(-1);
  return first && last ? spanOf(first.source, before?.end ?? first.start, last.end) : undefined;
}

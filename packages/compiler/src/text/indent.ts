import type { Span } from "./source.ts";

/** The white space before something on its line, for what is put on a line of its own beside it. */
export function indentBefore({ source, start }: Span): string {
  let from = start;
  while (/[ \t]/.test(source.text.charAt(from - 1))) from--;
  return source.text.slice(from, start);
}

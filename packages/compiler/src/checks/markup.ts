/** P3025: markup where WhatsApp does not format. */
import type { Fix } from "../diagnostics/diagnostic.ts";
import type { TextExpr } from "../syntax/ast.ts";
import { spanOf } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { at, type Checked, type Report } from "./program.ts";

/** `*bold*`, `_italic_`, `~strike~`, `` `code` `` and ```` ```mono``` ````, where a word begins and ends, as WhatsApp reads them. */
const MARKUP = /(?<![\p{L}\p{N}])(```|[*_~`])(?=[^\s*_~`])([^\n]*?[^\s*_~`])\1(?![\p{L}\p{N}])/u;

export function markupWhereFormatted(program: Checked, report: Report): void {
  for (const use of program.texts) {
    if (!use.oneLine) continue;
    const found = markupIn(use.text);
    if (found === undefined) continue;
    const { text, what } = use;
    const place = placeOf(text, found.written);
    at(report, "P3025", place ?? text, { found: found.written, what }, { fixes: place ? [bare(place, found)] : [] });
  }
}

interface Found {
  readonly written: string;
  readonly inner: string;
}

function markupIn({ parts }: TextExpr): Found | undefined {
  // A hole stands for a word: `*{name}*` is markup, too.
  const text = parts.map((part) => (typeof part === "string" ? part : sourceOf(part))).join("");
  const match = MARKUP.exec(text);
  return match ? { written: match[0], inner: sure(match[2]) } : undefined;
}

function sourceOf({
  source,
  start,
  end,
}: {
  readonly source: TextExpr["source"];
  readonly start: number;
  readonly end: number;
}): string {
  return source.text.slice(start, end);
}

function placeOf({ source, start, end }: TextExpr, written: string): TextExpr | ReturnType<typeof spanOf> | undefined {
  const from = source.text.slice(start, end).indexOf(written);
  return from < 0 ? undefined : spanOf(source, start + from, start + from + written.length);
}

/** What people read as words without the marks stays. */
function bare(span: ReturnType<typeof spanOf>, { inner }: Found): Fix {
  return { title: "Write it without markup", safe: false, edits: [{ span, text: inner }] };
}

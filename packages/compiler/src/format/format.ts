/** The formatter: `.flow` text to the one way in which it is written (grammar/LANGUAGE.md, "Layout of a file"). */
import type { Diagnostic, Edit } from "../diagnostics/diagnostic.ts";
import { lex } from "../syntax/lexer.ts";
import { parse } from "../syntax/parse.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { print } from "./print.ts";
import { streamOf } from "./stream.ts";

/** What becomes of a file: its canonical form, or the syntax errors for which it was left alone. */
export type Formatted =
  | { readonly kind: "formatted"; readonly text: string; readonly changed: boolean }
  | { readonly kind: "not formatted"; readonly diagnostics: readonly Diagnostic[] };

/** The canonical form of a file. What is written outside white space is never changed, but for line ends (LF). */
export function format(source: Source): Formatted {
  const clean = { path: source.path, text: lineFeeds(source.text) };
  const { value, diagnostics } = parse(clean);
  if (diagnostics.some((d) => d.severity === "error")) {
    return { kind: "not formatted", diagnostics: clean.text === source.text ? diagnostics : parse(source).diagnostics };
  }
  const text = print(streamOf(clean), value);
  return { kind: "formatted", text, changed: text !== source.text };
}

function lineFeeds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/**
 * The edits that give the lines from offset `start` to offset `end` the layout that they have in the canonical form of
 * the whole file; none where the file has syntax errors. Edits touch white space, comments and line ends only, and do
 * not overlap.
 */
export function formatRange(source: Source, start: number, end: number): readonly Edit[] {
  const formatted = format(source);
  if (formatted.kind === "not formatted" || !formatted.changed) return [];
  const old = piecesOf(source);
  const fresh = piecesOf({ path: source.path, text: formatted.text });
  const from = start > 0 ? source.text.lastIndexOf("\n", start - 1) + 1 : 0;
  const nextLine = source.text.indexOf("\n", end);
  const to = nextLine === -1 ? source.text.length : nextLine;
  const edits: Edit[] = [];
  for (const [k, piece] of old.entries()) {
    const text = sure(fresh[k]?.text);
    const touched = piece.end >= from && (piece.start < to || to === source.text.length);
    if (piece.text === text || !touched) continue;
    edits.push({ span: { source, start: piece.start, end: piece.end }, text });
  }
  return edits;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Gaps and tokens by turns: the same number of them before and after. */
function piecesOf(source: Source): readonly Piece[] {
  const { text } = source;
  const pieces: Piece[] = [];
  let at = 0;
  for (const { startOffset, image } of lex(source, 0, text.length, []).tokens) {
    const end = startOffset + image.length;
    pieces.push(
      { start: at, end: startOffset, text: text.slice(at, startOffset) },
      { start: startOffset, end, text: image },
    );
    at = end;
  }
  pieces.push({ start: at, end: text.length, text: text.slice(at) });
  return pieces;
}

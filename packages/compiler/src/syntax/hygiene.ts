/** Input that is no text, or text with characters that no editor shows. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import { nameOf } from "./junk.ts";

/** Part of the characters that may be NUL bytes in a text with a stray one; in UTF-16 read as UTF-8 it is about half. */
const MOSTLY = 0.1;

/** The one diagnostic of input that is not worth reading: UTF-16, or a program or picture. */
export function binaryInput(source: Source): Diagnostic | undefined {
  const { text } = source;
  const first = text.indexOf("\0");
  if (first === -1) return undefined;
  const sample = text.slice(0, 4096);
  const nuls = sample.split("\0").length - 1;
  if (nuls < sample.length * MOSTLY) return undefined;
  const span = { source, start: 0, end: Math.min(1, text.length) };
  const hint = "save the file as UTF-8";
  return diagnostic("P1001", span, {
    expected: "a text file in UTF-8",
    found: "UTF-16 or something that is no text",
    hint,
  });
}

/** Reports NUL bytes, halves of surrogate pairs and control characters inside texts and comments; elsewhere the lexer does. */
export function strangeCharacters(source: Source, diagnostics: Diagnostic[]): void {
  const { text } = source;
  if (text.isWellFormed() && !text.includes("\0")) return;
  const strange = /\0|[\uD800-\uDFFF]/u.exec(text);
  if (strange === null) return;
  const start = strange.index;
  const span = { source, start, end: start + 1 };
  diagnostics.push(diagnostic("P1001", span, { expected: "text", found: nameOf(strange[0]) }));
}

/**
 * Characters that begin no token. Each is reported once and replaced by what its writer meant (`&&` is read as `and`) or
 * left out, so that the parser finds nothing more to say about it.
 */
import type { IToken, TokenType } from "chevrotain";
import type { Diagnostic, Fix } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import type { Source } from "../text/source.ts";
import { sure } from "../text/sure.ts";
import { endOfLine } from "./scan.ts";
import * as T from "./tokens.ts";

/** The name of the lexer's token type for such characters. */
export const JUNK = "Junk";

interface Foreign {
  readonly expected: string;
  readonly hint: string;
  /** Stands in its place, in the text (`fix`) and for the parser (`type`). */
  readonly fix?: string;
  readonly type?: TokenType;
}

const FOREIGN: Readonly<Record<string, Foreign>> = {
  ";": { expected: "the next line", hint: "nothing ends with a semicolon", fix: "" },
  "&&": { expected: "`and`", hint: "", fix: "and", type: T.W.and },
  "||": { expected: "`or`", hint: "", fix: "or", type: T.W.or },
  "!": { expected: "`not`", hint: "", fix: "not ", type: T.W.not },
  "'": { expected: 'a text in `"…"`', hint: "" },
  "“": { expected: '`"`', hint: "", fix: '"' },
  "”": { expected: '`"`', hint: "", fix: '"' },
  "„": { expected: '`"`', hint: "", fix: '"' },
  "`": { expected: 'a text in `"…"`', hint: "" },
  "#": { expected: "a comment with `//`", hint: "", fix: "//" },
  $: { expected: "a name", hint: "names have no `$`", fix: "" },
  "@": { expected: "a name", hint: "names have no `@`", fix: "" },
  "\\": { expected: "a declaration, a statement or a value", hint: "`\\` stands inside texts only" },
};

const LETTERS = /^[\p{L}\p{M}\p{N}_]+$/u;

/** Quotes of other languages and of word processors, with those that close them. */
const QUOTES: Readonly<Record<string, string>> = { "'": "'", "`": "`", "“": "”", "„": "“", "«": "»", "‘": "’" };

/** The tokens without junk. */
export function mendJunk(source: Source, tokens: readonly IToken[], diagnostics: Diagnostic[]): IToken[] {
  const out: IToken[] = [];
  let reportedTo = -1;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    if (token.tokenType.name !== JUNK) {
      out.push(token);
    } else if (token.image === "\0" || !token.image.isWellFormed()) {
      // `strangeCharacters` reports those.
    } else if (LETTERS.test(token.image)) {
      i = mendWord(source, tokens, i, out, diagnostics);
    } else if (QUOTES[token.image] !== undefined && mendQuotes(source, token, out, diagnostics)) {
      const end = endOf(out.at(-1) as IToken);
      while (tokens[i + 1] !== undefined && (tokens[i + 1] as IToken).startOffset < end) i++;
    } else {
      const foreign = FOREIGN[token.image];
      // A run of such characters is one mistake.
      const end = token.startOffset + token.image.length;
      if (token.startOffset > reportedTo) diagnostics.push(report(source, tokens, i, foreign));
      reportedTo = end;
      if (foreign?.type !== undefined) {
        out.push({ ...token, tokenType: foreign.type, tokenTypeIdx: foreign.type.tokenTypeIdx as number });
      }
    }
  }
  return out;
}

/** Joins the pieces of a word with letters outside ASCII into one name. Returns the index of its last piece. */
function mendWord(
  source: Source,
  tokens: readonly IToken[],
  at: number,
  out: IToken[],
  diagnostics: Diagnostic[],
): number {
  let first = tokens[at] as IToken;
  const before = out.at(-1);
  if (before !== undefined && isWordPiece(before) && before.startOffset + before.image.length === first.startOffset) {
    out.pop();
    first = before;
  }
  let last = at;
  let end = endOf(tokens[at] as IToken);
  for (let next = tokens[at + 1]; next?.startOffset === end && isWordPiece(next); next = tokens[last + 1]) {
    end = endOf(next);
    last++;
  }
  const image = source.text.slice(first.startOffset, end);
  out.push({ ...first, image, tokenType: T.Name, tokenTypeIdx: T.Name.tokenTypeIdx as number });
  const hint = "names are made of A-Z, a-z, 0-9 and `_`";
  const span = { source, start: first.startOffset, end };
  diagnostics.push(diagnostic("P1001", span, { expected: "a name", found: `\`${cut(image)}\``, hint }));
  return last;
}

/** Reads `'text'` and `“text”` as the text that they are meant to be, if they are closed on their line. */
function mendQuotes(source: Source, token: IToken, out: IToken[], diagnostics: Diagnostic[]): boolean {
  const { startOffset: start, image: open } = token;
  const line = source.text.slice(start + 1, endOfLine(source.text, start));
  const length = line.indexOf(QUOTES[open] as string);
  if (length === -1 || line.slice(0, length).includes('"')) return false;
  const end = start + length + 2;
  const image = source.text.slice(start, end);
  out.push({ ...token, image, tokenType: T.Text, tokenTypeIdx: T.Text.tokenTypeIdx as number });
  const span = { source, start, end };
  const edits = [start, end - 1].map((at) => ({ span: { source, start: at, end: at + 1 }, text: '"' }));
  const fix = { title: 'Write `"…"`', safe: true, edits };
  const found = `\`${cut(image)}\``;
  diagnostics.push(diagnostic("P1001", span, { expected: 'a text in `"…"`', found }, { fixes: [fix] }));
  return true;
}

function isWordPiece(token: IToken): boolean {
  return token.tokenType === T.Name || LETTERS.test(token.image);
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

function report(source: Source, tokens: readonly IToken[], at: number, foreign: Foreign | undefined): Diagnostic {
  const token = tokens[at] as IToken;
  const span = { source, start: token.startOffset, end: endOf(token) };
  const fixes: Fix[] = [];
  if (foreign?.fix !== undefined) {
    const title = foreign.fix === "" ? `Remove \`${token.image}\`` : `Write \`${foreign.fix.trim()}\``;
    fixes.push({ title, safe: foreign.fix === "" && token.image === ";", edits: [{ span, text: foreign.fix }] });
  }
  const expected = foreign?.expected ?? "a declaration, a statement or a value";
  return diagnostic("P1001", span, { expected, found: nameOf(token.image), hint: foreign?.hint ?? "" }, { fixes });
}

/** A character as a reader can find it: control characters and the like by their number. */
export function nameOf(character: string): string {
  const code = sure(character.codePointAt(0));
  const number = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  if (code === 0) return "a NUL byte (U+0000)";
  if (code >= 0xd800 && code <= 0xdfff) return `half a character (${number})`;
  return /^[\p{C}\p{Z}]/u.test(character) ? `the character ${number}` : `\`${cut(character)}\``;
}

function cut(image: string): string {
  return image.length > 40 ? `${image.slice(0, 40)}…` : image;
}

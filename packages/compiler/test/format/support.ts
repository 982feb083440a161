import { readdirSync, readFileSync } from "node:fs";
import { describe } from "../../src/diagnostics/report.ts";
import { readGap } from "../../src/format/comments.ts";
import { format } from "../../src/format.ts";
import { lex } from "../../src/syntax/lexer.ts";
import { parse } from "../../src/syntax/parse.ts";
import type { Source } from "../../src/text/source.ts";
import { allFlows, ROOT, sourceOf } from "../syntax/support.ts";

/** Pairs of files `NAME.before.flow` and `NAME.after.flow`. */
export const FOLDER: URL = new URL("./", import.meta.url);

/** The canonical form; a text with syntax errors fails the test. */
export function formatted(text: string): string {
  const result = format(sourceOf(text));
  if (result.kind === "formatted") return result.text;
  throw new Error(`${result.diagnostics.map(describe).join("\n")}\nin\n${text}`);
}

/** The tree without places: two texts with the same one mean the same, documentation included. */
export function treeOf(text: string): unknown {
  const { value, diagnostics } = parse(sourceOf(text));
  if (diagnostics.length > 0) throw new Error(`${diagnostics.map(describe).join("\n")}\nin\n${text}`);
  return withoutPlaces(value);
}

const PLACES: ReadonlySet<string> = new Set(["source", "start", "end", "countSpan"]);

function withoutPlaces(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutPlaces);
  if (typeof node !== "object" || node === null) return node;
  const kept = Object.entries(node).filter(([key]) => !PLACES.has(key));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutPlaces(value)]));
}

export function sameTree(a: string, b: string): boolean {
  return JSON.stringify(treeOf(a)) === JSON.stringify(treeOf(b));
}

export interface Piece {
  readonly gap: string;
  readonly token: string;
}

/** The tokens of a text, each with the gap before it; the last one is empty. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { startOffset, image } of lex(sourceOf(text), 0, text.length, []).tokens) {
    pieces.push({ gap: text.slice(at, startOffset), token: image });
    at = startOffset + image.length;
  }
  return [...pieces, { gap: text.slice(at), token: "" }];
}

/** The comments of a text in order, without white space at the ends of their lines, which may be lost. */
export function commentsOf(text: string): readonly string[] {
  const comments = piecesOf(text).flatMap(({ gap }) => readGap(gap.replace(/\r\n?/g, "\n"), 0, gap.length).comments);
  return comments.map((c) => c.text);
}

/** Everything that is read without an error: examples, fixtures, and the blocks of the pages. */
export function corpus(): readonly Source[] {
  const pages = readdirSync(`${ROOT}docs/diagnostics`).map((name) => `docs/diagnostics/${name}`);
  const blocks = ["README.md", "grammar/LANGUAGE.md", ...pages].flatMap(blocksOf);
  const pairs = readdirSync(FOLDER).filter((name) => name.endsWith(".flow"));
  const own = pairs.map((path) => ({ path, text: readFileSync(new URL(path, FOLDER), "utf8") }));
  return [...allFlows(), ...own, ...blocks].filter((source) => parse(source).diagnostics.length === 0);
}

/** Code blocks without a language are programs or parts of one: asks and statements are tried inside a state. */
function blocksOf(page: string): readonly Source[] {
  // What is left out, and lines that show several ways at once.
  const text = readFileSync(`${ROOT}${page}`, "utf8")
    .replaceAll("{ … }", "{}")
    .replaceAll(/^ask .* \| .*\n/gm, "");
  return [...text.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)].flatMap(([, language = "", body = ""], k) => {
    if (language !== "flow" && language !== "") return [];
    const inState = `flow f {\nstate s {\n${body}}\n}\n`;
    return [body, ...(language === "" ? [inState] : [])].map((block) => ({ path: `${page}#${k + 1}`, text: block }));
  });
}

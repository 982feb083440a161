/** Text to tree. Never throws: whatever the text, there is a tree, and diagnostics for what is wrong with it. */
import type { Diagnostic, Phase } from "../diagnostics/diagnostic.ts";
import { diagnostic } from "../diagnostics/report.ts";
import { positionAt, type Source } from "../text/source.ts";
import type { Declaration, Expr, File } from "./ast.ts";
import { emptyFile } from "./ast.ts";
import { binaryInput, strangeCharacters } from "./hygiene.ts";
import { lex } from "./lexer.ts";
import { limitNesting } from "./nesting.ts";
import { type FlowParser, sharedParser } from "./parser/file.ts";
import type { OpenHole } from "./text-literal.ts";

/** Texts in holes of texts in holes of …: deeper ones are reported. */
const DEEPEST_TEXT = 8;

export function parse(source: Source): Phase<File> {
  const binary = binaryInput(source);
  if (binary !== undefined) return { value: emptyFile(source), diagnostics: [binary] };
  const strange: Diagnostic[] = [];
  strangeCharacters(source, strange);
  const end = source.text.length;
  const { value, diagnostics } = parseDeclarations(source, 0, end, strange);
  return { value: { kind: "File", source, start: 0, end, declarations: value }, diagnostics };
}

/** Reads what stands between two offsets of a text without strange characters as if it stood by itself. */
export function parseDeclarations(
  source: Source,
  start: number,
  end: number,
  strange: readonly Diagnostic[] = [],
): Phase<Declaration[]> {
  const lexical: Diagnostic[] = [...strange];
  const syntactic: Diagnostic[] = [];
  const value = declarationsIn(source, start, end, lexical, syntactic);
  return { value, diagnostics: inOrder(withoutEchoes(source, lexical, syntactic)) };
}

function declarationsIn(
  source: Source,
  start: number,
  end: number,
  lexical: Diagnostic[],
  syntactic: Diagnostic[],
): Declaration[] {
  const parser = sharedParser();
  const lexed = lex(source, start, end, lexical);
  const { tokens, quietFrom } = limitNesting(source, lexed.tokens, lexical);
  const holes: OpenHole[] = [];
  const found: Diagnostic[] = [];
  const { docs, unclosed } = lexed;
  const endName = "the end of the file";
  const last = tokens.at(-1);
  const endOfCode = last === undefined ? start : last.startOffset + last.image.length;
  parser.start(tokens, { source, docs, unclosed, diagnostics: found, holes, depth: 0, end: endOfCode, endName });
  const declarations = parser.file();
  parseHoles(parser, source, holes, lexical, found);
  parser.finish();
  for (const d of found) if (d.span.start < quietFrom) syntactic.push(d);
  return declarations;
}

/** Holes are parsed when the tree around them stands: one parser does for all, however deep they lie. */
function parseHoles(
  parser: FlowParser,
  source: Source,
  holes: OpenHole[],
  lexical: Diagnostic[],
  found: Diagnostic[],
): void {
  for (let hole = holes.pop(); hole !== undefined; hole = holes.pop()) {
    hole.hole.value = parseHole(parser, source, hole, holes, lexical, found);
  }
}

function parseHole(
  parser: FlowParser,
  source: Source,
  hole: OpenHole,
  holes: OpenHole[],
  lexical: Diagnostic[],
  found: Diagnostic[],
): Expr {
  const { start, end, depth } = hole;
  const missing = hole.hole.value;
  if (depth > DEEPEST_TEXT) {
    const expected = `at most ${DEEPEST_TEXT} texts inside one another`;
    lexical.push(diagnostic("P1001", { source, start, end }, { expected, found: "more" }));
    return missing;
  }
  const lexed = lex(source, start, end, lexical);
  const { tokens, quietFrom } = limitNesting(source, lexed.tokens, lexical);
  if (tokens.length === 0) {
    if (lexed.tokens.length === 0) found.push(emptyHole(source, start, end));
    return missing;
  }
  const own: Diagnostic[] = [];
  const { docs, unclosed } = lexed;
  const endName = "the end of the hole";
  parser.start(tokens, { source, docs, unclosed, diagnostics: own, holes, depth, end, endName });
  const value = parser.hole();
  for (const d of own) if (d.span.start < quietFrom) found.push(d);
  return value;
}

function emptyHole(source: Source, start: number, end: number): Diagnostic {
  const hint = "a brace itself is written `\\{`";
  return diagnostic(
    "P1001",
    { source, start: start - 1, end: end + 1 },
    { expected: "a value in the hole", found: "nothing", hint },
  );
}

/**
 * What the parser stumbles over on a line where a token is broken is that mistake again, and so is what the lexer finds
 * behind a text that is not closed.
 */
function withoutEchoes(source: Source, lexical: readonly Diagnostic[], syntactic: readonly Diagnostic[]): Diagnostic[] {
  const openPattern = (d: Diagnostic): boolean => d.code === "P1004" && String(d.args["problem"]).startsWith("`/`");
  const mistakes = [...lexical, ...syntactic.filter(openPattern)];
  if (mistakes.length === 0) return [...lexical, ...syntactic];
  /** From where on the parser is not listened to, by line. */
  const broken = new Map<number, number>();
  const breaks = (offset: number): void => {
    const line = positionAt(source, offset).line;
    broken.set(line, Math.min(offset, broken.get(line) ?? offset));
  };
  const unclosed = new Map<number, number>();
  for (const { code, span } of mistakes) {
    const line = positionAt(source, span.start).line;
    breaks(span.start);
    breaks(span.end);
    if (code === "P1002") unclosed.set(line, Math.min(span.start, unclosed.get(line) ?? span.start));
  }
  const lineOf = (d: Diagnostic): number => positionAt(source, d.span.start).line;
  return [
    ...lexical.filter((d) => d.span.start <= (unclosed.get(lineOf(d)) ?? Number.POSITIVE_INFINITY)),
    ...syntactic.filter(
      (d) => d.code !== "P1001" || d.span.start < (broken.get(lineOf(d)) ?? Number.POSITIVE_INFINITY),
    ),
  ];
}

function inOrder(diagnostics: Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** What the parser took each word of a text for: the truth that the highlighting grammars are held to. */
import { lex } from "../../../packages/compiler/src/syntax/lexer.ts";
import { parse } from "../../../packages/compiler/src/syntax/parse.ts";
import * as T from "../../../packages/compiler/src/syntax/tokens.ts";

export interface Read {
  readonly start: number;
  readonly end: number;
  readonly kind: "keyword" | "name" | "number" | "duration" | "pattern" | "mark";
}

/** Every token outside of texts, and inside of their holes. */
export function tokensAsRead(text: string): readonly Read[] {
  const source = { path: "main.flow", text };
  const { value: file, diagnostics } = parse(source);
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error) throw new Error(`not a text of the language: ${error.code}`);
  const names = new Set<number>();
  const keywords = new Set<number>();
  const holes: { readonly start: number; readonly end: number }[] = [];
  visit(file, (node) => {
    if (node.kind === "Name" || node.kind === "NameExpr") names.add(node.start);
    if (node.kind === "Hole") holes.push(node);
    if (node.kind === "Ask" && node.askWord) keywords.add(node.askWord.start);
    if (node.kind === "Name" && /^(?:end|resume)$/.test(node.text ?? "") && /->\s*$/.test(text.slice(0, node.start))) {
      keywords.add(node.start);
    }
  });
  // The tree keeps these as names; they are words of the language.
  for (const start of keywords) names.delete(start);
  const found = [...tokens(source, 0, text.length, names)];
  for (const { start, end } of holes) found.push(...tokens(source, start + 1, end - 1, names));
  return found.sort((a, b) => a.start - b.start);
}

function* tokens(
  source: { readonly path: string; readonly text: string },
  from: number,
  to: number,
  names: ReadonlySet<number>,
): Iterable<Read> {
  for (const token of lex(source, from, to, []).tokens) {
    const { tokenType: type, startOffset: start, image } = token;
    if (type.name === T.Text.name) continue;
    yield { start, end: start + image.length, kind: kindOf(type) ?? (names.has(start) ? "name" : "keyword") };
  }
}

function kindOf(type: (typeof T.VOCABULARY)[number]): Read["kind"] | undefined {
  if (type.name === T.NumberLiteral.name) return "number";
  if (type.name === T.Duration.name) return "duration";
  if (type.name === T.Pattern.name) return "pattern";
  return T.MARKS.includes(type) ? "mark" : undefined;
}

interface Node {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly text?: string;
  readonly askWord?: { readonly start: number };
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (typeof value !== "object" || value === null) return;
  if ("kind" in value && "start" in value) see(value as Node);
  for (const [key, inner] of Object.entries(value)) if (key !== "source") visit(inner, see);
}

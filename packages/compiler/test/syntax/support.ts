import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { describe } from "../../src/diagnostics/report.ts";
import type { File } from "../../src/syntax/ast.ts";
import { parse } from "../../src/syntax/parse.ts";
import { positionAt, type Source } from "../../src/text/source.ts";

export const ROOT: string = fileURLToPath(new URL("../../../../", import.meta.url));
export const FIXTURES: string = fileURLToPath(new URL("../fixtures/syntax/", import.meta.url));

export function sourceOf(text: string): Source {
  return { path: "test.flow", text };
}

export function parseText(text: string): { readonly file: File; readonly diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics } = parse(sourceOf(text));
  return { file: value, diagnostics };
}

/** Every `.flow` of the examples and of the fixtures, by path relative to the root. */
export function allFlows(): { readonly path: string; readonly text: string }[] {
  return [...flowsUnder(join(ROOT, "examples")), ...flowsUnder(FIXTURES)].map((path) => ({
    path: path.slice(ROOT.length),
    text: readFileSync(path, "utf8"),
  }));
}

function flowsUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".flow") && !name.includes("node_modules"))
    .sort()
    .map((name) => join(folder, name));
}

/** `line:column code message` of each finding. */
export function findings(text: string): string[] {
  const source = sourceOf(text);
  return parse(source).diagnostics.map((d) => {
    const { line, column } = positionAt(source, d.span.start);
    return `${line}:${column} ${d.code} ${describe(d)}`;
  });
}

type Json = { readonly [key: string]: unknown };

/** The nodes below a node, itself included, with their parents. */
export function* nodesOf(node: unknown, parent?: Json): Generator<{ node: Json; parent: Json | undefined }> {
  if (Array.isArray(node)) {
    for (const item of node) yield* nodesOf(item, parent);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const here = node as Json;
  const isNode = typeof here["kind"] === "string";
  if (isNode) yield { node: here, parent };
  for (const [key, value] of Object.entries(here)) {
    if (key !== "source") yield* nodesOf(value, isNode ? here : parent);
  }
}

/** What breaks the tree's promises: spans inside the text and inside their parents, no undefined lists. */
export function brokenSpans(file: File): string[] {
  const broken: string[] = [];
  const length = file.source.text.length;
  for (const { node, parent } of nodesOf(file)) {
    const [start, end] = [node["start"] as number, node["end"] as number];
    const what = `${node["kind"] as string} [${start}, ${end})`;
    if (!(Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length)) {
      broken.push(`${what} of a text of ${length}`);
    }
    if (node["source"] !== file.source) broken.push(`${what} has another source`);
    if (parent !== undefined && (start < (parent["start"] as number) || end > (parent["end"] as number))) {
      broken.push(
        `${what} outside ${parent["kind"] as string} [${parent["start"] as number}, ${parent["end"] as number})`,
      );
    }
  }
  return broken;
}

/** What breaks a diagnostic's promises: places inside the text, edits that do not overlap. */
export function brokenDiagnostics(source: Source, diagnostics: readonly Diagnostic[]): string[] {
  const broken: string[] = [];
  for (const d of diagnostics) {
    const spans = [d.span, ...d.related.map((r) => r.span), ...d.fixes.flatMap((f) => f.edits.map((e) => e.span))];
    for (const { start, end } of spans) {
      if (!(start >= 0 && start <= end && end <= source.text.length)) broken.push(`${d.code} at [${start}, ${end})`);
    }
    if (describe(d).includes("undefined")) broken.push(describe(d));
  }
  return broken;
}

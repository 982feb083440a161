/**
 * What is said about the bad examples of the pages, whole: sentences, places, fixes with their edits. The file is there to be
 * read when it changes; `vitest run docs/test/findings.test.ts -u` writes it.
 */
import { expect, test } from "vitest";
import {
  compile,
  type Diagnostic,
  describe as inWords,
  positionAt,
  type Span,
} from "../../packages/compiler/src/index.ts";
import { type Example, projectOf, readPages } from "./pages.ts";

function place(span: Span): string {
  const [from, to] = [positionAt(span.source, span.start), positionAt(span.source, span.end)];
  return `${span.source.path}:${from.line}:${from.column}-${to.line}:${to.column}`;
}

function whole(d: Diagnostic): readonly string[] {
  return [
    `${d.code} ${d.severity} ${place(d.span)} ${inWords(d)}`,
    `  arguments ${JSON.stringify(d.args)}`,
    ...d.related.map((r) => `  see ${place(r.span)} ${r.message}`),
    ...d.fixes.flatMap((fix) => [
      `  fix ${fix.title} (${fix.safe ? "safe" : "not safe"})`,
      ...fix.edits.map((edit) => `    ${place(edit.span)} ${JSON.stringify(edit.text)}`),
    ]),
  ];
}

function found(example: Example, code: string): readonly string[] {
  const { settings, files, templates, locales = [], diagnostics } = projectOf(example, code);
  const compiled = compile({ settings, files, ...(templates ? { templates } : {}), locales });
  return [...diagnostics, ...compiled.diagnostics].flatMap(whole);
}

test("what is said about the bad examples, word by word", async () => {
  const lines = readPages().flatMap(({ code, file, bad }) =>
    bad.flatMap((example, i) => ["", `# ${file} ${i + 1}`, ...found(example, code)]),
  );
  await expect(`${lines.join("\n").trim()}\n`).toMatchFileSnapshot("findings.txt");
});

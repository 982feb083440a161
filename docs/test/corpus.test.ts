/** Nothing of the language is without an example that is run: over examples, fixtures and pages every construct, code and repair occurs. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compileExample, exampleNames } from "../../examples/test/project.ts";
import { missingIn } from "../../grammar/test/constructs.ts";
import { CATALOG, type Compilation, compile, type Diagnostic } from "../../packages/compiler/src/index.ts";
import { compileFixture, FIXTURES } from "../../packages/compiler/test/fixtures.ts";
import { projectOf, readPages } from "./pages.ts";
import { repaired } from "./repaired.ts";

const COMPILER = fileURLToPath(new URL("../../packages/compiler/src/", import.meta.url));

const right: readonly Compilation[] = [...exampleNames.map(compileExample), ...FIXTURES.map(compileFixture)];
const wrong: readonly Diagnostic[] = readPages().flatMap(({ code, bad }) =>
  bad.flatMap((example) => {
    const { settings, files, templates, locales = [], diagnostics } = projectOf(example, code);
    return [...diagnostics, ...compile({ settings, files, ...(templates ? { templates } : {}), locales }).diagnostics];
  }),
);

test("examples and fixtures show every construct: nodes of the syntax tree, kinds of asks, functions", () => {
  expect(missingIn(right.flatMap(({ files }) => files))).toEqual({ nodes: [], asks: [], functions: [] });
});

test("the pages show every code", () => {
  const codes = new Set<string>(wrong.map((d) => d.code));
  expect(Object.keys(CATALOG).filter((code) => !codes.has(code))).toEqual([]);
});

test("every repair that the compiler can offer is offered for a page's example, or for one of those beside them", () => {
  const titles = [...wrong, ...repaired()].flatMap((d) => d.fixes.map((fix) => fix.title));
  const patterns = titlesInSources();
  expect(patterns.length).toBeGreaterThan(40);
  expect(patterns.filter(({ pattern }) => !titles.some((title) => pattern.test(title))).map((p) => p.written)).toEqual(
    [],
  );
});

/** The titles that stand in the compiler's sources; what is filled in can be anything. */
function titlesInSources(): readonly { readonly written: string; readonly pattern: RegExp }[] {
  const files = readdirSync(COMPILER, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const all = files.flatMap((name) =>
    [
      ...readFileSync(`${COMPILER}${name}`, "utf8").matchAll(
        /title: (?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`|'([^']*)'),\s*safe:/g,
      ),
    ].map((m) => m[1] ?? m[2] ?? m[3] ?? ""),
  );
  return [...new Set(all)].map((written) => ({ written, pattern: patternOf(written) }));
}

function patternOf(written: string): RegExp {
  const text = written.replace(/\\(.)/g, "$1");
  const parts = text.split(/\$\{(?:[^{}]|\{[^{}]*\})*\}/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")).join("[\\s\\S]*")}$`);
}

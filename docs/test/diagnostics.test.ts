/** Every diagnostic has a page, and what the pages show is true. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOG, compile, type Diagnostic, type Fix, pageOf } from "../../packages/compiler/src/index.ts";
import { diagnosticsList } from "./list.ts";
import { type Example, PAGES, projectOf, readPages } from "./pages.ts";

const pages = readPages();

function found(example: Example, code: string): readonly Diagnostic[] {
  const { settings, files, templates, locales = [], diagnostics } = projectOf(example, code);
  return [...diagnostics, ...compile({ settings, files, ...(templates ? { templates } : {}), locales }).diagnostics];
}

/** What people would read of it, for messages of these tests. */
function shown(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(
    (d) => `${d.code} ${JSON.stringify(d.args)} at ${d.span.source.text.slice(d.span.start, d.span.end).slice(0, 60)}`,
  );
}

function repaired(example: Example, fix: Fix): Example {
  return example.map((source) => {
    const edits = fix.edits
      .filter((e) => e.span.source.path === source.path)
      .sort((a, b) => b.span.start - a.span.start);
    const text = edits.reduce((t, e) => t.slice(0, e.span.start) + e.text + t.slice(e.span.end), source.text);
    return { path: source.path, text };
  });
}

test("each code has one page, and each page a code", () => {
  const wanted = Object.keys(CATALOG).map((code) =>
    pageOf(code as keyof typeof CATALOG).replace("docs/diagnostics/", ""),
  );
  expect(pages.map((page) => page.file)).toEqual(wanted.sort());
});

test("the list of diagnostics is that of the catalogue", () => {
  expect(readFileSync(new URL("README.md", PAGES), "utf8")).toBe(diagnosticsList());
});

describe.each(pages)("$file", ({ code, file, text, bad, good }) => {
  test("has the parts of a page", () => {
    const name = file.slice(6).replace(/\.md$/, "").replaceAll("-", " ");
    expect(text.startsWith(`# ${code}: ${name}\n`)).toBe(true);
    expect(text).toContain("\n## Why\n");
    expect(text).toContain("\n## How to repair it\n");
    expect(bad.length).toBeGreaterThan(0);
    expect(good.length).toBeGreaterThan(0);
  });

  test("says where a rule of WhatsApp comes from, and when that was read", () => {
    if (!/^P[36]/.test(code) && code !== "P4001" && code !== "P4002") return;
    expect(text).toMatch(/\n## Source\n\n[\s\S]*\b20[0-9]{2}-[01][0-9]-[0-3][0-9]\b/);
  });

  test.each(bad.map((example) => ({ example })))("the bad example gives this finding and no other", ({ example }) => {
    const diagnostics = found(example, code);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(shown(diagnostics).filter((d) => !d.startsWith(code))).toEqual([]);
  });

  test.each(good.map((example) => ({ example })))("the good example gives none", ({ example }) => {
    expect(shown(found(example, code))).toEqual([]);
  });

  test.each(bad.map((example) => ({ example })))(
    "every fix that is offered removes the finding and brings no other",
    ({ example }) => {
      const before = found(example, code);
      for (const diagnostic of before) {
        for (const fix of diagnostic.fixes) {
          const after = found(repaired(example, fix), code);
          const brought = shown(after).filter((d) => !shown(before).includes(d));
          expect({ fix: fix.title, brought, removed: after.length < before.length }).toEqual({
            fix: fix.title,
            brought: [],
            removed: true,
          });
        }
      }
    },
  );
});

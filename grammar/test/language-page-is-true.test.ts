/** The code blocks of LANGUAGE.md are the files of one bot; so no line of the reference can be wrong. */
import { readFileSync } from "node:fs";
import { compile, parseLocale, parseProject, describe as say } from "@parley/compiler";
import { runTests } from "@parley/simulator";
import { validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { metaJudge } from "../../examples/test/meta.ts";
import { withSamples } from "../../packages/compiler/test/emit/built.ts";
import { missingIn } from "./constructs.ts";

const judge = metaJudge();
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const blocks = [...read("../LANGUAGE.md").matchAll(/^```(?:flow|yaml) (\S+)\n([\s\S]*?)^```$/gm)].map((m) => ({
  path: m[1] ?? "",
  text: m[2] ?? "",
}));
const files = blocks.filter((block) => block.path.endsWith(".flow"));
const locales = blocks.flatMap((source) => {
  const locale = /^locales\/(.+)\.yaml$/.exec(source.path)?.[1];
  return locale === undefined ? [] : [parseLocale(source, locale)];
});
const project = parseProject(blocks.find((block) => block.path === "parley.yaml") ?? { path: "", text: "" }, "bot");
const compilation = compile({ settings: project.value, files, locales });

describe("LANGUAGE.md", () => {
  test("has a project file that is valid", () => {
    expect(project.diagnostics.map(say)).toEqual([]);
  });

  test("has flows without any finding but translations that are not shown", () => {
    const found = [...project.diagnostics, ...compilation.diagnostics].filter((d) => d.code !== "P7001");
    expect(found.map((d) => `${d.span.source.path}: ${d.code} ${say(d)}`)).toEqual([]);
  });

  test("has tests that pass", async () => {
    const { output } = compilation;
    if (!output) return expect.unreachable("it does not compile");
    const { results } = await runTests({ machine: output.machine, tests: output.tests });
    expect(results.length).toBeGreaterThan(2);
    const failures = results.filter((r) => r.failure);
    expect(failures.map((r) => `${r.title}: ${r.failure?.message} (${r.failure?.actual})`)).toEqual([]);
  });

  const payloads = [...(compilation.output?.files ?? [])].filter(([path]) => path.startsWith("payloads/"));

  test("builds requests that our schemas accept, in every language", () => {
    expect(payloads.length).toBeGreaterThan(50);
    for (const [path, text] of payloads)
      expect([path, validateRequest(withSamples(JSON.parse(text)))]).toMatchObject([path, { ok: true }]);
  });

  test.skipIf(judge === undefined)(
    "builds requests that Meta's OpenAPI file accepts (skipped where it is absent)",
    () => {
      for (const [path, text] of payloads) expect([path, judge?.(withSamples(JSON.parse(text)))]).toEqual([path, []]);
    },
  );

  test("shows every construct: nodes of the syntax tree, kinds of asks, functions", () => {
    expect(missingIn(compilation.files)).toEqual({ nodes: [], asks: [], functions: [] });
  });
});

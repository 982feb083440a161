/** What the language's description says, sentence by sentence: each `.flow` file beside this one holds tests named as claims. */
import { readdirSync, readFileSync } from "node:fs";
import { type Compilation, compile, DEFAULT_SETTINGS, describe as inWords, positionAt } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { renderTranscript, runTests } from "../src/index.ts";

const FOLDER = new URL("language/", import.meta.url);

function compiled(path: string): Compilation {
  return compile({ settings: DEFAULT_SETTINGS, files: [{ path, text: readFileSync(new URL(path, FOLDER), "utf8") }] });
}

function errorsOf(compilation: Compilation): readonly string[] {
  const errors = compilation.diagnostics.filter(({ severity }) => severity === "error");
  return errors.map((d) => `${positionAt(d.span.source, d.span.start).line}: ${d.code} ${inWords(d)}`);
}

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith(".flow")))("%s", (path) => {
  const compilation = compiled(path);

  test("compiles", () => {
    expect(errorsOf(compilation)).toEqual([]);
    expect(compilation.output?.tests.length).toBeGreaterThan(0);
  });

  const { output } = compilation;
  const cases = output?.tests.map((one) => [one.title, one, output.machine] as const) ?? [];
  test.each(cases)("%s", async (_, one, machine) => {
    const { results } = await runTests({ machine, tests: [one] });
    const failures = results.filter(({ failure }) => failure !== undefined);
    expect(failures.map((r) => `${JSON.stringify(r.failure)}\n${renderTranscript(r.transcript)}`)).toEqual([]);
  });
});

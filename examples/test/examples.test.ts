import { existsSync, readFileSync } from "node:fs";
import { explore, runTests } from "@parley/simulator";
import { validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { metaJudge } from "./meta.ts";
import { compileExample, EXAMPLES, exampleNames, findings } from "./project.ts";

const judge = metaJudge();

describe.each(exampleNames)("example %s", (name) => {
  const compilation = compileExample(name);

  test("has a page", () => {
    expect(existsSync(`${EXAMPLES}/${name}/README.md`)).toBe(true);
  });

  test("compiles without any finding", () => {
    expect(findings(compilation)).toEqual([]);
    expect(compilation.failures).toEqual([]);
    expect(compilation.output).toBeDefined();
  });

  test("passes its tests, and has some", async () => {
    const output = compilation.output;
    if (!output) return expect.unreachable("it does not compile");
    const { results, coverage } = await runTests({ machine: output.machine, tests: output.tests });
    const failures = results
      .filter((r) => r.failure)
      .map((r) => `${r.title}: ${r.failure?.message} (${r.failure?.actual})`);
    expect(failures).toEqual([]);
    expect(results.length).toBeGreaterThan(2);
    // What is missing: parley explore examples/NAME --write examples/NAME/other-branches.test.flow
    return expect(coverage.items.filter(({ count }) => count === 0)).toEqual([]);
  });

  test("holds what must hold of any bot, wherever its conversations lead", () => {
    const output = compilation.output;
    if (!output) return expect.unreachable("it does not compile");
    const { problems: found, coverage } = explore({ machine: output.machine, steps: 4_000 });
    expect(found).toEqual([]);
    return expect(coverage.covered).toBeGreaterThan(0);
  });

  const actions = compilation.output?.machine.actions ?? {};

  test.skipIf(Object.keys(actions).length === 0)("has actions whose types are what build writes", () => {
    const types = readFileSync(`${EXAMPLES}/${name}/bot.d.ts`, "utf8");
    expect(types, `run: parley build examples/${name} -o dist && cp dist/bot.d.ts examples/${name}`).toBe(
      compilation.output?.files.get("bot.d.ts"),
    );
    expect(existsSync(`${EXAMPLES}/${name}/actions.ts`)).toBe(true);
  });

  const payloads = [...(compilation.output?.files ?? [])].filter(([path]) => path.startsWith("payloads/"));

  test("builds payloads that our schemas accept", () => {
    expect(payloads.length).toBeGreaterThan(0);
    for (const [path, text] of payloads) expect([path, problems(JSON.parse(text))]).toEqual([path, []]);
  });

  test.skipIf(judge === undefined)(
    "builds payloads that Meta's OpenAPI file accepts (skipped where the file is absent)",
    () => {
      for (const [path, text] of payloads) expect([path, judge?.(JSON.parse(text))]).toEqual([path, []]);
    },
  );
});

/** `PHONE_NUMBER` is the one placeholder of a payload file that is no text of a message. */
function problems(payload: object): readonly string[] {
  const result = validateRequest({ ...payload, to: "15550100" });
  return result.ok ? [] : result.errors.map((e) => `${e.path} ${e.details}`);
}

import { readFileSync } from "node:fs";
import { compile, DEFAULT_SETTINGS, describe as say } from "@parley/compiler";
import { runTests } from "@parley/simulator";
import { expect, test } from "vitest";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const flow = /```flow\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";

test("the README's flow compiles without any finding and passes its own test", async () => {
  const { diagnostics, output } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "readme.flow", text: flow }] });
  expect(diagnostics.map((d) => `${d.code} ${say(d)}`)).toEqual([]);
  if (!output) return expect.unreachable("it does not compile");
  const { results } = await runTests({ machine: output.machine, tests: output.tests });
  expect(results.map((r) => [r.title, r.failure?.message])).toEqual([["an order", undefined]]);
});

test("every file that the README links to is there", () => {
  const links = [...readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map((m) => m[1] ?? "");
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) expect(() => readFileSync(new URL(`../../${link}`, import.meta.url))).not.toThrow(/ENOENT/);
});

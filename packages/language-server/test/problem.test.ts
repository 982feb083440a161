import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { problemOf } from "../src/features/problems/problem.ts";
import { VERSION } from "../src/version.ts";
import { viewOf } from "./support/projects.ts";

test("what does nothing is faded, and nothing else", () => {
  const states = 'state a { say "Hi." } state dead { say "No." -> end }';
  const view = viewOf([{ path: "main.flow", text: `flow f { on message -> a ${states} }` }]);
  const problems = view.compilation.diagnostics.map((found) => problemOf(view, found));
  expect(new Map(problems.map(({ code, tags }) => [code, tags]))).toEqual(
    new Map([
      ["P5001", [1]],
      ["P5002", undefined],
    ]),
  );
});

test("the version that clients see is the package's", () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
});

import { readFileSync } from "node:fs";
import { parseProject } from "@parley/compiler";
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

test("what has gone out of use is struck through, and what it had not is not", () => {
  const project = { path: "parley.yaml", text: "name: bot\nplatform: on_premises\n" };
  const { diagnostics } = parseProject(project, "bot");
  const flow = 'flow f { on message -> a state a { react "👍" -> end } }';
  const view = viewOf([project, { path: "main.flow", text: flow }]);
  const found = [...diagnostics, ...view.compilation.diagnostics].filter(({ code }) => code === "P3018");
  expect(found.map((one) => [one.args["problem"], problemOf(view, one).tags])).toEqual([
    ["gone", [2]],
    ["missing", undefined],
  ]);
});

test("the version that clients see is the package's", () => {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  expect(VERSION).toBe((JSON.parse(text) as { version: string }).version);
});

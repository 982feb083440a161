import { analyse } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { RULES, runRules } from "../../src/checks/index.ts";
import type { Rule } from "../../src/checks/program.ts";
import { ask } from "../programs.ts";

test("a rule that throws is named and does not keep the others from running", () => {
  const { program } = analyse(ask(`buttons "Q"`, `option a "A" option a "B"`));
  const broken: Rule = function brokenRule() {
    throw new Error("a bug");
  };
  const { diagnostics, failures } = runRules([broken, ...RULES], program);
  expect(failures.map(({ rule, error }) => [rule, String(error)])).toEqual([["brokenRule", "Error: a bug"]]);
  expect(diagnostics.map((d) => d.code)).toContain("P3009");
});

test("every rule has a name of its own", () => {
  const names = RULES.map((rule) => rule.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain("");
});

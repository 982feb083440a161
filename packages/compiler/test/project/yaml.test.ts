import { describe as say } from "@parley/compiler";
import { describe, expect, test } from "vitest";
import { parseListed } from "../../src/project/listed/parse.ts";
import { parseLocale } from "../../src/project/locale-file.ts";
import { parseProject } from "../../src/project/project.ts";
import { parseRates } from "../../src/project/rates.ts";

const deep = { path: "x.yaml", text: `a: ${"[".repeat(20_000)}` };

describe("marks that are nested too deeply for the reader are a finding, in", () => {
  test.each([
    ["a project file", () => parseProject(deep, "x").diagnostics],
    ["a locale file", () => parseLocale(deep, "es").diagnostics],
    ["a templates file", () => parseListed(deep).diagnostics],
  ])("%s", (_, read) => {
    expect(read().map((d) => [d.code, say(d)])).toEqual([["P8001", expect.stringContaining("nested too deeply")]]);
  });

  test("a file of rates", () => {
    expect(parseRates(deep)).toBe("it is not YAML: it is nested too deeply");
  });
});

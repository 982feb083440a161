import { describe, expect, test } from "vitest";
import { foreignLanguage } from "../src/foreign-language.ts";
import { page } from "../src/graph-page.ts";
import { coverageByFile, outcomes } from "../src/test-report.ts";

describe("files of other tools", () => {
  test.each([
    ['{ "uuid": "1", "nodes": [] }', "json"],
    ["\n [ 1 ]", "json"],
    ['<?xml version="1.0"?><Activity/>', "xml"],
    ["/* @flow strict */ import x", "javascript"],
    ["// @flow\nexport type A = string", "javascript"],
  ])("%j is %s", (text, language) => expect(foreignLanguage(text)).toBe(language));

  test.each(["", "// a comment\nflow a {}", "/// docs\nflow a {}", "/* the @flow */", "flow order {"])(
    "%j is ours",
    (text) => expect(foreignLanguage(text)).toBeUndefined(),
  );
});

test("the page of a graph loads and runs nothing", () => {
  expect(page("<svg/>")).toContain("default-src 'none'");
  expect(page("<svg/>")).toContain("<body><svg/></body>");
});

test("what is no report of tests is none", () => {
  expect(outcomes("error: there is no test")).toBeUndefined();
  expect(outcomes('{"tests":[]}')).toEqual([]);
});

test("coverage is told by file", () => {
  const item = (file: string, line: number): object => ({ kind: "state", id: "a.b", file, line, column: 1, count: 2 });
  const found = coverageByFile(JSON.stringify({ items: [item("a.flow", 1), item("b.flow", 2), item("a.flow", 3)] }));
  expect([...found].map(([file, items]) => [file, items.map(({ line }) => line)])).toEqual([
    ["a.flow", [1, 3]],
    ["b.flow", [2]],
  ]);
});

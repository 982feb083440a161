import { analyse, applyFix, findings, sentences } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { format } from "../../src/format.ts";

const flow = (before: string, line: string, after = ""): string =>
  `flow f {\n  on message -> s\n${before}  ${line}${after}\n  state s {\n    -> end\n  }\n}\n`;
const UNUSED = "var n: number = 1";

test("a warning is left out by a comment on the line before, or at the end of its line", () => {
  expect(findings(flow("", UNUSED))).toEqual([["P5006", "n"]]);
  expect(findings(flow("  // parley-ignore P5006: for later\n", UNUSED))).toEqual([]);
  expect(findings(flow("", UNUSED, " // parley-ignore P5006: for later"))).toEqual([]);
  expect(findings(flow("  /* parley-ignore P5006: for later */\n", UNUSED))).toEqual([]);
});

test("a comment names several codes, and other comments may stand between it and the code", () => {
  expect(findings(flow("  // parley-ignore P5006, P5001: for later\n", UNUSED))).toEqual([["P8002", "P5001"]]);
  expect(findings(flow("  // parley-ignore P5006: for later\n  // another comment\n", UNUSED))).toEqual([]);
});

test("it is about that line only, and says so when nothing is there", () => {
  const far = flow('  // parley-ignore P5006: for later\n  on text "x" -> s\n', UNUSED);
  expect(findings(far)).toEqual([
    ["P8002", "P5006"],
    ["P5006", "n"],
  ]);
});

test.each([
  ["// parley-ignore P5006", "P8002 the reason is missing: `// parley-ignore P5006: reason`"],
  ["// parley-ignore P5006:", "P8002 the reason is missing: `// parley-ignore P5006: reason`"],
  ["// parley-ignore: why", "P8002 a suppression is written `// parley-ignore P5006: reason`"],
  ["// parley-ignore P0000: why", "P8002 there is no diagnostic P0000"],
  ["// parley-ignore P2003: why", "P8002 P2003 is an error and cannot be ignored"],
  ["// parley-ignore P5001: why", "P8002 no P5001 is found here"],
])("%s says what is wrong with it", (comment, sentence) => {
  expect(sentences(flow(`  ${comment}\n`, UNUSED)).filter((s) => s.startsWith("P8002"))).toEqual([sentence]);
});

test("an error stays", () => {
  const source = flow("  // parley-ignore P2003: why\n", `var n: 1..3 = 4`);
  expect(findings(source).map(([code]) => code)).toContain("P2003");
});

test("texts are no comments", () => {
  expect(findings(`flow f { on message -> s state s { say "// parley-ignore P5006: x" -> end } }`)).toEqual([]);
});

test.each([
  [flow("  // parley-ignore P5001: why\n", `on text "x" -> s`), flow("", `on text "x" -> s`)],
  [flow("", `on text "x" -> s`, " // parley-ignore P5001: why"), flow("", `on text "x" -> s`)],
  [flow("  // parley-ignore P5001, P5006: why\n", UNUSED), flow("  // parley-ignore P5006: why\n", UNUSED)],
  [flow("  // parley-ignore P5006, P5001: why\n", UNUSED), flow("  // parley-ignore P5006: why\n", UNUSED)],
])("the fix deletes what suppresses nothing", (before, after) => {
  const fix = analyse(before).diagnostics.find((d) => d.code === "P8002")?.fixes[0];
  expect(fix?.safe).toBe(true);
  const fixed = fix ? applyFix(before, fix) : "";
  expect(fixed).toBe(after);
  expect(findings(fixed)).toEqual([]);
});

test("the formatter keeps them at their line", () => {
  const source = `flow f{on message->s\n\n// parley-ignore P5006: a\nvar n:number=1\nvar m:number=1 // parley-ignore P5006: b\nstate s{->end}}`;
  expect(findings(source)).toEqual([]);
  const result = format({ path: "a.flow", text: source });
  const formatted = result.kind === "formatted" ? result.text : "";
  expect(formatted).toContain("\n  // parley-ignore P5006: a\n  var n");
  expect(formatted).toContain("var m: number = 1 // parley-ignore P5006: b\n");
  expect(findings(formatted)).toEqual([]);
});

test("a comment in another file of the project is about that file", () => {
  const files = { "a.flow": flow("  // parley-ignore P5006: why\n", UNUSED), "b.flow": flow("\n", UNUSED) };
  const named = {
    ...files,
    "b.flow": files["b.flow"].replace("flow f", "flow g").replace("on message", 'on text "g"'),
  };
  const told = analyse(named).diagnostics.map(({ code, span }) => `${code} ${span.source.path}`);
  expect(told).toEqual(["P5006 b.flow"]);
});

test("one without a reason leaves nothing out", () => {
  expect(
    findings(flow("  // parley-ignore P5006\n", UNUSED))
      .map(([code]) => code)
      .sort(),
  ).toEqual(["P5006", "P8002"]);
});

test("of several codes without a reason all are named", () => {
  const told = sentences(flow("  // parley-ignore P5006, P5001\n", UNUSED)).filter((s) => s.startsWith("P8002"));
  expect(told).toEqual(["P8002 the reason is missing: `// parley-ignore P5006, P5001: reason`"]);
});

group("the fix deletes the comment", () => {
  const fixed = (source: string): readonly [title: string, text: string] | undefined => {
    const fix = analyse(source).diagnostics.find((d) => d.code === "P8002")?.fixes[0];
    return fix && [fix.title, applyFix(source, fix)];
  };
  const IGNORE = "// parley-ignore P5001: why";
  const TEXT = 'on text "x" -> s';
  test.each<readonly [where: string, before: string, after: string]>([
    ["that is none at all", flow("  // parley-ignore: why\n", TEXT), flow("", TEXT)],
    ["with the space before it", flow("", TEXT, ` \t ${IGNORE}`), flow("", TEXT)],
    ["with its line, white space and all", flow(`  ${IGNORE} \t\n`, TEXT), flow("", TEXT)],
    ["with its line, the first", `${IGNORE}\n${flow("", TEXT)}`, flow("", TEXT)],
    ["with its line, the last", `${flow("", TEXT)}${IGNORE}`, flow("", TEXT)],
    ["without what stands behind it", flow("  /* parley-ignore P5001: why */ ", TEXT), flow("   ", TEXT)],
    ["without the lines around it", flow(`\n  ${IGNORE}\n\n`, TEXT), flow("\n\n", TEXT)],
  ])("%s", (_, before, after) => expect(fixed(before)).toEqual(["Delete the comment", after]));

  test("or the code alone, where others are of use", () => {
    const before = flow("  // parley-ignore P5001, P5006, P5002: why\n", UNUSED);
    const after = flow("  // parley-ignore P5006, P5002: why\n", UNUSED);
    expect(fixed(before)).toEqual(["Delete the code", after]);
    expect(fixed(after)).toEqual(["Delete the code", flow("  // parley-ignore P5006: why\n", UNUSED)]);
  });
});

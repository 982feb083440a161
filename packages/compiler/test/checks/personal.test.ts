import { findings } from "@parley/compiler/testing";
import { expect, test } from "vitest";

/** What leaves through a marketing template that is sent with this value. */
function leaves(value: string, before = ""): readonly string[] {
  const source = `template t(x: text(200) = "Ana") { category marketing body "Here is what you asked for, {x}, as always." }
    flow f(name: personal text(20), names: personal text(20)[1..3], b: bool, plain: text(20), n: 0..1) {
      state s { ${before} send template t(${value}) -> end }
    }`;
  return findings(source).flatMap(([code, at]) => (code === "P9004" ? [at] : []));
}

test.each([
  ["name"],
  [`"Dear {name}"`],
  ["upper(name)"],
  [`name + "!"`],
  ["if b then name else plain"],
  [`names[n] ?? "you"`],
  [`names[0] ?? plain`],
  [`join(names, ", ")`],
  [`join([name, plain], ", ")`],
  [`join([x for x in names], ", ")`],
  [`join([upper(x) for x in names if x != plain], ", ")`],
  ["{ a: name }.a"],
])("what is made of personal data is personal: %s", (value) => {
  expect(leaves(value)).toEqual([value]);
});

test("a name for personal data is personal", () => {
  expect(leaves("copy", "let copy = name")).toEqual(["copy"]);
});

test.each([
  ["plain"],
  [`"{len(name)}"`],
  [`"{count(names)}"`],
  ['if name == plain then "A" else "B"'],
  [`if contains(name, "a") then "A" else "B"`],
])("what only counts or tests it is not: %s", (value) => {
  expect(leaves(value)).toEqual([]);
});

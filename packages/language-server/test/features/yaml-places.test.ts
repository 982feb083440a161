import type { Source } from "@parley/compiler";
import { expect, test } from "vitest";
import type { DocumentSymbol, Range } from "vscode-languageserver";
import { dataFolds, dataSelection, dataSymbols } from "../../src/features/data/yaml-places.ts";
import { entryAt, yamlTree } from "../../src/features/data/yaml-tree.ts";
import { offsetAt } from "../../src/positions.ts";

const PROJECT = `# A bot
# of ours
name: shop
locales: { default: en, others: [it, "de"] }
env:
- SHOP_URL
- SHOP_KEY # secret
hours:
  office: "mon-fri 08:00-18:00"
lint:
  P3001: off
texts:
  long: |
    one: two
    three
`;

const source = { path: "parley.yaml", text: PROJECT };

test("the outline of parley.yaml has its keys with their values", () => {
  const names = (list: ReturnType<typeof dataSymbols>): unknown =>
    list.map(({ name, detail, children = [] }) => [name, detail, names(children)]);
  expect(names(dataSymbols(source))).toEqual([
    ["name", "shop", []],
    [
      "locales",
      undefined,
      [
        ["default", "en", []],
        ["others", '[it, "de"]', []],
      ],
    ],
    ["env", undefined, []],
    ["hours", undefined, [["office", "mon-fri 08:00-18:00", []]]],
    ["lint", undefined, [["P3001", "off", []]]],
    ["texts", undefined, [["long", "|", []]]],
  ]);
});

test("items of lists are read in brackets and line by line", () => {
  const tree = yamlTree(PROJECT);
  expect(entryAt(tree, "env")?.items.map(({ text }) => text)).toEqual(["SHOP_URL", "SHOP_KEY"]);
  expect(entryAt(tree, "locales", "others")?.items.map(({ text }) => text)).toEqual(["it", "de"]);
});

test("keys with more than a line are folded, and comments", () => {
  expect(dataFolds(source).map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
    [0, 1],
    [4, 6],
    [7, 8],
    [9, 10],
    [11, 14],
    [12, 14],
  ]);
});

test("a selection grows from the word to its entry and to the file", () => {
  const texts: string[] = [];
  const at = PROJECT.indexOf("08:00");
  for (let one: ReturnType<typeof dataSelection> | undefined = dataSelection(source, at); one; one = one.parent) {
    texts.push(PROJECT.slice(offsetAt(source, one.range.start), offsetAt(source, one.range.end)));
  }
  expect(texts).toEqual([
    '"mon-fri 08:00-18:00"',
    'office: "mon-fri 08:00-18:00"',
    'hours:\n  office: "mon-fri 08:00-18:00"',
    PROJECT,
  ]);
});

test("a file that is half-written keeps its keys", () => {
  expect(
    dataSymbols({ path: "parley.yaml", text: 'name: "shop\nhours: { office:\n  : x\nlint:\n' }).map((s) => s.name),
  ).toEqual(["name", "hours", "lint"]);
});

test("wherever a file is cut off, every key lies inside its entry and every entry inside the one around it", () => {
  const inside = (outer: Range, inner: Range, at: Source): boolean =>
    offsetAt(at, outer.start) <= offsetAt(at, inner.start) && offsetAt(at, inner.end) <= offsetAt(at, outer.end);
  const isWhole = (at: Source, { range, selectionRange, children = [] }: DocumentSymbol): boolean =>
    inside(range, selectionRange, at) && children.every((one) => inside(range, one.range, at) && isWhole(at, one));
  for (let length = 0; length <= PROJECT.length; length++) {
    const cut = { path: "parley.yaml", text: PROJECT.slice(0, length) };
    const broken = dataSymbols(cut).filter((one) => !isWhole(cut, one));
    expect(broken).toEqual([]);
    const { range } = dataSelection(cut, length);
    expect(offsetAt(cut, range.start)).toBeLessThanOrEqual(length);
    expect(dataFolds(cut).every(({ startLine, endLine }) => startLine < endLine)).toBe(true);
  }
});

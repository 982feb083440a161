import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Expr, FlowDecl } from "../../src/syntax/ast.ts";
import { deepFreeze } from "../../src/syntax/freeze.ts";
import { buildLexer } from "../../src/syntax/lexer.ts";
import { FlowParser } from "../../src/syntax/parser/file.ts";
import { isReserved, keywordOf, VOCABULARY } from "../../src/syntax/tokens.ts";
import { allFlows, brokenSpans, FIXTURES, findings, nodesOf, parseText } from "./support.ts";

test("the lexer and the grammar have no conflict that Chevrotain can find", () => {
  expect(() => buildLexer(false)).not.toThrow();
  expect(() => new FlowParser({ skipValidations: false })).not.toThrow();
});

describe("every flow of the examples and fixtures", () => {
  for (const { path, text } of allFlows()) {
    test(`${path} has no finding, and spans that nest`, () => {
      expect(findings(text)).toEqual([]);
      expect(brokenSpans(parseText(text).file)).toEqual([]);
    });
  }
});

test("the fixtures use every kind of node but those of broken input", () => {
  const declared = readFileSync(new URL("../../src/syntax/ast.ts", import.meta.url), "utf8").matchAll(
    /readonly kind: "(\w+)"/g,
  );
  const kinds = new Set([...declared].map((m) => m[1] as string));
  const used = new Set(
    allFlows().flatMap(({ text }) => [...nodesOf(parseText(text).file)].map(({ node }) => node["kind"])),
  );
  const unused = [...kinds].filter((kind) => !used.has(kind));
  expect(unused.filter((kind) => !/Missing|Invalid/.test(kind))).toEqual([]);
});

test("every clause word names a variable, a state, an ask and an option", () => {
  const { file } = parseText(readFileSync(`${FIXTURES}every-clause-word-as-a-name.flow`, "utf8"));
  const flow = file.declarations[0] as FlowDecl;
  const words = VOCABULARY.map(keywordOf).filter((word) => word !== undefined && !isReserved(word));
  const named = (kind: string, key: string): Set<unknown> =>
    new Set(
      [...nodesOf(flow)]
        .filter(({ node }) => node["kind"] === kind)
        .map(({ node }) => (node[key] as { text?: string }).text),
    );
  const missing = (names: Set<unknown>, but: readonly string[]): unknown[] =>
    words.filter((word) => !names.has(word) && !but.includes(word as string));
  expect(missing(named("FieldDecl", "name"), ["text"])).toEqual([]);
  expect(missing(named("StateDecl", "name"), ["end", "resume"])).toEqual([]);
  expect(missing(named("Label", "name"), ["end", "resume"])).toEqual([]);
  expect(missing(named("Option", "id"), ["end", "resume"])).toEqual([]);
});

describe("expressions", () => {
  /** The expression with every operation in parentheses. */
  function shaped(text: string): string {
    const { file, diagnostics } = parseText(`flow a { state s { set x = ${text} } }`);
    expect(diagnostics).toEqual([]);
    for (const { node } of nodesOf(file)) if (node["kind"] === "Set") return show(node["value"] as Expr);
    return "";
  }

  function show(e: Expr): string {
    switch (e.kind) {
      case "BinaryExpr":
        return `(${show(e.left)} ${e.op} ${show(e.right)})`;
      case "UnaryExpr":
        return `(${e.op} ${show(e.value)})`;
      case "IsNoneExpr":
        return `(${show(e.value)} is ${e.negated ? "not " : ""}none)`;
      case "ConditionalExpr":
        return `(if ${show(e.condition)} then ${show(e.then)} else ${show(e.orElse)})`;
      case "NameExpr":
        return e.name;
      case "NumberExpr":
        return String(e.value);
      case "FieldExpr":
        return `${show(e.of)}.${e.field.text}`;
      case "IndexExpr":
        return `${show(e.of)}[${show(e.index)}]`;
      case "CallExpr":
        return `${e.name.text}(${e.args.map(show).join(", ")})`;
      default:
        return e.kind;
    }
  }

  test.each([
    ["a or b and not c == d ?? e + f * -g", "(a or (b and (not (c == (d ?? (e + (f * (- g))))))))"],
    ["a - b - c", "((a - b) - c)"],
    ["a / b * c", "((a / b) * c)"],
    ["a ?? b ?? c", "((a ?? b) ?? c)"],
    ["not not a", "(not (not a))"],
    ["not a is none and b is not none", "((not (a is none)) and (b is not none))"],
    ["(a < b) == (c < d)", "((a < b) == (c < d))"],
    ["-a.b[c + 1].d", "(- a.b[(c + 1)].d)"],
    ["if a or b then c else if d then e else f", "(if (a or b) then c else (if d then e else f))"],
    ["f(a, -1, g())", "f(a, (- 1), g())"],
    ["a.if.none", "a.if.none"],
    ["a - 1", "(a - 1)"],
    ["1_000.5", "1000.5"],
  ])("%s", (text, expected) => expect(shaped(text)).toBe(expected));
});

test("doc comments belong to what follows them", () => {
  const { file } = parseText(
    '/// one\n///   two\ntype A = /// a case\n a | /// b case\n b\n// no doc\n/// f\nflow f(/// p\n p: text) {\n  /// v\n  var v: text\n  /// s\n  state s {\n    /// q\n    ask "x" {\n      /// o\n      option o\n    }\n  }\n}\n/// at the end\n',
  );
  const docs = [...nodesOf(file)].filter(({ node }) => node["doc"]).map(({ node }) => [node["kind"], node["doc"]]);
  expect(docs).toEqual([
    ["TypeDecl", "one\n  two"],
    ["EnumCase", "a case"],
    ["EnumCase", "b case"],
    ["FlowDecl", "f"],
    ["FieldDecl", "p"],
    ["FieldDecl", "v"],
    ["StateDecl", "s"],
    ["Ask", "q"],
    ["Option", "o"],
  ]);
});

test("a broken flow keeps what can be read of it", () => {
  const { file } = parseText(
    'flow a {\n  on message -> \n  var n: \n  state s {\n    say "a"\n    foo bar\n    ask "q" { option x "X" -> \n      option y -> s }\n    set n =\n    -> s\n',
  );
  const kinds = (kind: string): number => [...nodesOf(file)].filter(({ node }) => node["kind"] === kind).length;
  expect([
    kinds("Trigger"),
    kinds("FieldDecl"),
    kinds("StateDecl"),
    kinds("Say"),
    kinds("Option"),
    kinds("Set"),
    kinds("Arrow"),
  ]).toEqual([1, 1, 1, 1, 2, 1, 4]);
  expect([kinds("InvalidStatement"), kinds("MissingExpr"), kinds("MissingType")]).toEqual([1, 1, 1]);
});

test("a frozen tree cannot be written to", () => {
  const file = deepFreeze(parseText("flow a { state s { } }").file);
  const unfrozen = [...nodesOf(file)].filter(({ node }) => !Object.isFrozen(node));
  expect(unfrozen).toEqual([]);
});

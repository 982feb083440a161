import { describe, expect, test } from "vitest";
import type { Expr, Hole, TextExpr } from "../../src/syntax/ast.ts";
import { nodesOf, parseText } from "./support.ts";

/** The parts of the text in `say TEXT`: strings, and for holes what they hold. */
function parts(literal: string): unknown[] {
  const { file, diagnostics } = parseText(`flow a { state s { say ${literal} } }`);
  expect(diagnostics.map((d) => d.code)).toEqual([]);
  for (const { node } of nodesOf(file)) {
    if (node["kind"] === "Say") return ((node as { body?: TextExpr }).body?.parts ?? []).map(shown);
  }
  return [];
}

function shown(part: string | Hole): unknown {
  return typeof part === "string" ? part : [written(part.value)];
}

function written(e: Expr): string {
  switch (e.kind) {
    case "NameExpr":
      return e.name;
    case "FieldExpr":
      return `${written(e.of)}.${e.field.text}`;
    case "BinaryExpr":
      return `(${written(e.left)} ${e.op} ${written(e.right)})`;
    case "CallExpr":
      return `${e.name.text}(${e.args.map(written).join(", ")})`;
    case "TextExpr":
      return JSON.stringify(e.parts.map(shown));
    default:
      return e.kind;
  }
}

describe("one-line texts", () => {
  test("the empty text has no parts", () => expect(parts('""')).toEqual([]));
  test("escapes are resolved", () => {
    expect(parts(String.raw`"a \"b\" \\ \n \t \{c\} \u{1F355} \u{e9}"`)).toEqual(['a "b" \\ \n \t {c} 🍕 é']);
  });
  test("a lone closing brace is itself", () => expect(parts('"a } b"')).toEqual(["a } b"]));
  test("holes stand between strings", () => {
    expect(parts('"Hi {name}, {order.size.name}!"')).toEqual(["Hi ", ["name"], ", ", ["order.size.name"], "!"]);
  });
  test("white space in a hole does not count", () => expect(parts('"{ name }{ a . b }"')).toEqual([["name"], ["a.b"]]));
  test("holes hold texts with holes", () => {
    expect(parts('"Hi {name ?? "you {x} {"}"'.replace('{"}"', '"}"'))).toEqual([
      "Hi ",
      ['(name ?? ["you ",["x"]," "])'],
    ]);
    expect(parts('"{a ?? "{b ?? "{c}"}"}"')).toEqual([['(a ?? [["(b ?? [[\\"c\\"]])"]])']]);
  });
  test("braces in a hole belong to it", () => expect(parts('"{f({ a: { b: 1 } })}"')).toEqual([["f(RecordExpr)"]]));
  test("spans of holes include their braces", () => {
    const { file } = parseText('flow a { state s { say "Hi {name ?? "x"}" } }');
    const spans = [...nodesOf(file)].filter(({ node }) => node["kind"] === "Hole" || node["kind"] === "NameExpr");
    expect(spans.map(({ node }) => [node["start"], node["end"]])).toEqual([
      [27, 40],
      [28, 32],
    ]);
  });
});

describe("block texts", () => {
  const block = (...lines: string[]): string => `"""${lines.join("\n")}"""`;

  test("lose the first and last line break and the common indentation", () => {
    expect(parts(block("", "    Hello", "      you", "", "    Bye", "  "))).toEqual(["Hello\n  you\n\nBye"]);
  });
  test("keep what stands on the line of the opening quotes", () => {
    expect(parts(block("Hello", "    you"))).toEqual(["Hello\nyou"]);
  });
  test("join lines at a backslash", () => expect(parts(block("", "  one \\", "  line", ""))).toEqual(["one line"]));
  test("read CRLF as one line break", () => expect(parts('"""\r\n  a\r\n  b\r\n  """')).toEqual(["a\nb"]));
  test("count tabs and spaces as different", () => {
    expect(parts(block("", "\t a", "\t\tb", ""))).toEqual([" a\n\tb"]);
  });
  test("hold quotes and holes over several lines", () => {
    expect(parts(block("", '  say "hi" to {', "    name", "  }, {a}", ""))).toEqual([
      'say "hi" to ',
      ["name"],
      ", ",
      ["a"],
    ]);
  });
  test("have indentation that escapes do not change", () => {
    expect(parts(block("", "  a\\n", "    b", ""))).toEqual(["a\n\n  b"]);
  });
  test("may be empty", () => expect(parts(block("", "  "))).toEqual([]));
});

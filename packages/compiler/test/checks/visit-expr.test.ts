import { expect, test } from "vitest";
import { visitExpr } from "../../src/checks/visit-expr.ts";
import { parse } from "../../src/syntax/parse.ts";
import { spanText } from "../../src/text/source.ts";

/** The names in an expression, in the order in which they are visited. */
function namesIn(expr: string): readonly string[] {
  const { value } = parse({ path: "a.flow", text: `flow f { state s { let it = ${expr} -> end } }` });
  const flow = value.declarations.find((d) => d.kind === "FlowDecl");
  const it = flow?.states[0]?.body.statements.find((s) => s.kind === "Let");
  const names: string[] = [];
  if (it) visitExpr(it.value, (e) => e.kind === "NameExpr" && names.push(spanText(e)));
  return names;
}

test.each([
  [`"{a} and {b}"`, ["a", "b"]],
  ["f(a, b)", ["a", "b"]],
  ["a.b", ["a"]],
  ["a[b]", ["a", "b"]],
  ["not a", ["a"]],
  ["a is none", ["a"]],
  ["a + b", ["a", "b"]],
  ["if a then b else c", ["a", "b", "c"]],
  ["[a, b]", ["a", "b"]],
  ["[x for x in l]", ["l", "x"]],
  ["[x for x in l if c]", ["l", "c", "x"]],
  ["{ k: a, m: b }", ["a", "b"]],
  ["1", []],
])("all parts of %s are visited, each once", (expr, names) => expect(namesIn(expr)).toEqual(names));

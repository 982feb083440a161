import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { format } from "../../src/format.ts";
import { sourceOf } from "../syntax/support.ts";
import { FOLDER, formatted, treeOf } from "./support.ts";

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".before.flow"))
  .map((file) => file.slice(0, -".before.flow".length));

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), "utf8");
}

describe.each(names)("%s", (name) => {
  const before = read(`${name}.before.flow`);
  const after = read(`${name}.after.flow`);

  test("as in the file beside it", () => expect(formatted(before)).toBe(after));

  test("which is canonical and means the same", () => {
    expect(format(sourceOf(after))).toEqual({ kind: "formatted", text: after, changed: false });
    expect(treeOf(after)).toEqual(treeOf(before));
  });
});

/** The statements of a state, in canonical form, without their indentation. */
function statements(text: string): string {
  const whole = formatted(`flow f { state s {\n${text}\n} }`);
  return whole
    .split("\n")
    .slice(2, -3)
    .map((line) => line.slice(4))
    .join("\n");
}

describe("format", () => {
  test("writes line feeds and one at the end", () => {
    expect(formatted("type A = a|b\r\n\r\n\r\ntype B = c|d\r")).toBe("type A = a | b\n\ntype B = c | d\n");
    expect(formatted("")).toBe("");
    expect(formatted("\n \n")).toBe("");
    expect(formatted("// nothing")).toBe("// nothing\n");
  });

  test("leaves a file with syntax errors alone and tells them", () => {
    const result = format(sourceOf("flow f {\r\n  state s { say }\r\n}\r\n"));
    expect(result.kind).toBe("not formatted");
    if (result.kind === "formatted") return;
    expect(result.diagnostics.map((d) => [d.code, d.span.start])).toEqual([["P1001", 26]]);
  });

  test("never changes what is in texts", () => {
    const text = 'say "\\u{1F355} {  a  ??  "x"  }"\nsay """\n  two\n   lines {\n x }\t\n"""\nreact "👍"';
    expect(statements(text).replaceAll(/^ {4}/gm, "")).toContain('say "\\u{1F355} {  a  ??  "x"  }"');
    expect(formatted(`flow f { state s {\n${text}\n} }`)).toContain('say """\n  two\n   lines {\n x }\t\n"""\n');
  });

  test("keeps tokens apart that would be another one together", () => {
    expect(statements("set x = 1 . y\nset x = - 1 - - 1")).toBe("set x = 1 .y\nset x = -1 - -1");
    expect(formatted("type A = text ? ? type B = - 1 .. - 0")).toBe("type A = text? ?\ntype B = -1..-0\n");
  });

  test.each([
    ["option x when(a)and(b)->end", "option x when (a) and (b) -> end"],
    ["option x when at (a,b) [ 0 ]->end", "option x when at(a, b)[0] -> end"],
    ["for p in[a]{option{p.id}}", "for p in [a] { option {p.id} }"],
    ["thumbnail(a)product - b product[c]", "thumbnail (a)\n  product -b\n  product [c]"],
  ])("knows names from keywords: %s", (clause, expected) => {
    expect(statements(`ask "?" {\n${clause}\n}`)).toBe(`ask "?" {\n  ${expected}\n}`);
  });

  test("knows a block behind a variable from the id of an option", () => {
    expect(statements("if option{->end}")).toBe("if option { -> end }");
  });

  test("opens no brackets where a parameter would look like a clause", () => {
    const long = "a_parameter_with_a_long_name";
    const text = `action f(${long}: text(60), ${long}_2: text(60), after was later: number)\n`;
    expect(formatted(text)).toBe(text);
  });
});

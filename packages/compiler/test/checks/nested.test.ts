/** Statements and clauses are looked at wherever they stand. */
import { analyse } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { spanText } from "../../src/text/source.ts";

const TOO_LONG = "x".repeat(61);
const BAD = `send sticker "https://a.example/a.gif"`;

function told(source: string, code: string, settings: Parameters<typeof analyse>[1] = {}): readonly string[] {
  const { diagnostics } = analyse(source, settings);
  expect(diagnostics.filter((d) => d.code.startsWith("P1")).map((d) => d.code)).toEqual([]);
  return diagnostics.filter((d) => d.code === code).map((d) => spanText(d.span));
}

const HEAD = 'type C = one "1" | two "2"\naction act() -> number\n';
const flow = (statements: string, members = ""): string =>
  `${HEAD}flow f { on message -> s var n: number = 0 var c: C = C.one ${members} state s { ${statements} } }`;
const ask = (clauses: string): string => flow(`ask list "Q" { option z "Z" -> end ${clauses} } -> end`);

group("a message that is refused is told", () => {
  test.each([
    ["in a state", flow(`${BAD} -> end`)],
    ["in an `if`", flow(`if n > 1 { ${BAD} } -> end`)],
    ["in an `else`", flow(`if n > 1 { set n = 2 } else { ${BAD} } -> end`)],
    ["in an `else if`", flow(`if n > 1 { set n = 2 } else if n > 2 { ${BAD} } -> end`)],
    [
      "in an `else` behind an `else if`",
      flow(`if n > 1 { set n = 2 } else if n > 2 { set n = 3 } else { ${BAD} } -> end`),
    ],
    ["in the first arm of a `match`", flow(`match c { one { ${BAD} } two { set n = 2 } } -> end`)],
    ["in the last arm of a `match`", flow(`match c { one { set n = 2 } two { ${BAD} } } -> end`)],
    ["where an action fails", flow(`do act() else { ${BAD} } -> end`)],
    ["where an action of a `let` fails", flow(`let k = act() else { ${BAD} } say "{k}" -> end`)],
    ["where an action of a `set` fails", flow(`set n = act() else { ${BAD} } -> end`)],
    ["behind an option", ask(`option a "A" { ${BAD} }`)],
    ["behind an option of a section", flow(`ask list "Q" { section "S" { option a "A" { ${BAD} } } } -> end`)],
    ["behind an option of a `for`", flow(`ask list "Q" { for x in ["u"] { option {x} "{x}" { ${BAD} } } } -> end`)],
    ["behind words", ask(`text "w" { ${BAD} }`)],
    ["behind a time-out", ask(`after 1h { ${BAD} }`)],
    ["behind anything else", ask(`else { ${BAD} }`)],
    ["behind the last retry", ask(`else "E" retry 2 { ${BAD} }`)],
    ["where there are no options", ask(`empty { ${BAD} }`)],
    ["behind a time-out of the flow", flow('ask text t: "Q" -> end', `after 1h { ${BAD} }`)],
    ["behind anything else in the flow", flow('ask buttons "Q" { option a "A" } -> end', `else { ${BAD} }`)],
    ["where people hand it back", flow(`handoff "q" { back after 1h { ${BAD} -> end } }`)],
  ])("%s", (_, source) => {
    expect(told(source, "P3021")).toEqual([`"https://a.example/a.gif"`]);
  });
});

group("a clause is looked at", () => {
  test.each<readonly [where: string, source: string, code: string, at: string]>([
    ["the words of `else` of an ask", ask(`else "${"x".repeat(4097)}"`), "P3006", "x"],
    ["the words of `else` of a flow", flow("-> end", `else "${"x".repeat(4097)}"`), "P3006", "x"],
    ["a footer of a text", flow(`say "A" { footer "F" } -> end`), "P3014", 'footer "F"'],
    ["a footer of an ask", flow(`ask buttons "Q" { footer "${TOO_LONG}" option a "A" } -> end`), "P3007", "x"],
    [
      "a footer of products",
      flow(`send products "P" { header "H" footer "${TOO_LONG}" product "a" } -> end`),
      "P3007",
      "x",
    ],
  ])("%s", (_, source, code, at) => {
    expect(told(source, code, { catalog: "1948" })).toEqual([at]);
  });

  test("a section of products is none of a list", () => {
    const sections = Array.from({ length: 11 }, (_, i) => `section "S${i}" { product "p${i}" }`).join(" ");
    const source = flow(`send products "P" { header "H" ${sections} } -> end`);
    expect(told(source, "P3015", { catalog: "1948" })).toEqual(['"S10"']);
    expect(told(source, "P3003", { catalog: "1948" })).toEqual([]);
  });
});

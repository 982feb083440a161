import { analyse, applyFix } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { ask, found, inState } from "../programs.ts";

/** The source after the first fix of the first finding with that code. */
function fixed(code: string, source: string): string {
  const d = analyse(source).diagnostics.find((finding) => finding.code === code);
  const fix = d?.fixes[0];
  if (!fix) throw new Error(`no fix for ${code} in ${source}`);
  return applyFix(source, fix);
}

const four = `option a "A" option b "B" option c "C" option d "D"`;
const rows = Array.from({ length: 11 }, (_, i) => `option o${i} "O${i}"`).join(" ");

test.each([
  ["P2001", `flow f { on message -> welcom state welcome { -> end } }`, "-> welcome state"],
  ["P2001", inState(`ask buttns "Q" { option a "A" }`), "ask buttons"],
  ["P2001", inState(`set contact.locale = "een"`), `"en"`],
  ["P2003", `flow f { on message -> s var n: 1..9 = 1 state s { set n = n + 1 -> end } }`, "clamp(n + 1, 1, 9)"],
  ["P2003", `flow f(x: number) { var n: 1..9 = 1 state s { set n = x -> end } }`, "clamp(round(x), 1, 9)"],
  ["P2003", `flow f(t: text(9)) { var n: text(3)? state s { set n = t -> end } }`, "clip(t, 3)"],
  ["P2005", `flow f(r: { name: text }) { state s { say "{r.nam}" -> end } }`, "r.name"],
  ["P2007", `type E = a | b flow f(e: E) { state s { match e { a { } } -> end } }`, "b {}"],
  ["P2008", `action a() ${inState("do a()")}`, "do a() else -> end"],
  ["P3001", ask(`buttons "Q"`, four), `ask "Q"`],
  ["P3002", ask(`list "Q"`, rows), `more "More"`],
  ["P3004", ask(`"Q"`, `option a "A title with many long words" -> end`), `short "A title with many long" -> end`],
  [
    "P3004",
    ask(`list "Q"`, `option a "Supercalifragilisticexpialidocious" "D"`),
    `"D" short "Supercalifragilisticexpi"`,
  ],
  ["P3005", ask(`buttons "Q"`, `option a "A" "Why"`), `option a "A" }`],
  ["P3009", ask(`"Q"`, `option a "A" option a "B"`), `option a_2 "B"`],
  ["P3011", ask(`"Q"`, `footer "" option a "A"`), `{ option a`],
  ["P3013", ask(`list "Q"`, `open "${"x".repeat(30)}" option a "A"`), `{ option a`],
  ["P3014", inState(`ask text "Q" { header "H" }`), `ask text "Q" { }`],
  ["P3016", `flow f(t: text(99)) { state s { ask "Q" { option a "{t}" } -> end } }`, "{clip(t, 24)}"],
  ["P3020", ask(`"Q"`, `option a "A\\nB"`), `"A B"`],
  ["P3020", ask(`"Q"`, `option a " A "`), `"A"`],
  ["P3022", ask(`"Q"`, `option a "A" when window.open`), "empty -> end"],
  ["P6001", `template hello() { body "B" } ${inState("send template helo()")}`, "template hello()"],
])("the fix of %s removes it and adds nothing: %s", (code, source, part) => {
  const after = fixed(code, source);
  expect(after).toContain(part);
  expect(found(after)).toEqual([]);
});

test("letting the layout be chosen is not safe where a list cannot hold the header", () => {
  const safe = (clauses: string): boolean | undefined =>
    analyse(ask(`buttons "Q"`, `${clauses} ${four}`)).diagnostics.find((d) => d.code === "P3001")?.fixes[0]?.safe;
  expect(safe("")).toBe(true);
  expect(safe(`header image "https://a.example/a.png"`)).toBe(false);
});

test("every safe fix of the findings above keeps ids and arms", () => {
  const source = ask(`buttons "Q"`, four);
  const ids = (text: string): readonly string[] => [...analyse(text).names.ids.values()];
  expect(ids(fixed("P3001", source))).toEqual(ids(source));
});

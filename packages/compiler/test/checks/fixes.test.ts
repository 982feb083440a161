import { analyse, applyFix, findings } from "@parley/compiler/testing";
import { expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { ask, inState } from "../programs.ts";

/** The source after the first fix of the first finding with that code. */
function fixed(code: string, source: string): string {
  const d = analyse(source, SETTINGS).diagnostics.find((finding) => finding.code === code);
  const fix = d?.fixes[0];
  if (!fix) throw new Error(`no fix for ${code} in ${source}`);
  return applyFix(source, fix);
}

const four = `option a "A" option b "B" option c "C" option d "D"`;
const rows = Array.from({ length: 11 }, (_, i) => `option o${i} "O${i}"`).join(" ");

/** One row for each code with a repair, more where it takes several forms. */
const REPAIRS: readonly (readonly [code: string, source: string, part: string])[] = [
  ["P1001", `flow f { on message -> s state s { if true && false { } -> end } }`, "true and false"],
  ["P1002", `flow f { on message -> s state s { say "Hi\n -> end } }`, `"Hi"`],
  ["P1003", inState("wait 10min"), "wait 10m"],
  ["P1003", inState("wait 30m1h"), "wait 1h30m"],
  ["P1003", inState("wait 1.5h"), "wait 1h30m"],
  ["P1003", inState(`say "a\\d"`), `"a\\\\d"`],
  ["P1005", `action a(text: number) ${inState("do a(1) else -> end")}`, "a(text_: number)"],
  ["P2002", `type E = a | a flow f(e: E = E.a) { on message -> s state s { say "{e}" -> end } }`, "a | a_2"],
  ["P2002", `flow f { on message -> s var n: 1..9 = 1 var n: 1..9 = 2 state s { say "{n}" -> end } }`, "= 1 state"],
  ["P2004", `flow f { on message -> s var n: text(9)? state s { say "{n}" -> end } }`, `{n ?? "-"}`],
  ["P2004", `flow f { on message -> s var n: number? state s { if n + 1 > 2 { } -> end } }`, "(n ?? 0) + 1"],
  ["P2004", `flow f(n: 1..9) { on message -> s state s { say "{n}" -> end } }`, "n: 1..9 = 1)"],
  ["P2006", `action a(x: number) ${inState("do a(1, 2, 3) else -> end")}`, "do a(1) else"],
  ["P2006", inState(`say "{upper("a", "b")}"`), `upper("a")`],
  ["P2009", inState(`if env.TOKN == "x" { }`), "env.TOKEN"],
  ["P3017", inState(`react "👍👍"`), `react "👍"`],
  ["P3021", inState(`send image "www.a.example/a.png"`), `"https://www.a.example/a.png"`],
  ["P3025", ask(`"Q"`, `option a "*A*"`), `option a "A"`],
  ["P4001", `flow f { on message -> s state s { wait 30h say "Hi" -> end } }`, "if window.open"],
  ["P4002", `flow f { on event e() -> s state s { say "Hi" -> end } }`, "if window.open"],
  ["P4003", ask(`"Q"`, `option a "A" after 3h { say "3" } after 2h { say "2" }`), `after 2h { say "2" } after 3h`],
  ["P5001", `flow f { on message -> s state s { -> end }\n/// Nobody\n state t { -> end } }`, "-> end } }"],
  ["P5002", `flow f { on message -> s state s { say "Hi" } }`, "-> end"],
  ["P5005", `flow f { on text "a" -> s on text "b", "A" -> s state s { -> end } }`, `on text "b" ->`],
  ["P5005", `flow f { on message -> s on message -> s state s { -> end } }`, `on message -> s state`],
  ["P5006", inState("let x = 1"), "{ -> end"],
  ["P5006", `action a() -> number ${inState("let x = a() else -> end")}`, "do a() else"],
  ["P5009", inState(`-> end say "A"`).replace(" -> end }", " }"), "{ -> end } }"],
  [
    "P6002",
    `template t(x: text) { body "Here is the {x} of yours." } ${inState(`send template t("a", "b")`)}`,
    `t("a")`,
  ],
  ["P8002", `// parley-ignore P5006: why\n${inState("")}`, "flow f"],
  ["P9005", inState(`send image "https://a.example/a" ask buttons "Q" { option a "A" }`), "{ header image"],
  ["P9005", inState(`send image "https://a.example/a" say "Hi"`), `caption "Hi"`],
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
];

const SETTINGS = { env: ["TOKEN"] };

/** All that is found, but for what the small programs above leave unused. */
function all(source: string): readonly (readonly [string, string])[] {
  return findings(source, SETTINGS).map(([code, text]) => [code, text]);
}

test.each(REPAIRS)("the fix of %s removes it and adds nothing: %s", (code, source, part) => {
  const after = fixed(code, source);
  expect(after).toContain(part);
  const before = all(source).map(String);
  expect(
    all(after)
      .map(String)
      .filter((finding) => !before.includes(finding)),
  ).toEqual([]);
  expect(all(after).map(([found]) => found)).not.toContain(code);
  expect(parse({ path: "a.flow", text: after }).diagnostics).toEqual([]);
});

test("at least thirty codes have a repair", () => {
  expect(new Set(REPAIRS.map(([code]) => code)).size).toBeGreaterThanOrEqual(30);
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

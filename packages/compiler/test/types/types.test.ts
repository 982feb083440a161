import { analyse, sentences } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { show } from "../../src/types/show.ts";
import { found, inState } from "../programs.ts";

/** A flow with parameters and variables, and its one state's statements. */
function flow(declared: string, statements: string, before = ""): string {
  const [params, vars = ""] = declared.split("|");
  return `${before} flow f(${params}) { ${vars} state s { ${statements} -> end } }`;
}

/** The type of an expression over parameters. */
function typeOf(params: string, expr: string, before = ""): string {
  const { names, types, diagnostics } = analyse(flow(params, `let it = ${expr}`, before));
  const errors = diagnostics.filter((d) => /^P[12]/.test(d.code)).map((d) => d.code);
  if (errors.length > 0) return errors.join(" ");
  const it = [...names.slots.keys()].find((node) => node.kind === "Let");
  const type = it && types.ofDecl.get(it);
  return type ? show(type) : "nothing";
}

group("types of expressions", () => {
  test.each([
    ["1", "1"],
    ["1.5", "number"],
    ["-3", "-3"],
    [`"abc"`, "text(3)"],
    [`"{n}/{t}"`, "text(23)"],
    [`"{x}"`, "text(20)"],
    ["n + 1", "2..21"],
    ["n - n", "-19..19"],
    ["n * 2", "2..40"],
    ["n * x", "number"],
    ["n / 2", "number"],
    ["n / n", "number?"],
    ["n / 0", "number?"],
    ["-n", "-20..-1"],
    ["now() + 1h", "moment"],
    ["today() - 1d", "date"],
    ["1h + 30m", "duration"],
    [`t + "x"`, "text(21)"],
    ["n == 1", "bool"],
    ["n < x and true", "bool"],
    ["not b", "bool"],
    ["o is none", "bool"],
    [`o ?? "x"`, "text(9)"],
    ["o ?? o", "text(9)?"],
    [`if b then 1 else 5`, "1..5"],
    [`if b then "a" else none`, "text(1)?"],
    ["[1, 5]", "1..5[2..2]"],
    ["[]", "[]"],
    ["[i * 2 for i in l]", "2..6[1..4]"],
    ["[i for i in l if i > 1]", "2..3[..4]"],
    ["l[0]", "1..3?"],
    ["{ a: 1 }", "{ a: 1 }"],
    ["r.a", "text(5)"],
    ["E.a", "E"],
    ["x + n", "number"],
    ["if b then n else x", "number"],
    ["if b then E.a else E.b", "E"],
    ["if b then l else [9]", "1..9[1..4]"],
    ["if b then [] else l", "1..3[..4]"],
    ["if b then none else n", "1..20?"],
    ["if b then r else { a: t }", "{ a: text(20) }"],
    ["if b then { a: 1 } else { c: 2 }", "{ a: 1?, c: 2? }"],
    ["-x", "number"],
    ["-(1h)", "duration"],
    ["n / -2", "number"],
    ["x * x", "number"],
    ["b or not b", "bool"],
    ["1h < 2h", "bool"],
    ["now() > now() - 1h", "bool"],
    ["o == none", "bool"],
    ["none != o", "bool"],
    ["if o != none then o else t", "text(20)"],
    ["if none != o then o else t", "text(20)"],
    ["if o == t then o else t", "text(20)"],
    ["if t == o then o else t", "text(20)"],
    ["if not (o is none) then o else t", "text(20)"],
    ["if not (o != none and b) then t else o", "text(20)"],
  ])("%s", (expr, type) => {
    const params = "n: 1..20, x: number, t: text(20), b: bool, o: text(9)?, l: 1..3[1..4], r: { a: text(5) }";
    expect(typeOf(params, expr, "type E = a | b")).toBe(type);
  });
});

group("types of functions", () => {
  test.each([
    ["len(t)", "0..20"],
    ["len(l)", "1..4"],
    ["clip(t, 5)", "text(5)"],
    ["clip(t, 50)", "text(20)"],
    ["upper(t)", "text(60)"],
    ["lower(t)", "text(40)"],
    ["trim(t)", "text(20)"],
    [`replace(t, "ab", "xyz")`, "text(30)"],
    [`contains(t, "a")`, "bool"],
    [`join(ts, ", ")`, "text(22)"],
    ["count(l)", "1..4"],
    ["sum(l)", "1..12"],
    ["min(l)", "1..3"],
    ["max(e)", "1..3?"],
    ["min(n, 5)", "1..5"],
    ["max(n, 5)", "5..20"],
    ["sort(l)", "1..3[1..4]"],
    ["round(n)", "1..20"],
    ["mod(n, 7)", "0..6"],
    ["clamp(n + 1, 1, 20)", "2..20"],
    ["number(t)", "number?"],
    ["format(x, 2)", "text(20)"],
    ["now()", "moment"],
    ["today()", "date"],
    ["date(2026, 1, 31)", "date?"],
    ["time(8, 30)", "time?"],
    ["year(today())", "0..9999"],
    ["hour(now())", "0..23"],
    ["add_months(today(), 1)", "date"],
    ["days(today(), today() + 1d) > 0", "bool"],
    ["random(6)", "1..6"],
    [`variant("greeting", 2)`, "1..2"],
    ["id(s)", "text(5)"],
    ["title(t)", "text(60)"],
    ["len(p)", "0..16"],
    ["clip(u, 3000)", "text(2000)"],
    ["upper(p)", "text(48)"],
    [`join(us, "-")`, "text(4001)"],
    ["sum(xs)", "number"],
    ["min(xs)", "number?"],
    ["min(x, n)", "number"],
    ["max(today(), today())", "date"],
    ["round(x)", "-999999999999999..999999999999999"],
    ["round(x, 2)", "number"],
    ["mod(n, n)", "0..19"],
    ["mod(n, n - 5)", "0..14?"],
    ["mod(0 - n, 7)", "-6..0"],
    ["mod(x, 7)", "number"],
    ["mod(n, x)", "number?"],
    ["clamp(x, 1, 20)", "number"],
    ["clamp(n, 9, 3)", "3..9"],
    ["format(n, 0)", "text(2)"],
    ["format(today(), t)", "text(480)"],
    [`format(today(), "d MMMM")`, "text(27)"],
    ["at(today(), time(8, 0) ?? z)", "moment"],
  ])("%s", (expr, type) => {
    const params =
      "n: 1..20, x: number, t: text(20), l: 1..3[1..4], e: 1..3[..4], ts: text(10)[1..2], s: Size, p: phone, u: url, us: url[1..2], xs: number[..2], z: time";
    expect(typeOf(params, expr, `type Size = small "S" | large "L"`)).toBe(type);
  });
});

group("P2003 values that do not fit", () => {
  test.each([
    ["text into a number", "|var n: 1..9 = 1", `set n = "x"`, '"x"'],
    ["a range that goes beyond", "|var n: 1..20 = 1", "set n = n + 1", "n + 1"],
    ["a number into a range", "x: number|var n: 1..20 = 1", "set n = x", "x"],
    ["a text that is too long", '|var t: text(3) = "abc"', `set t = "abcd"`, '"abcd"'],
    ["a blank text", '|var t: text(3) = "abc"', `set t = ""`, '""'],
    ["an initial value", "|var n: 1..9 = 10", "", "10"],
    ["a longer list", "|var l: 1..3[1..2] = [1]", "set l = [1, 2, 3]", "[1, 2, 3]"],
    ["an item of a list", "|var l: 1..3[1..2] = [1]", "set l = [1, 7]", "7"],
    ["a field of a record", "|var r: { a: 1..3 } = { a: 1 }", "set r = { a: 9 }", "9"],
    ["a field that is missing", '|var r: { a: 1..3, b: text } = { a: 1, b: "x" }', "set r = { a: 1 }", "{ a: 1 }"],
    ["a condition", "n: 1..9", 'if n { say "x" }', "n"],
    ["an operand of `not`", "n: 1..9", 'if not n { say "x" }', "n"],
    ["operands that do not go together", "n: 1..9, t: text", "let y = n + t", "n + t"],
    ["values that are never equal", "n: 1..9, t: text", "let y = n == t", "n == t"],
    ["texts have no order", "t: text", "let y = t < t", "t < t"],
    ["an argument of a function", "n: 1..9", "let y = upper(n)", "n"],
    ["a size that is not written out", "n: 1..9, t: text", "let y = clip(t, n)", "n"],
    ["a bool in a hole", "b: bool", `say "{b}"`, "b"],
    ["a moment in a hole", "", `say "{now()}"`, "now()"],
    ["a list in a hole", "l: text[..3]", `say "{l}"`, "l"],
    ["a record in a hole", "r: { a: text }", `say "{r}"`, "r"],
    ["ways that give different types", "b: bool", 'let y = if b then 1 else "x"', 'if b then 1 else "x"'],
    ["`match` on a text", "t: text", "match t { else { } }", "t"],
    ["a `wait` for a text", "t: text", "wait t", "t"],
    ["rows of no list", "t: text", `ask "Q" { for x in t { option a "A" } }`, "t"],
    ["an option's id", "n: 1..9", `ask "Q" { option {n} "N" }`, "n"],
    ["an action in an expression", "", `say "{a(1)}"`, "a(1)"],
    ["an argument of an action", "", `do a("x")`, '"x"'],
    ["an action without a result", "", "let y = c()", "c()"],
    ["`else` of what cannot fail", "", "let y = 1 else -> end", "-> end"],
    ["a `let` is not set", "", "let y = 1 set y = 2", "y"],
    ["`contact` is not set", "", `set contact.name = "x"`, "contact.name"],
    ["a type is no value", "", "let y = [number]", "number"],
    ["a type has no fields", "", "let y = Pair.a", "Pair"],
    ["`env` is no value", "", `say "{env}"`, "env"],
    ["a file to send", "n: 1..9", "send image n", "n"],
    ["a place to send", "t: text", "send location t, 1", "t"],
    ["a text that can be too long", 't: text(9)|var v: text(3) = "abc"', "set v = t", "t"],
    ["a list that can be longer", "a: 1..3[..5]|var l: 1..3[..2] = [1]", "set l = a", "a"],
    ["a minus before a text", "t: text", "let y = -t", "t"],
    ["texts are not multiplied", "t: text", "let y = t * 2", "t * 2"],
    ["texts are not divided", "t: text", "let y = t / 2", "t / 2"],
    ["a duration is not added to a text", "t: text", "let y = t + 1h", "t + 1h"],
    ["cases of two enums", "b: bool", "let y = if b then Yes.a else No.a", "if b then Yes.a else No.a"],
    ["a case and a text", "b: bool", 'let y = if b then Yes.a else "a"', 'if b then Yes.a else "a"'],
    ["lists with nothing in common", "b: bool", 'let y = if b then [1] else ["a"]', 'if b then [1] else ["a"]'],
    [
      "records with nothing in common",
      "b: bool",
      'let y = if b then { a: 1 } else { a: "a" }',
      'if b then { a: 1 } else { a: "a" }',
    ],
    ["files are not compared", "m: media, n: media", "let y = m == n", "m == n"],
    ["an index that is a text", "l: text[..3], t: text", "let y = l[t]", "t"],
    ["an item of a text", "t: text", "let y = t[0]", "t"],
    ["a comprehension over a text", "t: text", "let y = [c for c in t]", "t"],
    ["the case of another enum", "|var v: Yes = Yes.a", "set v = No.a", "No.a"],
    ["a type of an enum as a value", "b: bool", "let y = [b, Yes]", "Yes"],
    ["what an action that gives nothing is", '|var v: text = "a"', "set v = c()", "c()"],
  ])("%s", (_, declared, statements, at) => {
    const actions =
      "type Pair = { a: text } type Yes = a | b type No = a | b action a(n: 1..9) -> text(9) infallible action c() infallible";
    expect(found(flow(declared, statements, actions))).toEqual([["P2003", at]]);
  });

  test.each([
    ["ask text", "n: 1..9", `ask text "Q" as n`],
    ["ask number", "n: text", `ask number "Q" as n`],
    ["ask date", "n: text", `ask date "Q" as n`],
    ["ask location", "n: text", `ask location "Q" as n`],
    ["ask image", "n: text", `ask image "Q" as n`],
    ["ask contact", "n: text", `ask contact "Q" as n`],
    ["options", "n: 1..9", `ask "Q" as n { option a "A" }`],
  ])("what %s gives", (_, params, statements) => {
    expect(found(flow(params, statements))).toEqual([["P2003", "n"]]);
  });

  test.each([
    ["text", "v: text(9)", `ask text "Q" as v`],
    ["a range", "v: 1..9", `ask number "Q" as v`],
    ["a value that may be missing", "v: date?", `ask date "Q" as v`],
    ["several files", "v: media[1..5]", `ask media "Q" as v`],
    ["an option's id", "v: text(9)", `ask "Q" as v { option abc "A" }`],
  ])("%s takes the answer", (_, params, statements) => {
    expect(found(flow(params, statements))).toEqual([]);
  });

  test("an option whose id is too long for the variable", () => {
    expect(found(flow("v: text(3)", `ask "Q" as v { option abcd "A" option abc "B" }`))).toEqual([["P2003", "abcd"]]);
  });

  test.each([
    ["a range without numbers", `type A = 9..1`, "9..1"],
    ["a size of a number", `type A = number(3)`, "3"],
    ["a text of no characters", `type A = text(0)`, "0"],
    ["a type that contains itself", `type A = { a: A? }`, "A"],
    ["a hole in a label", `type A = a "{contact.id}" | b`, "{contact.id}"],
  ])("%s", (_, source, at) => {
    expect(found(source)).toEqual([["P2003", at]]);
  });

  test("results of flows", () => {
    const g = (body: string, result = "-> text(9)"): string => `flow g() ${result} { state s { ${body} } }`;
    expect(found(g("return 1"))).toEqual([["P2003", "1"]]);
    expect(found(g("return"))).toEqual([["P2003", "return"]]);
    expect(found(g(`return "x"`, ""))).toEqual([["P2003", '"x"']]);
    expect(found(g(`return "x"`))).toEqual([]);
    const call = (type: string): string => flow(`|var v: ${type}`, "call g() as v", g(`return "x"`));
    expect(found(call("text(9)"))).toEqual([]);
    expect(found(call("text(8)"))).toEqual([["P2003", "v"]]);
    expect(found(flow("|var v: text(9)", "call g() as v", g("return", "")))).toEqual([["P2003", "v"]]);
  });

  test("results of flows that follow one another agree", () => {
    const to = (result: string): string =>
      `flow g() ${result} { state s { -> end } } flow f() -> text(9) { state s { -> g() } }`;
    expect(found(to("-> text(9)"))).toEqual([]);
    expect(found(to("-> number"))).toEqual([["P2003", "g"]]);
    expect(found(to(""))).toEqual([["P2003", "g"]]);
  });

  test("an event is declared alike everywhere", () => {
    const f = (name: string, type: string): string => `flow ${name} { on event e(x: ${type}) -> s state s { -> end } }`;
    expect(found(`${f("a", "text")} ${f("b", "text")}`)).toEqual([]);
    expect(found(`${f("a", "text")} ${f("b", "number")}`)).toEqual([["P2003", "e"]]);
  });

  test("comparison narrows a range", () => {
    const source = (condition: string): string => flow("|var n: 1..20 = 1", `if ${condition} { set n = n + 1 }`);
    expect(found(source("n < 20"))).toEqual([]);
    expect(found(source("20 > n"))).toEqual([]);
    expect(found(source("not (n >= 20)"))).toEqual([]);
    expect(found(source("n <= 20"))).toEqual([["P2003", "n + 1"]]);
  });
});

group("P2004 values that may be missing", () => {
  const cases = (declared: string, statements: string): ReturnType<typeof found> => found(flow(declared, statements));
  test.each([
    ["a hole", `say "{o}"`],
    ["an argument", `say "{upper(o)}"`],
    ["an operand", `let y = o + "x"`],
    ["`match` and fields", `say "{r.a}"`],
  ])("in %s", (_, statements) => {
    const at = statements.includes("r.a") ? "r" : "o";
    expect(cases("o: text(9)?, r: { a: text }?", statements)).toEqual([["P2004", at]]);
  });
  test.each([
    ["`is not none`", `if o is not none { say "{o}" }`],
    ["`!= none`", `if o != none { say "{o}" }`],
    ["`is none` and `else`", `if o is none { say "none" } else { say "{o}" }`],
    ["an early leave", `if o is none { -> end } say "{o}"`],
    ["`and`", `if o is not none and o == "x" { say "{o}" }`],
    ["`or`", `if o is none or b { -> end } say "{o}"`],
    ["`not`", `if not (o is none) { say "{o}" }`],
    ["equality", `if o == "x" { say "{o}" }`],
    ["`if` in an expression", `say "{if o is none then "x" else o}"`],
    ["`??`", `say "{o ?? "x"}"`],
    ["a field", `if r.a is not none { say "{r.a}" }`],
    ["an assignment", `set o = "x" say "{o}"`],
    ["an answer", `ask text "Q" as o say "{o}"`],
    ["`when`", `ask "Q" { option a "{o}" when o is not none option b "B" }`],
    ["a comprehension", `say "{join([upper(p.a ?? "x") for p in l if p.a is not none], ",")}"`],
  ])("%s narrows", (_, statements) => {
    expect(cases("o: text(9)?, b: bool, r: { a: text(9)? }, l: { a: text(9)? }[1..2]", statements)).toEqual([]);
  });
  test.each([
    ["after the branch", `if o is not none { say "x" } say "{o}"`],
    ["in the other branch", `if o is not none { say "x" } else { say "{o}" }`],
    ["after it was set", `if o is none { -> end } set o = p say "{o}"`],
    ["on one of two ways", `if b { set o = "x" } say "{o}"`],
    ["after `or`", `if o is not none or b { say "{o}" }`],
    ["after a reminder set it", `if o is none { -> end } ask "Q" { option a "A"\n after 1h { set o = p } } say "{o}"`],
  ])("%s nothing is known", (_, statements) => {
    expect(cases("o: text(9)?, b: bool, p: text(9)?", statements)).toEqual([["P2004", "o"]]);
  });
  test("what is known of `profile` does not outlive an ask", () => {
    const source = (between: string): string =>
      `profile { n: text(9)? } ${inState(`if profile.n is none { -> end } ${between} say "{profile.n}"`)}`;
    expect(found(source(""))).toEqual([]);
    expect(found(source(`ask text "Q"`))).toEqual([["P2004", "profile.n"]]);
  });
  test("a profile field without a value at first may be missing", () => {
    expect(found(`profile { n: text(9) } ${inState(`say "{profile.n}"`)}`)).toEqual([["P2004", "profile.n"]]);
    expect(found(`profile { n: 0..9 = 0 } ${inState(`say "{profile.n}"`)}`)).toEqual([]);
  });
  test("`reply` is there once the contact has written", () => {
    const body = (before: string): string => `${before} match reply.kind { text { } else { } } -> end`;
    expect(found(`flow f { on message -> s state s { ${body("")} } }`)).toEqual([]);
    const silent = (before: string): string => `flow f { on event e() -> s state s { ${body(before)} } }`;
    expect(found(silent(""))).toEqual([["P2004", "reply"]]);
    expect(found(silent("if reply is none { -> end }"))).toEqual([]);
    expect(found(silent(`ask text "Q"`))).toEqual([]);
  });
  test("a parameter of a flow that a message starts", () => {
    const source = (param: string): string => `flow f(p: ${param}) { on message -> s state s { -> end } }`;
    expect(found(source("text"))).toEqual([["P2004", "p"]]);
    expect(found(source("text?"))).toEqual([]);
    expect(found(source(`text = "x"`))).toEqual([]);
  });
  test("the value of a call whose failure goes on", () => {
    const source = (arm: string): string => `action a() -> text(9) ${inState(`let x = a() else ${arm} say "{x}"`)}`;
    expect(found(source("-> end"))).toEqual([]);
    expect(found(source(`{ say "Sorry" }`))).toEqual([["P2004", "x"]]);
  });
});

group("P2004 variables that are not set", () => {
  const unset = (body: string, more = ""): ReturnType<typeof found> =>
    found(`flow f { on message -> s var v: 1..9 var w: bool = true ${more} ${body} }`);
  test.each([
    ["read at once", `state s { say "{v}" -> end }`],
    ["set on one way only", `state s { if w { set v = 1 } say "{v}" -> end }`],
    ["set in the other state", `state s { if w { -> t } set v = 1 -> t } state t { say "{v}" -> end }`],
    ["set by an option's arm only", `state s { ask "Q" { option a "A" { set v = 1 } option b "B" } say "{v}" -> end }`],
    [
      "set by the answer, but not where text goes on",
      `state s { ask number "Q" as v { text "x" { } } say "{v}" -> end }`,
    ],
    ["read in a reminder", `state s { ask number "Q" as v { after 1h { say "{v}" } } -> end }`],
    [
      "read where nothing came",
      `state s { ask number "Q" as v { after 1h -> t } -> end } state t { say "{v}" -> end }`,
    ],
    ["set in a loop, read before", `state s { say "{v}" set v = 1 -> s }`],
  ])("%s", (_, body) => {
    expect(unset(body)).toEqual([["P2004", "v"]]);
  });
  test.each([
    ["set before", `state s { set v = 1 say "{v}" -> end }`],
    ["set on both ways", `state s { if w { set v = 1 } else { set v = 2 } say "{v}" -> end }`],
    ["set or left", `state s { if w { -> end } else { set v = 2 } say "{v}" -> end }`],
    ["set by the answer", `state s { ask number "Q" as v say "{v}" -> end }`],
    ["set in every state before", `state s { set v = 1 if w { -> t } -> t } state t { say "{v}" -> end }`],
    ["set before a loop", `state s { set v = 1 -> t } state t { say "{v}" ask "Q" { option a "A" -> t } }`],
    ["never read", `state s { -> end }`],
    ["read in a state that nothing leads to", `state s { -> end } state t { say "{v}" -> end }`],
  ])("%s", (_, body) => {
    expect(unset(body)).toEqual([]);
  });
  test("by the flow's own `after`, at every ask", () => {
    const after = `after 1h -> t state t { say "{v}" -> end }`;
    expect(unset(`state s { ask number "Q" as v -> end }`, after)).toEqual([["P2004", "v"]]);
    expect(unset(`state s { set v = 1 ask number "Q" as v -> end }`, after)).toEqual([]);
  });
  test("an event's parameters are set only where it starts the flow", () => {
    const source = (on: string): string =>
      `flow f { ${on} on event e(p: text(9)) -> t state s { -> t } state t { say "{p}" -> end } }`;
    expect(found(source(""))).toEqual([]);
    expect(found(source("on message -> s"))).toEqual([["P2004", "p"]]);
  });
  test("a variable of an enum is set by any option of its ask", () => {
    const source = (option: string): string => `type E = a "A" | b "B"
      flow f { on message -> s var e: E state s { ask "Q" as e { ${option} } say "{e}" -> end } }`;
    expect(found(source(`option a "A!"`))).toEqual([]);
  });
  test("more variables than fit one walk are followed all the same", () => {
    const names = Array.from({ length: 70 }, (_, i) => `v${i}`);
    const vars = names.map((name) => `var ${name}: 1..9`).join(" ");
    const sets = names
      .slice(0, 69)
      .map((name) => `set ${name} = 1`)
      .join(" ");
    const source = `flow f { on message -> s ${vars} state s { ${sets} say "${names.map((n) => `{${n}}`).join("")}" -> end } }`;
    expect(found(source)).toEqual([["P2004", "v69"]]);
  });
});

test("P2005: unknown fields", () => {
  expect(found(flow("r: { name: text }", `say "{r.nam}"`))).toEqual([["P2005", "nam"]]);
  expect(found(flow("t: text", `say "{t.name}"`))).toEqual([["P2005", "name"]]);
  expect(found(flow("|var r: { a: 1..3 } = { a: 1 }", "set r = { a: 1, b: 2 }"))).toEqual([["P2005", "b"]]);
  expect(found(inState("set profile.x = 1"))).toEqual([["P2005", "x"]]);
  expect(found(`profile { y: 0..9 = 0 } ${inState("set profile.x = 1")}`)).toEqual([["P2005", "x"]]);
  expect(found(inState(`say "{contact.nam ?? "x"}"`))).toEqual([["P2005", "nam"]]);
});

test("P2006: numbers of arguments", () => {
  const before = "action a(n: 1..9, o: text?) infallible flow g(n: 1..9) { state s { return } }";
  expect(found(flow("", "do a()", before))).toEqual([["P2006", "a"]]);
  expect(found(flow("", "do a(1)", before))).toEqual([]);
  expect(found(flow("", `do a(1, "x", 3)`, before))).toEqual([["P2006", "a"]]);
  expect(found(flow("", "call g()", before))).toEqual([["P2006", "g"]]);
  expect(found(flow("", "let y = now(1)", before))).toEqual([["P2006", "now"]]);
  expect(found(`flow f { on scheduled e(n: 1..9) -> s state s { schedule e() in 1h -> end } }`)).toEqual([
    ["P2006", "e"],
  ]);
});

group("P2007 match", () => {
  const match = (arms: string): string => flow("e: E", `match e { ${arms} }`, "type E = a | b | c");
  test("says what is missing", () => {
    expect(found(match("a { }"))).toEqual([["P2007", "match"]]);
    expect(sentences(match("a { }"))).toContain("P2007 the match says nothing for `b` and `c` of `E`");
  });
  test("is whole with all cases or `else`", () => {
    expect(found(match("a { } b, c { }"))).toEqual([]);
    expect(found(match("a { } else { }"))).toEqual([]);
  });
  test("a case stands once, and none that the enum has not", () => {
    expect(found(match("a { } a { } b, c { }"))).toEqual([["P2002", "a"]]);
    expect(found(match("a { } b { } cc { }"))).toEqual([["P2001", "cc"]]);
  });
});

test("P2008: an action that can fail has an `else`", () => {
  const source = (kind: string, statement: string): string => `action a() -> text(9) ${kind} ${inState(statement)}`;
  for (const statement of ["let x = a()", "do a()"]) {
    expect(found(source("", statement))).toEqual([["P2008", statement.includes("let") ? "a()" : "a"]]);
    expect(found(source("infallible", statement))).toEqual([]);
    expect(found(source("", `${statement} else -> end`))).toEqual([]);
  }
});

test("P2009: `env` names are declared in the project", () => {
  const source = `action a() -> text GET "https://a.example" header "A" "{env.TOKEN}"`;
  expect(found(source)).toEqual([["P2009", "TOKEN"]]);
  expect(found(source, { env: ["TOKEN"] })).toEqual([]);
});

test("P6001 and P6002: templates that are sent", () => {
  const template = `template order_ready(n: text(9)) { category utility body "Here is the B {n} of yours." }`;
  expect(found(flow("", `send template order_redy("x")`, template))).toEqual([["P6001", "order_redy"]]);
  expect(found(flow("", "send template order_ready()", template))).toEqual([["P6002", "order_ready"]]);
  expect(found(flow("", `send template order_ready("x")`, template))).toEqual([]);
  expect(found(flow("", `send template order_ready("0123456789")`, template))).toEqual([["P2003", '"0123456789"']]);
});

test("personal fields are known, also behind a name", () => {
  const { types } = analyse(`type Secret = personal text profile { a: personal text?, b: Secret?, c: text? }`);
  expect([...types.personal.keys()].map((field) => field.name.text)).toEqual(["a", "b"]);
});

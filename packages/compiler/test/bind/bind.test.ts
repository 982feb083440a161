import { analyse } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { found, inState } from "../programs.ts";

group("P2001 unknown names", () => {
  test.each([
    ["a type", `type A = Nothing`, "Nothing"],
    ["a variable", inState(`say "{nothing}"`), "nothing"],
    ["a state", `flow f { on message -> nothing state s { -> end } }`, "nothing"],
    ["a flow", inState(`call nothing()`), "nothing"],
    ["a flow behind an arrow", `flow f { on message -> s state s { -> nothing() } }`, "nothing"],
    ["an action", inState(`do nothing() else -> end`), "nothing"],
    ["a function", inState(`let x = nothing(1)`), "nothing"],
    ["a kind of ask", inState(`ask nothing "Q"`), "nothing"],
    ["an event that is scheduled", inState(`schedule nothing() in 1h`), "nothing"],
    ["an event that is cancelled", inState(`cancel nothing`), "nothing"],
    ["what `as` sets", inState(`ask text "Q" as nothing`), "nothing"],
    ["what `set` sets", inState(`set nothing = 1`), "nothing"],
    ["what `call` sets", `flow g { state s { return } } ${inState(`call g() as nothing`)}`, "nothing"],
    ["a case", `type E = a | b ${inState(`let x = E.nothing`)}`, "nothing"],
    ["a built-in case", inState(`let x = MediaKind.nothing`), "nothing"],
    ["a flow of a test", `test "t" in nothing { user says "hi" }`, "nothing"],
    ["an event of a test", `test "t" { event nothing() }`, "nothing"],
    ["an action of a test", `test "t" { mock nothing fails }`, "nothing"],
    ["a template of a test", `test "t" { expect template nothing }`, "nothing"],
    ["a state of a test", `${inState("")} test "t" in f { expect state nothing }`, "nothing"],
    ["an ask of a test", `${inState("")} test "t" in f { user taps "x" of nothing }`, "nothing"],
    ["an option of a test", `${inState(`ask "Q" { option a "A" }`)} test "t" in f { user taps nothing }`, "nothing"],
    ["a locale of a test", `test "t" { locale nothing }`, "nothing"],
    ["a locale that is set", inState(`set contact.locale = "nothing"`), "nothing"],
    ["opening hours", inState(`if open("nothing") { say "Open" }`), "nothing"],
  ])("%s", (_, source, name) => {
    expect(found(source)).toEqual([["P2001", name]]);
  });
  test("`failure` is a name only where an action failed", () => {
    const source = (before: string, inside: string): string =>
      `action a() ${inState(`${before} do a() else { ${inside} }`)}`;
    const check = `if failure == Failure.timeout { say "Slow" }`;
    expect(found(source("", check))).toEqual([]);
    expect(found(source(check, ""))).toEqual([["P2001", "failure"]]);
  });
  test("a `let` is known to the end of its block", () => {
    const inner = `if window.open { let x = 1 say "{x}" }`;
    expect(found(inState(inner))).toEqual([]);
    expect(found(inState(`${inner} say "{x}"`))).toEqual([["P2001", "x"]]);
  });
  test("a `let` is known in the arms of an ask", () => {
    expect(found(inState(`let x = 1 ask "Q" { option a "A" { say "{x}" } after 1h { say "{x}" } }`))).toEqual([]);
  });
  test("rows and items are known only inside", () => {
    const source = (more: string): string => `action all() -> text(9)[1..3] infallible
      ${inState(`let all = all() ask "Q" { for a in all { option {a} "{a}" } } ${more}`)}`;
    expect(found(source(""))).toEqual([]);
    expect(found(source(`say "{a}"`))).toEqual([["P2001", "a"]]);
    expect(found(source(`let b = [clip(x, 3) for x in all] say "{x}"`))).toEqual([["P2001", "x"]]);
  });
  test("a test without a flow knows no variables", () => {
    const flow = `flow f { on message -> s var n: 1..9 = 1 state s { -> end } }`;
    expect(found(`${flow} test "t" in f { expect that n == 1 }`)).toEqual([]);
    expect(found(`${flow} test "t" { expect that n == 1 }`)).toEqual([["P2001", "n"]]);
  });
});

group("suggestions", () => {
  const message = (source: string): string => {
    const d = analyse(source).diagnostics.find((found) => found.code === "P2001");
    return JSON.stringify({ similar: d?.args["similar"], known: d?.args["known"], more: d?.args["more"] });
  };
  test("a similar name is offered, with an edit where there is one", () => {
    const source = `flow f { on message -> welcom state welcome { -> end } }`;
    expect(message(source)).toBe('{"similar":["welcome"],"known":[],"more":0}');
    const [d] = analyse(source).diagnostics;
    expect(d?.fixes.map((fix) => fix.title)).toEqual(["Write `welcome`"]);
  });
  test("a random name gets none, but what exists", () => {
    const source = `flow f { on message -> zzzzzz state welcome { -> end } }`;
    expect(message(source)).toBe('{"similar":[],"known":["welcome"],"more":0}');
  });
  test("at most five of what exists", () => {
    const states = ["one", "two", "three", "four", "five", "six", "seven"]
      .map((s) => `state ${s} { -> end }`)
      .join(" ");
    expect(message(`flow f { on message -> zzzzzzzzz ${states} }`)).toContain(`"more":2`);
  });
});

group("P2002 names that stand twice", () => {
  test.each([
    ["types", `type A = text type A = number`, "A"],
    ["cases", `type A = a | b | a`, "a"],
    ["fields", `type A = { a: text, a: text }`, "a"],
    ["a built-in type", `type text = number`, "text"],
    ["actions", `action a() action a()`, "a"],
    ["an action and a function", `action clip()`, "clip"],
    ["parameters", `action a(x: text, x: text)`, "x"],
    ["templates", `template t() { body "B" } template t() { body "B" }`, "t"],
    ["flows", `flow f { state s { -> end } } flow f { state s { -> end } }`, "f"],
    ["states", `flow f { state s { -> end } state s { -> end } }`, "s"],
    ["variables", `flow f { var x: 1..9 = 1 var x: 1..9 = 1 state s { -> end } }`, "x"],
    ["a variable and a parameter", `flow f(x: 1..9) { var x: 1..9 = 1 state s { -> end } }`, "x"],
    ["`let`s of a state", inState(`let x = 1 let x = 2`), "x"],
    ["waits", inState(`wait 1h wait 2h`), "wait"],
    ["asks without a name", inState(`ask text "A" ask text "B"`), "ask"],
    ["asks of one name", inState(`ask text a: "A" ask text a: "B"`), "a"],
    ["calls", `flow g { state s { return } } ${inState(`call g() call g()`)}`, "g"],
    ["messages", inState(`say a: "A" say a: "B"`), "a"],
    ["profiles", `profile { a: text? } profile { b: text? }`, "profile"],
  ])("%s", (_, source, name) => {
    expect(found(source)).toEqual([["P2002", name]]);
  });
  test("the first place is shown", () => {
    const d = analyse(`type A = text type A = number`).diagnostics.find((finding) => finding.code === "P2002");
    expect(d?.related.map(({ span }) => span.start)).toEqual([5]);
  });
  test("names of different kinds do not meet", () => {
    expect(found(`type a = text action a() infallible template a() { body "B" } ${inState(`do a()`)}`)).toEqual([]);
  });
});

group("identity", () => {
  const ids = (statements: string, before = ""): readonly string[] => [
    ...analyse(`${before} ${inState(statements)}`).names.ids.values(),
  ];
  test("asks, waits and calls", () => {
    const flow = `flow g { state s { return } }`;
    const source = `ask text "A" ask text b: "B" wait 1h wait pause: 1h call g() call first: g()`;
    expect(ids(source, flow)).toEqual(["f.s", "f.s.b", "f.s.wait", "f.s.pause", "f.s.g", "f.s.first"]);
  });
  test("messages without a name are numbered, named ones are not", () => {
    expect(ids(`say "A" say b: "B" send image "https://a.example"`)).toEqual(["f.s.b", "f.s~1", "f.s~2"]);
  });
  test("calls of one action are numbered from the second on", () => {
    const calls = `let x = a() let y = a() do a()`;
    expect(ids(calls, `action a() -> text infallible`)).toEqual(["f.s.a", "f.s.a~2", "f.s.a~3"]);
  });
  test("a call of an action gives way to an ask of its name", () => {
    expect(ids(`do a() ask text a: "A"`, `action a() infallible`)).toEqual(["f.s.a", "f.s.a~2"]);
  });
  test("slots are the variable's name, or state and name", () => {
    const { names } = analyse(`flow f(p: text) { state s { let x = p say "{x}" -> end } }`);
    const slots = [...names.refs.values()].flatMap((ref) => ("slot" in ref ? [ref.slot] : []));
    expect(slots).toEqual(["p", "s.x"]);
    expect([...names.slots.values()]).toEqual(["s.x"]);
  });
  test("rows of one name in two sections have slots of their own", () => {
    const rows = (name: string): string => `section "${name}" { for r in all { option {r} "{r}" } }`;
    const { names } = analyse(
      `action all() -> text(9)[1..3] infallible ${inState(`let all = all() ask "Q" { ${rows("A")} ${rows("B")} }`)}`,
    );
    expect([...names.slots.values()]).toEqual(["s.all", "s.r", "s.r~2"]);
  });
  test("paths of tests are full ids", () => {
    const { names } = analyse(`${inState(`ask text a: "A"`)}
      test "t" in f { expect state s expect state s.a expect state f.s user taps "x" of a user taps "x" of f.s.a }`);
    expect([...names.places.values()]).toEqual(["f.s", "f.s.a", "f.s", "f.s.a", "f.s.a"]);
  });
});

test("files of a project share one namespace", () => {
  const types = `type Size = small | large`;
  expect(found({ "a.flow": inState(`let s = Size.small`), "b.flow": types })).toEqual([]);
  expect(found({ "a.flow": types, "b.flow": types })).toEqual([["P2002", "Size"]]);
});

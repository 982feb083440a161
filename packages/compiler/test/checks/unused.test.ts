/** P5006: what counts as used, what it is called, and what may be deleted. */
import { analyse, applyFix, type Sources } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";

const only = (sources: Sources): ReturnType<typeof analyse>["diagnostics"] =>
  analyse(sources).diagnostics.filter(({ code }) => code === "P5006");
const told = (sources: Sources): readonly unknown[] => only(sources).map(({ args }) => args);

const flow = (statements: string, head = ""): string => `flow f { on message -> s ${head} state s { ${statements} } }`;

group("what nothing uses is told by its kind", () => {
  test.each<readonly [what: string, text: string, name: string, deleted: string | undefined]>([
    ["type", `type T = { a: number } ${flow("-> end")}`, "T", flow("-> end")],
    ["type", `type T = x | y ${flow("-> end")}`, "T", flow("-> end")],
    ["action", `action a(n: number) ${flow("-> end")}`, "a", flow("-> end")],
    ["template", `template t() { body "B" } ${flow("-> end")}`, "t", flow("-> end")],
    [
      "parameter",
      `action a(n: number) GET "https://a.example/x" ${flow("do a(1) else -> end -> end")}`,
      "n",
      undefined,
    ],
    ["parameter", `template t(n: text = "X") { body "B" } ${flow('send template t("Y") -> end')}`, "n", undefined],
    ["field of `profile`", `profile { name: text? } ${flow("-> end")}`, "name", undefined],
    ["flow", `${flow("-> end")} flow g { state s { -> end } }`, "g", undefined],
    ["scheduled event", flow("-> end", "on scheduled late() -> s"), "late", undefined],
    ["parameter", `${flow("-> g(1)")} flow g(n: number) { state s { -> end } }`, "n", undefined],
    ["variable", flow("-> end", "var n: number = 1"), "n", flow("-> end", "")],
    ["`let`", flow("let n = 1 -> end"), "n", flow("-> end")],
    [
      "`let`",
      `action a(n: number) -> number ${flow("let k = a(1) else -> end -> end")}`,
      "k",
      `action a(n: number) -> number ${flow("do a(1) else -> end -> end")}`,
    ],
  ])("a %s", (what, text, name, deleted) => {
    const found = only(text);
    expect(found.map(({ args }) => args)).toEqual([{ what, name, problem: "unused" }]);
    const squeezed = (source: string): string => source.replaceAll(/\s+/g, " ").trim();
    expect(found[0]?.fixes.map((fix) => [fix.safe, squeezed(applyFix(text, fix))])).toEqual(
      deleted === undefined ? [] : [[false, squeezed(deleted)]],
    );
  });

  test("a variable that is only set is told so, and not deleted", () => {
    const found = only(flow("set n = 2 -> end", "var n: number = 1"));
    expect(found.map(({ args, fixes }) => [args, fixes])).toEqual([
      [{ what: "variable", name: "n", problem: "unread" }, []],
    ]);
  });

  test("the call of an action keeps running, by a fix that says so", () => {
    const text = `action a(n: number) -> number ${flow("let k = a(1) else -> end -> end")}`;
    expect(only(text)[0]?.fixes.map(({ title }) => title)).toEqual(["Call the action without keeping its result"]);
  });
});

group("it is used", () => {
  test.each<readonly [how: string, sources: Sources]>([
    [
      "in another file",
      {
        a: `type T = x | y action act() template t() { body "B" }`,
        b: flow("do act() else -> end send template t() -> end", "var v: T = T.x").replace(
          "do act()",
          "if v == T.x { -> end } do act()",
        ),
      },
    ],
    [
      "as a field of `profile` in another file",
      {
        a: "profile { name: text? }",
        b: flow("if profile.name is none { -> end } -> end"),
        c: `flow g { on text "g" -> s state s { -> end } }`,
      },
    ],
    ["by an arrow of another file", { a: flow("-> g()"), b: "flow g { state s { -> end } }" }],
    [
      "by a schedule of another file",
      { a: flow("schedule late() in 1h -> end"), b: `flow g { on scheduled late() -> s state s { -> end } }` },
    ],
    [
      "by the host, which gets the parameters of an action that is no request",
      `action a(n: number) ${flow("do a(1) else -> end -> end")}`,
    ],
    [
      "by the host, whatever is said of the time that it has",
      `action a(n: number) timeout 20s ${flow("do a(1) else -> end -> end")}`,
    ],
    ["by the host, which raises an event", flow("-> end", "on event e(n: number) -> s")],
  ])("%s", (_, sources) => expect(told(sources)).toEqual([]));

  test("not by a test, which keeps it from being deleted", () => {
    const text = `action a() ${flow("-> end")} test "t" { mock a fails user says "x" }`;
    expect(only(text).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test("nothing is told of a flow with a way that is not known", () => {
    expect(told(flow("-> nowhere", "var n: number = 1"))).toEqual([]);
  });

  test("nothing is told of what has no name, or a name that is declared twice", () => {
    expect(told(flow("-> end", "var : number = 1"))).toEqual([]);
    expect(told(flow("-> end", "var n: number = 1 var n: number = 2"))).toHaveLength(1);
    expect(told(`${flow("-> g(1)")} flow g(n: number, n: number) { state s { -> end } }`)).toHaveLength(1);
  });
});

group("a field of `profile`", () => {
  const fields = "profile { name: text?, age: number? }";
  const unused = (statements: string, head = ""): readonly unknown[] =>
    only(`${fields} ${head} ${flow(`${statements} -> end`)}`).map(({ args }) => args["name"]);

  test.each<readonly [what: string, statements: string, names: readonly string[]]>([
    ["is used where it is read", "if profile.name is none { -> end }", ["age"]],
    ["is used wherever white space stands", "if profile .\n  name is none { -> end }", ["age"]],
    ["is used where it is set", 'set profile.name = "A"', ["age"]],
    ["is not used by a field of `contact` of its name", "if contact.name is none { -> end }", ["name", "age"]],
    ["is used where `profile` is kept as a whole", "let p = profile if p.name is none { -> end }", []],
  ])("%s", (_, statements, names) => expect(unused(statements)).toEqual(names));

  test("is used where another file has `profile` as a whole", () => {
    const files = { a: fields, b: flow("let p = profile if p.name is none { -> end } -> end"), c: "type T = x | y" };
    expect(told(files)).toEqual([{ what: "type", name: "T", problem: "unused" }]);
  });

  test("is used where `profile` is handed over as a whole", () => {
    const head = "type P = { name: text?, age: number? } action a(p: P)";
    expect(unused("do a(profile) else -> end", head)).toEqual([]);
  });
});

group("a test that names it is no use, and keeps it from being deleted", () => {
  test.each([
    ["a mock", "action a()", "mock a fails"],
    ["an expected call", "action a()", "expect call a()"],
    ["an expected template", 'template a() { category utility body "B" }', "expect template a"],
  ])("%s", (_, head, step) => {
    const found = only(`${head} ${flow("-> end")} test "t" { ${step} user says "x" }`);
    expect(found.map(({ args, fixes }) => [args["name"], fixes])).toEqual([["a", []]]);
  });
});

group("of several, only what is not used is told", () => {
  test.each([
    ["parameters", `${flow("-> g(1, 2)")} flow g(n: number, m: number) { state s { say "{n}" -> end } }`, "m"],
    ["variables", flow('say "{n}" -> end', "var n: number = 1 var m: number = 2"), "m"],
    ["constants", flow('let n = 1 let m = 2 say "{n}" -> end'), "m"],
  ])("%s", (_, text, name) => expect(only(text).map(({ args }) => args["name"])).toEqual([name]));
});

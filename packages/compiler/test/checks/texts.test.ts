/** Every text that has a limit, by what it is called and where it stands; links, ids and clauses at their boundaries. */
import { analyse, applyFix } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { spanText } from "../../src/text/source.ts";
import { ask, inState } from "../programs.ts";

const only = (text: string, code: string): ReturnType<typeof analyse>["diagnostics"] =>
  analyse(text).diagnostics.filter((d) => d.code === code);
const told = (text: string, code: string): readonly unknown[] => only(text, code).map((d) => d.args);
const x = (count: number): string => "x".repeat(count);

const card = (body: string, link: string): string =>
  `card image "https://a.example/a.jpg" body "${body}" { link "${link}" "https://a.example/" }`;
const ITEM = 'product "sku"';
const LINK = 'link "L" "https://a.example"';

group("a text that is too long is told with its name, and none that is as long as can be", () => {
  test.each<readonly [what: string, max: number, code: string, text: (words: string) => string]>([
    ["the text", 4096, "P3006", (words) => inState(`say "${words}"`)],
    ["the text", 1024, "P3006", (words) => inState(`say "${words}" { ${LINK} }`)],
    ["the header", 60, "P3008", (words) => inState(`say "A" { ${LINK} header "${words}" }`)],
    ["the footer", 60, "P3007", (words) => inState(`say "A" { ${LINK} footer "${words}" }`)],
    ["the title of the link", 20, "P3004", (words) => inState(`say "A" { link "${words}" "https://a.example" }`)],
    ["the caption", 1024, "P3006", (words) => inState(`send image "https://a.example/a.jpg" caption "${words}"`)],
    ["the text", 1024, "P3006", (words) => inState(`send product "sku" body "${words}"`)],
    ["the text", 1024, "P3006", (words) => inState(`send products "${words}" { header "H" ${ITEM} }`)],
    ["the header", 60, "P3008", (words) => inState(`send products "T" { header "${words}" ${ITEM} }`)],
    ["the text", 1024, "P3006", (words) => inState(`send catalog "${words}"`)],
    ["the text", 1024, "P3006", (words) => inState(`send carousel "${words}" { ${card("B", "L")} ${card("B", "L")} }`)],
    [
      "the text of a card",
      160,
      "P3006",
      (words) => inState(`send carousel "T" { ${card("B", "L")} ${card(words, "L")} }`),
    ],
    [
      "the title of the link",
      20,
      "P3004",
      (words) => inState(`send carousel "T" { ${card("B", "L")} ${card("B", words)} }`),
    ],
    ["the text", 4096, "P3006", (words) => inState(`ask text "${words}"`)],
    ["the text", 1024, "P3006", (words) => ask(`"${words}"`, 'option a "A"')],
    ["the text", 1024, "P3006", (words) => ask(`buttons "${words}"`, 'option a "A"')],
    ["the text", 1024, "P3006", (words) => ask(`list "${words}"`, 'option a "A"')],
    ["the text", 1024, "P3006", (words) => inState(`ask location "${words}"`)],
    ["the text", 1024, "P3006", (words) => inState(`ask catalog "${words}"`)],
    ["the text", 1024, "P3006", (words) => inState(`ask product "sku" body "${words}"`)],
    ["the text", 4096, "P3006", (words) => inState(`ask image "${words}"`)],
    ["the text of `else`", 4096, "P3006", (words) => ask('"Q"', `option a "A" else "${words}"`)],
    ["the header", 60, "P3008", (words) => ask('"Q"', `header "${words}" option a "A"`)],
    ["the footer", 60, "P3007", (words) => ask('"Q"', `footer "${words}" option a "A"`)],
    ["the title of `a`", 20, "P3004", (words) => ask('buttons "Q"', `option a "${words}"`)],
    ["the title of `a`", 24, "P3004", (words) => ask('list "Q"', `option a "${words}"`)],
    [
      "the short title",
      20,
      "P3004",
      (words) => ask('buttons "Q"', `option a "A longer title than allowed" short "${words}"`),
    ],
    ["the description", 72, "P3005", (words) => ask('list "Q"', `option a "A" "${words}"`)],
    [
      "the title of the section",
      24,
      "P3004",
      (words) => ask('list "Q"', `section "${words}" { option a "A" } section "S" { option b "B" }`),
    ],
    ["the text that opens the list", 20, "P3013", (words) => ask('list "Q"', `open "${words}" option a "A"`)],
    ["the title of `more`", 24, "P3004", (words) => ask('list "Q"', `more "${words}" option a "A"`)],
  ])("%s: %i (%s)", (what, max, code, text) => {
    const lengths = (words: string): readonly unknown[] =>
      analyse(text(words)).diagnostics.flatMap((d) =>
        d.args["max"] === max ? [[d.code, d.args["what"], d.args["length"]]] : [],
      );
    expect(lengths(x(max))).toEqual([]);
    expect(lengths(x(max + 1))).toEqual([[code, what, max + 1]]);
  });
});

test("a text without a link is a text message, whatever else it has", () => {
  expect(told(inState(`say "${x(1025)}" { footer "F" }`), "P3006")).toEqual([]);
});

test("the link of a header with a file is no text of it", () => {
  expect(told(inState(`say "A" { ${LINK} header image "https://a.example/${x(99)}.jpg" }`), "P3008")).toEqual([]);
});

group("a link (P3021)", () => {
  const long = `htp://${x(40)}`;
  test.each<readonly [link: string, args: object]>([
    ["htp://a", { problem: "scheme", found: "htp://a" }],
    ["just words", { problem: "scheme", found: "just words" }],
    ["see https://a.example", { problem: "scheme", found: "see https://a.example" }],
    ["", { problem: "scheme", found: "" }],
    [long, { problem: "scheme", found: `${long.slice(0, 40)}…` }],
    [long.slice(0, 40), { problem: "scheme", found: long.slice(0, 40) }],
    ["https://", { problem: "host", found: "https://" }],
    ["http:///a", { problem: "host", found: "http:///a" }],
    ["https://?q", { problem: "host", found: "https://?q" }],
    ["https:// a", { problem: "host", found: "https:// a" }],
    ["https://a.example/b c", { problem: "space", found: "https://a.example/b c" }],
    ["https://a.example/{reply ?? 1}/b c", { problem: "space", found: "https://a.example/" }],
  ])("%j is none", (link, args) => {
    expect(told(inState(`send image "${link}"`), "P3021")).toEqual([args]);
  });

  const decl = (param: string, clauses = ""): string => `template t(${param}) { category utility ${clauses} body "B" }`;
  test.each<readonly [where: string, text: string]>([
    ["a text", inState('say "A" { link "L" "nope" }')],
    [
      "a card",
      inState(`send carousel "T" { ${card("B", "L")} ${card("B", "L").replace("https://a.example/a.jpg", "nope")} }`),
    ],
    [
      "the link of a card",
      inState(`send carousel "T" { ${card("B", "L")} ${card("B", "L").replace('"https://a.example/"', '"nope"')} }`),
    ],
    ["the header of an ask", ask('buttons "Q"', 'header image "nope" option a "A"')],
    ["the header of a template", `${decl("", 'header image "nope"')} ${inState("send template t()")}`],
    ["the link of a template", `${decl("", 'link "L" "nope"')} ${inState("send template t()")}`],
    [
      "an argument that is a file",
      `${decl('f: media = "https://a.example/a.jpg"', "header image f")} ${inState('send template t("nope")')}`,
    ],
    [
      "an argument of an ask",
      `${decl('f: media = "https://a.example/a.jpg"', 'header image f option a "A"')} ${inState('ask template t("nope") { option a -> end }')}`,
    ],
  ])("of %s has to be one", (_, text) => {
    expect(told(text, "P3021")).toEqual([{ problem: "scheme", found: "nope" }]);
  });

  test.each([
    "https://a.example",
    "http://a.example/b?c#d",
    "HTTPS://A.EXAMPLE/a.jpg",
    "https://a.example/{reply ?? 1}",
    "https://{reply ?? 1}",
  ])("%s is one", (link) => expect(told(inState(`send image "${link}"`), "P3021")).toEqual([]));

  test("that begins with a value is none but for a URL", () => {
    expect(told(inState('let n = "x" send image "{n}/a"'), "P3021")).toEqual([{ problem: "unknown", found: "" }]);
    expect(told(inState('send image "{nobody}/a"'), "P3021")).toEqual([]);
    expect(told(`flow f(u: url) { state s { send image "{u}/a" -> end } }`, "P3021")).toEqual([]);
  });

  const fixed = (link: string): string | undefined => {
    const text = inState(`send image "${link}"`);
    const [fix] = only(text, "P3021")[0]?.fixes ?? [];
    expect(fix?.safe).not.toBe(true);
    return fix && applyFix(text, fix);
  };
  test.each([
    ["a.example", "https://a.example"],
    ["a.b-c.example/b", "https://a.b-c.example/b"],
    ["//a.example/b", "https://a.example/b"],
    ["a.example:80", "https://a.example:80"],
  ])("that is %s without its beginning gets it", (link, by) => expect(fixed(link)).toBe(inState(`send image "${by}"`)));
  test.each(["nope", "a.e", "a.example!", "x a.example", "-> a.example"])(
    "that could be anything gets nothing: %s",
    (link) => {
      expect(fixed(link)).toBeUndefined();
    },
  );
});

group("options", () => {
  test("of one id: the second is called by the next number that is free", () => {
    const text = ask('list "Q"', 'option a "A" section "S" { option a "B" } option a_2 "C"');
    const [found, ...others] = only(text, "P3009");
    expect(others).toEqual([]);
    expect(found?.args).toEqual({ id: "a" });
    expect(found?.fixes.map(({ title, safe }) => [title, safe])).toEqual([["Call it `a_3`", false]]);
    expect(found?.related.map(({ message }) => message)).toEqual(["`a` stands here first"]);
  });

  test("without a title are told by their id", () => {
    expect(told(ask('list "Q"', 'option a option b "B"'), "P3011")).toEqual([
      { what: "the title of `a`", problem: "missing" },
    ]);
    expect(told(ask('list "Q"', "for n in [1, 2] { option {n} }"), "P3011")).toEqual([
      { what: "the title of the option", problem: "missing" },
    ]);
    expect(told(ask('list "Q"', "for n in nobody { option {n} }"), "P3011")).toEqual([]);
    expect(
      told(`type E = a "A" | b "B" ${inState('ask list "Q" { for e in [E.a] { option {e} } }')}`, "P3011"),
    ).toEqual([]);
  });

  test.each<readonly [why: string, clauses: string]>([
    ["it has none", ""],
    ["its option has a `when`", 'option a "A" when contact.name is none'],
    [
      "each of its options has a `when`",
      'option a "A" when contact.name is none option b "B" when contact.name is not none',
    ],
    ["`rows` can be empty", 'for r in rows { option {r} "R" }'],
    ["`rows` can be empty", 'option a "A" when contact.name is none for r in rows { option {r} "R" }'],
  ])("are missing where %s", (why, clauses) => {
    const text = `action rows() -> text(9)[..3] ${inState(`let rows = rows() else -> end ask list "Q" { ${clauses} }`)}`;
    expect(told(text, "P3022")).toEqual([{ why }]);
    const titles = only(text, "P3022").flatMap(({ fixes }) => fixes.map(({ title, safe }) => [title, safe]));
    expect(titles).toEqual(clauses === "" ? [] : [["End the conversation when there are none", false]]);
  });

  test.each<readonly [under: string, head: string]>([
    ["buttons", 'buttons "Q"'],
    ["list", 'list "Q"'],
    ["ask", '"Q"'],
  ])("that are missing are told at `%s`", (under, head) => {
    const found = only(inState(`ask ${head}`), "P3022");
    expect(found.map(({ span }) => spanText(span))).toEqual([under]);
  });

  test.each<readonly [why: string, text: string]>([
    ["of a kind that does not exist", inState('ask foo "Q"')],
    ["into a variable of no known type", inState('ask buttons "Q" as nobody')],
    ["that another message answers", inState('ask text "Q"')],
    [
      "into a variable of an enum",
      `type C = a "A" | b "B" flow f { on message -> s var c: C = C.a state s { ask buttons "Q" as c -> end } }`,
    ],
  ])("are not missing in an ask %s", (_, text) => expect(told(text, "P3022")).toEqual([]));

  test("of one id are told wherever they stand, but not in an ask that shows none", () => {
    const twice = 'option a "A" option a "B"';
    expect(told(ask('text "Q"', twice), "P3009")).toEqual([{ id: "a" }]);
    expect(told(ask('location "Q"', twice), "P3009")).toEqual([]);
    expect(told(ask('list "Q"', 'option a "A" for n in [1] { option a "B" }'), "P3009")).toEqual([{ id: "a" }]);
    expect(told(ask('list "Q"', 'option a "A" section "S" { for n in [1] { option a "B" } }'), "P3009")).toEqual([
      { id: "a" },
    ]);
    expect(told(ask('list "Q"', 'option "A" option "B"'), "P3009")).toEqual([]);
  });

  test.each(['option a "A"', "empty -> end", "junk"])("are none too few with %s", (clauses) => {
    expect(told(ask('buttons "Q"', clauses), "P3022")).toEqual([]);
  });

  test("of several sections stand in them, each with a title", () => {
    const section = (title: string, id: string): string => `section "${title}" { option ${id} "${id}" }`;
    const list = (clauses: string): readonly unknown[] => told(ask('list "Q"', clauses), "P3012");
    expect(list(section("", "a"))).toEqual([]);
    expect(list(section("", "a") + section("S", "b"))).toEqual([{ problem: "blank" }]);
    expect(list(section(" ", "a") + section("S", "b"))).toEqual([{ problem: "blank" }]);
    expect(list(section("S", "a") + section("S{reply ?? 1}", "b"))).toEqual([]);
    expect(list(`${section("S", "a")} option c "C"`)).toEqual([{ problem: "outside", id: "c" }]);
    expect(list(`${section("", "a")} option c "C"`)).toEqual([{ problem: "blank" }, { problem: "outside", id: "c" }]);
  });
});

group("a flow without a state (P1001)", () => {
  test.each([
    "flow f {}",
    "flow f { on message -> f() }",
    "flow f(n: 1..2) -> number { // nothing yet\n }",
    "flow f { /* nothing\n yet */ var n: 1..2 = 1 after 1h -> end else -> end on message -> end }",
  ])("is told: %j", (text) => {
    expect(told(text, "P1001")).toEqual([expect.objectContaining({ expected: "a state in this flow", found: "none" })]);
  });

  test.each(["flow f { state s { -> end } }", "flow f { foo }", "flow f { on message -> s foo }", "flow f {"])(
    "is not where it has one, or where something else is wrong: %j",
    (text) => {
      expect(only(text, "P1001").filter((d) => d.args["found"] === "none")).toEqual([]);
    },
  );
});

test.each<readonly [where: string, text: string, found: readonly unknown[]]>([
  ["a `for`", ask('list "Q"', 'for n in ["a"] { option {n} "{n}" footer "F" }'), ["`footer` a clause of a `for`"]],
  ["a section", ask('list "Q"', 'section "S" { option a "A" text "a" -> end }'), ["`text` a clause of a section"]],
  [
    "`send products`",
    inState('send products "T" { header "H" product "sku" option a "A" }'),
    ["`option` a clause of `send products`"],
  ],
  ["no ask of a kind that does not exist", ask('txt "Q"', 'header "H"'), []],
])("clauses that do not belong into %s are told by their word", (_, text, found) => {
  const words = only(text, "P1001").flatMap(({ args }) =>
    String(args["expected"]).startsWith("a clause of") ? [`${String(args["found"])} ${String(args["expected"])}`] : [],
  );
  expect(words).toEqual(found);
});

group("the id that a tap brings back (P3016)", () => {
  const ids = (option: string, flow = "f"): readonly unknown[] =>
    only(`flow ${flow} { on message -> s state s { ask list "Q" { ${option} } -> end } }`, "P3016").flatMap(
      ({ args }) =>
        args["what"] === "the id that a tap brings back" ? [[args["length"], args["max"], args["sum"]]] : [],
    );
  test("has a bound", () => {
    expect(ids(`option ${x(176)} "A"`)).toEqual([]);
    expect(ids(`option ${x(177)} "A"`)).toEqual([[181, 180, "4 for f.s: + 177 for the option's id"]]);
  });
  test("is as long as the longest value", () => {
    expect(ids(`for t in ["a", "${x(176)}"] { option {t} "T" }`)).toEqual([]);
    expect(ids(`for t in ["a", "${x(177)}"] { option {t} "T" }`)).toEqual([
      [181, 180, "4 for f.s: + 177 for the option's id"],
    ]);
    expect(ids('for n in [1, 22] { option {n} "T" }', x(173))).toEqual([]);
  });
  test("is as long as the longest name of a case, not its label", () => {
    const type = (name: string, label: string): string => `type E = ${name} "${label}" | b "B"`;
    const rows = (text: string): readonly unknown[] =>
      only(`${text} ${inState('ask list "Q" { for e in [E.b] { option {e} "T" } }')}`, "P3016").flatMap(({ args }) =>
        args["what"] === "the id that a tap brings back" ? [args["length"]] : [],
      );
    expect(rows(type(x(176), "A"))).toEqual([]);
    expect(rows(type(x(177), "A"))).toEqual([181]);
    expect(rows(type("a", x(200)))).toEqual([]);
  });
});

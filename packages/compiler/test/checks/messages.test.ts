import { WIRE_NAME_MAX } from "@parley/machine";
import { LIMITS } from "@parley/whatsapp";
import { expect, describe as group, test } from "vitest";
import { ask, found, inState } from "../programs.ts";

const x = (count: number): string => "x".repeat(count);
const options = (count: number, title = (i: number): string => `Option ${i}`): string =>
  Array.from({ length: count }, (_, i) => `option o${i} "${title(i)}"`).join("\n");

group("P3001 buttons", () => {
  test("a fourth pinned button is one too many, from the fourth on", () => {
    expect(found(ask(`buttons "Q"`, options(4)))).toEqual([["P3001", "option o3"]]);
  });
  test("three pinned buttons pass, and four options without a pin", () => {
    expect(found(ask(`buttons "Q"`, options(3)))).toEqual([]);
    expect(found(ask(`"Q"`, options(4)))).toEqual([]);
  });
  test("rows of a list count with their bound", () => {
    const source = `action tags() -> text(20)[1..4] infallible
      ${inState(`let tags = tags() ask buttons "Q" { for t in tags { option {t} "{t}" } }`)}`;
    expect(found(source)).toEqual([["P3001", "t"]]);
  });
  test("a case of an enum that no option names counts", () => {
    const source = `type E = a "A" | b "B" | c "C" | d "D"
      flow f { on message -> s var e: E = E.a state s { ask buttons "Q" as e -> end } }`;
    expect(found(source)).toEqual([["P3001", "buttons"]]);
  });
});

group("P3002 rows", () => {
  test("a pinned list without `more` takes ten rows over all sections", () => {
    const sections = `section "A" { ${options(6)} } section "B" { ${options(11).split("\n").slice(6).join("\n")} }`;
    expect(found(ask(`list "Q"`, sections))).toEqual([["P3002", "o10"]]);
  });
  test("ten rows pass, and eleven with `more` or without a pin", () => {
    expect(found(ask(`list "Q"`, options(10)))).toEqual([]);
    expect(found(ask(`list "Q"`, `${options(11)} more "More"`))).toEqual([]);
    expect(found(ask(`"Q"`, options(11)))).toEqual([]);
  });
  test("rows of a list count with their bound", () => {
    const rows = (bound: string): string => `action all() -> { id: text(24), name: text(24) }[${bound}] infallible
      ${inState(`let all = all() ask list "Q" { for a in all { option {a.id} "{a.name}" } }`)}`;
    expect(found(rows("1..11"))).toEqual([["P3002", "all"]]);
    expect(found(rows("1..10"))).toEqual([]);
  });
});

test("P3003: an eleventh section is one too many", () => {
  const sections = (count: number): string =>
    Array.from({ length: count }, (_, i) => `section "S${i}" { option o${i} "O${i}" }`).join("\n");
  expect(found(ask(`list "Q"`, sections(11)))).toEqual([["P3003", '"S10"']]);
  expect(found(ask(`list "Q"`, sections(10)))).toEqual([]);
});

group("P3004 titles", () => {
  test("of a pinned button: only the part beyond the limit is underlined", () => {
    expect(found(ask(`buttons "Q"`, `option a "${x(LIMITS.replyButtonTitle.max)}yz"`))).toEqual([["P3004", "yz"]]);
    expect(found(ask(`buttons "Q"`, `option a "${x(LIMITS.replyButtonTitle.max)}"`))).toEqual([]);
  });
  test("of a row", () => {
    expect(found(ask(`list "Q"`, `option a "${x(LIMITS.rowTitle.max)}y"`))).toEqual([["P3004", "y"]]);
    expect(found(ask(`list "Q"`, `option a "${x(LIMITS.rowTitle.max)}"`))).toEqual([]);
  });
  test("without a pin a title too long for a button makes a list", () => {
    expect(found(ask(`"Q"`, `option a "${x(LIMITS.rowTitle.max)}"`))).toEqual([]);
    expect(found(ask(`"Q"`, `option a "${x(LIMITS.rowTitle.max)}y"`))).toEqual([["P3004", "y"]]);
  });
  test("`short` stands for a title that does not fit", () => {
    expect(found(ask(`buttons "Q"`, `option a "${x(30)}" short "Short"`))).toEqual([]);
    expect(found(ask(`"Q"`, `option a "${x(30)}" short "${x(LIMITS.rowTitle.max)}y"`))).toEqual([["P3004", "y"]]);
  });
  test("a label of an enum's case is a title", () => {
    const source = `type E = a "${x(LIMITS.rowTitle.max)}y" | b "B"
      flow f { on message -> s var e: E = E.a state s { ask "Q" as e -> end } }`;
    expect(found(source)).toEqual([["P3004", "y"]]);
  });
  test("of sections, links and `more`", () => {
    expect(found(ask(`list "Q"`, `section "${x(LIMITS.sectionTitle.max)}y" { option a "A" }`))).toEqual([
      ["P3004", "y"],
    ]);
    expect(found(ask(`"Q"`, `option a "A" more "${x(LIMITS.rowTitle.max)}y"`))).toEqual([["P3004", "y"]]);
    const link = (title: string): string => inState(`say "T" { link "${title}" "https://a.example" }`);
    expect(found(link(`${x(LIMITS.ctaText.max)}y`))).toEqual([["P3004", "y"]]);
    expect(found(link(x(LIMITS.ctaText.max)))).toEqual([]);
  });
  test("escapes and emoji count as one character each", () => {
    const title = `\\u{1F355}\\"${x(LIMITS.replyButtonTitle.max - 2)}`;
    expect(found(ask(`buttons "Q"`, `option a "${title}y"`))).toEqual([["P3004", "y"]]);
  });
});

group("P3005 descriptions", () => {
  test("too long", () => {
    expect(found(ask(`"Q"`, `option a "A" "${x(LIMITS.rowDescription.max)}y"`))).toEqual([["P3005", "y"]]);
    expect(found(ask(`"Q"`, `option a "A" "${x(LIMITS.rowDescription.max)}"`))).toEqual([]);
  });
  test("of a pinned button", () => {
    expect(found(ask(`buttons "Q"`, `option a "A" "Why"`))).toEqual([["P3005", '"Why"']]);
  });
  test("a label that becomes the description beside `short`", () => {
    const label = x(LIMITS.rowDescription.max);
    expect(found(ask(`list "Q"`, `option a "${label}y" short "S"`))).toEqual([["P3005", "y"]]);
    expect(found(ask(`list "Q"`, `option a "${label}" short "S"`))).toEqual([]);
    expect(found(ask(`list "Q"`, `option a "${label}y" "Written" short "S"`))).toEqual([]);
  });
});

group("P3006 bodies", () => {
  test("of a text message", () => {
    expect(found(inState(`say "${x(LIMITS.textBody.max)}y"`))).toEqual([["P3006", "y"]]);
    expect(found(inState(`say "${x(LIMITS.textBody.max)}"`))).toEqual([]);
  });
  test("of an interactive message", () => {
    expect(found(ask(`"${x(LIMITS.interactiveBody.max)}y"`, `option a "A"`))).toEqual([["P3006", "y"]]);
    expect(found(ask(`"${x(LIMITS.interactiveBody.max)}"`, `option a "A"`))).toEqual([]);
    expect(found(inState(`ask location "${x(LIMITS.interactiveBody.max)}y"`))).toEqual([["P3006", "y"]]);
    expect(found(inState(`ask text "${x(LIMITS.interactiveBody.max)}y"`))).toEqual([]);
  });
  test("of a text with a link", () => {
    const body = x(LIMITS.interactiveBody.max);
    expect(found(inState(`say "${body}y" { link "L" "https://a.example" }`))).toEqual([["P3006", "y"]]);
  });
  test("of a caption and of `else`", () => {
    const caption = x(LIMITS.caption.max);
    expect(found(inState(`send image "https://a.example/a.png" caption "${caption}y"`))).toEqual([["P3006", "y"]]);
    expect(found(inState(`send image "https://a.example/a.png" caption "${caption}"`))).toEqual([]);
    expect(found(ask(`"Q"`, `option a "A" else "${x(LIMITS.textBody.max)}y"`))).toEqual([["P3006", "y"]]);
  });
});

test("P3007: footers", () => {
  expect(found(ask(`"Q"`, `footer "${x(LIMITS.footerText.max)}y" option a "A"`))).toEqual([["P3007", "y"]]);
  expect(found(ask(`"Q"`, `footer "${x(LIMITS.footerText.max)}" option a "A"`))).toEqual([]);
});

test("P3008: headers", () => {
  expect(found(ask(`"Q"`, `header "${x(LIMITS.headerText.max)}y" option a "A"`))).toEqual([["P3008", "y"]]);
  expect(found(ask(`"Q"`, `header "${x(LIMITS.headerText.max)}" option a "A"`))).toEqual([]);
});

test("P3009: two options with one id, also over sections", () => {
  expect(found(ask(`"Q"`, `option a "A" option a "B"`))).toEqual([["P3009", "a"]]);
  expect(found(ask(`"Q"`, `section "S" { option a "A" } section "T" { option a "B" }`))).toEqual([["P3009", "a"]]);
  expect(found(ask(`"Q"`, `option a "A" option b "B"`))).toEqual([]);
});

test("P3010: two buttons with one title", () => {
  expect(found(ask(`"Q"`, `option a "Same" option b "Same"`))).toEqual([["P3010", '"Same"']]);
  expect(found(ask(`"Q"`, `option a "Same" option b "same"`))).toEqual([]);
});

test("P3024: two rows with one title", () => {
  expect(found(ask(`list "Q"`, `option a "Same" option b "Same"`))).toEqual([["P3024", '"Same"']]);
});

group("P3011 blank texts", () => {
  test.each([
    ["a text", inState(`say ""`), '""'],
    ["white space", inState(`say "  \\n"`), '"  \\n"'],
    ["a body", ask(`" "`, `option a "A"`), '" "'],
    ["a title", ask(`"Q"`, `option a ""`), '""'],
    ["a description", ask(`"Q"`, `option a "A" ""`), '""'],
    ["a header", ask(`"Q"`, `header "" option a "A"`), '""'],
    ["a footer", ask(`"Q"`, `footer "" option a "A"`), '""'],
    ["what opens a list", ask(`list "Q"`, `open "" option a "A"`), '""'],
    ["`more`", ask(`"Q"`, `option a "A" more ""`), '""'],
    ["a caption", inState(`send image "https://a.example/a.png" caption ""`), '""'],
    ["`else`", ask(`"Q"`, `option a "A" else ""`), '""'],
  ])("%s", (_, source, at) => {
    expect(found(source)).toEqual([["P3011", at]]);
  });
  test("a title that is missing", () => {
    expect(found(ask(`"Q"`, `option a -> end`))).toEqual([["P3011", "a"]]);
  });
  test("a text of a hole alone is not blank", () => {
    expect(found(inState(`let n = 5 say "{n}"`))).toEqual([]);
  });
});

group("P3012 sections", () => {
  test("each of several needs a title", () => {
    const two = (title: string): string => `section "A" { option a "A" } section "${title}" { option b "B" }`;
    expect(found(ask(`list "Q"`, two("")))).toEqual([["P3012", '""']]);
    expect(found(ask(`list "Q"`, two("B")))).toEqual([]);
  });
  test("a single one does not", () => {
    expect(found(ask(`list "Q"`, `section "" { option a "A" }`))).toEqual([]);
  });
  test("an option beside sections is in none", () => {
    expect(found(ask(`list "Q"`, `option z "Z" section "A" { option a "A" }`))).toEqual([["P3012", "z"]]);
  });
});

test("P3013: what opens a list or a form", () => {
  expect(found(ask(`list "Q"`, `open "${x(LIMITS.listButton.max)}y" option a "A"`))).toEqual([["P3013", "y"]]);
  expect(found(ask(`list "Q"`, `open "${x(LIMITS.listButton.max)}" option a "A"`))).toEqual([]);
  const form = (open: string): string => inState(`ask form "1" body "B" { open "${open}" }`);
  expect(found(form(`${x(LIMITS.flowCta.max)}y`))).toEqual([["P3013", "y"]]);
  expect(found(form(x(LIMITS.flowCta.max)))).toEqual([]);
});

group("P3014 headers and footers", () => {
  const picture = `header image "https://a.example/a.png"`;
  test.each([
    ["a picture over a list", ask(`list "Q"`, `${picture} option a "A"`), picture],
    ["a picture over what becomes a list", ask(`"Q"`, `${picture} ${options(4)}`), picture],
    ["a header over a question for text", inState(`ask text "Q" { header "H" }`), `header "H"`],
    ["a footer under a location request", inState(`ask location "Q" { footer "F" }`), `footer "F"`],
    ["a header over a text without a link", inState(`say "T" { header "H" }`), `header "H"`],
  ])("%s", (_, source, at) => {
    expect(found(source)).toEqual([["P3014", at]]);
  });
  test("a picture over buttons, a text over a list and both over a link pass", () => {
    expect(found(ask(`buttons "Q"`, `${picture} footer "F" option a "A"`))).toEqual([]);
    expect(found(ask(`list "Q"`, `header "H" footer "F" option a "A"`))).toEqual([]);
    expect(found(inState(`say "T" { ${picture} footer "F" link "L" "https://a.example" }`))).toEqual([]);
  });
});

group("P3016 limits that a value can break", () => {
  const flow = (type: string, body: string): string => `flow f(v: ${type}) { state s { ${body} -> end } }`;
  test.each([
    ["a text", "text(24)", "P3016"],
    ["a text that fits", "text(23)", undefined],
    ["a number", "number", undefined],
    ["an address", "url", "P3016"],
  ])("%s in a row's title", (_, type, code) => {
    const source = flow(type, `ask list "Q" { option a "={v}" }`);
    expect(found(source)).toEqual(code ? [[code, "v"]] : []);
  });
  test("an enum counts with its longest label", () => {
    const source = (label: string): string =>
      `type E = a "A" | b "${label}" flow f(v: E) { state s { ask list "Q" { option a "={v}" } -> end } }`;
    expect(found(source(x(24)))).toEqual([["P3016", "v"]]);
    expect(found(source(x(23)))).toEqual([]);
  });
  test("`clip` bounds a length", () => {
    expect(found(flow("text(100)", `ask list "Q" { option a "{clip(v, 24)}" }`))).toEqual([]);
  });
  test("the id that a tap brings back has room for the ask's id and the option's", () => {
    const source = (max: number): string =>
      `action all() -> text(${max})[1..3] infallible
       ${inState(`let all = all() ask list "Q" { for a in all { option {a} "A" } }`)}`;
    expect(found(source(WIRE_NAME_MAX - "f.s:".length))).toEqual([]);
    expect(found(source(WIRE_NAME_MAX - "f.s:".length + 1))).toEqual([["P3016", "a"]]);
  });
  test("what is written counts before values do", () => {
    const source = flow("text(24)", `ask list "Q" { option a "${x(24)}y{v}" }`);
    expect(found(source)).toEqual([["P3004", "y{v}"]]);
  });
});

group("P3017 reactions", () => {
  test.each(["👍", "❤️", "❤", "👨‍👩‍👧", "🇮🇹", "👍🏽"])("%s is one emoji", (emoji) => {
    expect(found(inState(`react "${emoji}"`))).toEqual([]);
  });
  test.each(["", "ok", "👍👍", "1"])("'%s' is not", (text) => {
    expect(found(inState(`react "${text}"`))).toEqual([["P3017", `"${text}"`]]);
  });
  test("a value is not", () => {
    expect(found(inState(`let n = 1 react "{n}"`))).toEqual([["P3017", '"{n}"']]);
  });
  test("`react none` passes", () => {
    expect(found(inState("react none"))).toEqual([]);
  });
});

group("P3020 line breaks and spaces", () => {
  test.each([
    ["a title", ask(`"Q"`, `option a "A\\nB"`), "\\n"],
    ["a header", ask(`"Q"`, `header "A\\nB" option a "A"`), "\\n"],
    ["a footer", ask(`"Q"`, `footer "A\\nB" option a "A"`), "\\n"],
    ["a description", ask(`"Q"`, `option a "A" "B\\nC"`), "\\n"],
    ["a space at the edge of a title", ask(`"Q"`, `option a "A "`), '"A "'],
  ])("in %s", (_, source, at) => {
    expect(found(source)).toEqual([["P3020", at]]);
  });
  test("a body may have several lines", () => {
    expect(found(inState(`say "A\\nB"`))).toEqual([]);
  });
  test.each(["A\\nB", "A\\tB", "A     B"])("in a template parameter: '%s'", (arg) => {
    const source = (
      value: string,
    ): string => `template t(p: text(20)) { category utility body "Here is the B {p} of yours." }
      ${inState(`send template t("${value}")`)}`;
    expect(found(source(arg))).toEqual([["P3020", `"${arg}"`]]);
    expect(found(source("A    B"))).toEqual([]);
  });
});

group("P3021 links", () => {
  test.each([
    [`send image "a.png"`, '"a.png"'],
    [`send image "ftp://a.example/a.png"`, '"ftp://a.example/a.png"'],
    [`send image "https://"`, '"https://"'],
    [`say "T" { link "L" "www.a.example" }`, '"www.a.example"'],
    [`let n = "x" say "T" { link "L" "{n}/a" }`, "n"],
  ])("%s", (body, at) => {
    expect(found(inState(body))).toEqual([["P3021", at]]);
  });
  test.each([`send image "https://a.example/a.png"`, `let n = 1 send image "http://a.example/{n}.png"`])(
    "%s",
    (body) => {
      expect(found(inState(body))).toEqual([]);
    },
  );
  test("a value of type url may begin a link", () => {
    expect(found(`flow f(u: url) { state s { send image u say "T" { link "L" "{u}" } -> end } }`)).toEqual([]);
  });
});

group("P3022 asks without options", () => {
  const rows = (bound: string, more = ""): string => `action all() -> text(20)[${bound}] infallible
    ${inState(`let all = all() ask list "Q" { for a in all { option {a} "{a}" } ${more} }`)}`;
  test("a list that can be empty", () => {
    expect(found(rows("..5"))).toEqual([["P3022", "list"]]);
    expect(found(rows("1..5"))).toEqual([]);
    expect(found(rows("..5", "empty -> end"))).toEqual([]);
  });
  test("every option with a `when`", () => {
    expect(found(ask(`"Q"`, `option a "A" when window.open`))).toEqual([["P3022", "ask"]]);
    expect(found(ask(`"Q"`, `option a "A" when window.open option b "B"`))).toEqual([]);
  });
  test("no option at all", () => {
    expect(found(inState(`ask "Q"`))).toEqual([["P3022", "ask"]]);
  });
});

test("P3023: within the limit in characters, over it in UTF-16", () => {
  const title = `${"🍕".repeat(3)}${x(LIMITS.replyButtonTitle.max - 3)}`;
  expect(found(ask(`buttons "Q"`, `option a "${title}"`))).toEqual([["P3023", `"${title}"`]]);
});

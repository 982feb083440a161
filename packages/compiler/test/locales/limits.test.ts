/** What is said of texts in another language at the limits, and that nothing is said twice. */
import { expect, describe as group, test } from "vitest";
import { describe as inWords } from "../../src/index.ts";
import { compiled } from "./support.ts";

/** Of one ask in two languages: code, file and sentence. What is not translated is left out. */
function told(ask: string, de: string, more = ""): readonly string[] {
  const flow = `${more}\nflow f { on message -> s state s { ${ask} -> end } }`;
  const { diagnostics } = compiled({ flow, locales: { de } });
  return diagnostics
    .filter(({ code }) => code !== "P7001")
    .map((d) => `${d.code} ${d.span.source.path.endsWith(".yaml") ? "de" : "flow"} ${inWords(d)}`);
}
const x = (count: number): string => "x".repeat(count);
const ask = (clauses: string, kind = "list"): string => `ask ${kind} "Q?" { ${clauses} }`;
const german = (...lines: readonly string[]): string => `f.s:\n  body: "F?"\n${lines.map((l) => `  ${l}\n`).join("")}`;

group("what the default language says in the other, too, is told once", () => {
  test.each<readonly [what: string, clauses: string]>([
    ["a blank footer", 'footer " " option a "A"'],
    ["a break", String.raw`option a "A\nB"`],
    ["a title that is too long", `option a "${x(25)}"`],
    ["a title that values make too long", 'option a "{contact.name ?? "A"}"'],
    ["two titles that are the same", 'option a "A" option b "A"'],
    ["a title of many units", `option a "${"😀".repeat(13)}"`],
  ])("%s", (_, clauses) => {
    const found = told(ask(clauses), german());
    expect(found.map((line) => line.split(" ")[1])).toEqual(["flow"]);
  });
});

group("titles that are the same in the other language", () => {
  test.each<readonly [what: string, kind: string, lines: readonly string[], wanted: readonly string[]]>([
    ["two buttons", "buttons", ['option.a: "Ja"', 'option.b: "Ja"'], ['P3010 de two buttons are called "Ja"']],
    ["two rows", "list", ['option.a: "Ja"', 'option.b: "Ja"'], ['P3024 de two rows are called "Ja"']],
    ["one that is translated, and one that is not", "list", ['option.a: "B"'], ['P3024 flow two rows are called "B"']],
    ["one that is not, and one that is translated", "list", ['option.b: "A"'], ['P3024 de two rows are called "A"']],
    ["none", "list", ['option.a: "Ja"', 'option.b: "Nein"'], []],
  ])("%s", (_, kind, lines, wanted) => {
    expect(told(ask('option a "A" option b "B"', kind), german(...lines))).toEqual(wanted);
  });
});

group("a translation is held to its limit", () => {
  const title = (text: string, kind = "list", more = ""): readonly string[] =>
    told(ask(`option a "A" ${more}`, kind), german(`option.a: "${text}"`));
  const short = (text: string, kind = "list", more = ""): readonly string[] =>
    told(ask(`option a "A" ${more}`, kind), german(`option.a: "${text}"`, 'option.a.short: "S"'));

  test.each<readonly [what: string, found: () => readonly string[], wanted: readonly string[]]>([
    ["a row as long as can be", () => title(x(24)), []],
    ["a longer row", () => title(x(25)), ["P7002 de the title of `a` has 25 characters in `de`, WhatsApp allows 24"]],
    ["a button as long as can be", () => title(x(20), "buttons"), []],
    [
      "a longer button",
      () => title(x(21), "buttons"),
      ["P7002 de the title of `a` has 21 characters in `de`, WhatsApp allows 20"],
    ],
    ["a row of as many units as can be", () => title("😀".repeat(12)), []],
    [
      "a row of more units",
      () => title("😀".repeat(13)),
      ["P3023 de the title of `a` has 13 characters but 26 UTF-16 units, WhatsApp allows 24 and does not say of which"],
    ],
    ["a row beside a short title, as long as a description", () => short(x(72)), []],
    [
      "a row beside a short title, longer than a description",
      () => short(x(73)),
      ["P7002 de the title of `a`, which stands as the description, has 73 characters in `de`, WhatsApp allows 72"],
    ],
    ["a row beside a short title and a description", () => short(x(73), "list", '"D"'), []],
    ["a button beside a short title", () => short(x(73), "buttons"), []],
    ["a row with a value", () => title('{contact.name ?? \\"A\\"}'), []],
  ])("%s", (_, found, wanted) => {
    expect(found().filter((line) => !line.startsWith("P7003"))).toEqual(wanted);
  });
});

test("a short title that is longer than the title is held to the layout of each language", () => {
  const clauses = `option a "A" short "${x(22)}" option c "${x(23)}"`;
  expect(told(ask(clauses, ""), german('option.c: "C"'))).toEqual([
    "P7002 flow the short title has 22 characters in `de`, WhatsApp allows 20",
  ]);
  expect(told(ask(clauses, ""), german(`option.c: "${x(24)}"`))).toEqual([]);
  expect(told(ask(clauses, "list"), german('option.c: "C"'))).toEqual([]);
});

group("a label that only the other language has", () => {
  const type = "type C = first | second";
  const filled = (kind: string, clauses = ""): string => `ask ${kind} "Q?" as c { ${clauses} }`;
  const labels = (ask: string, label: string): readonly string[] => {
    const flow = `${type}\nflow f { on message -> s var c: C? state s { ${ask} -> end } }`;
    const de = `f.s: { body: "F?" }\ntypes: { C.first: "${label}" }\n`;
    const { diagnostics } = compiled({ flow, locales: { de } });
    return diagnostics.filter(({ code }) => code === "P7002").map((d) => inWords(d));
  };
  const LONG = "the label of `first` has 25 characters in `de`, WhatsApp allows 24";

  test("as long as can be", () => expect(labels(filled("list"), x(24))).toEqual([]));
  test("longer", () => expect(labels(filled("list"), x(25))).toEqual([LONG]));
  test("longer, in two asks, is told once", () => {
    expect(labels(`${filled("list")} ${filled("list").replace("ask list", "ask list two:")}`, x(25))).toEqual([LONG]);
  });
  test("longer, beside a title that is written", () => {
    expect(labels(filled("list", 'option first "One"'), x(25))).toEqual([]);
  });
  test("longer, beside an option with a short title", () => {
    expect(labels(filled("list", 'option first short "One"'), x(25))).toEqual([]);
  });
});

group("words of ours that the other language changes", () => {
  const built = (word: string, text: string): readonly string[] =>
    told('ask list "Q?" { option a "A" }', `${german('option.a: "B"')}builtin: { ${word}: "${text}" }\n`);
  test.each<readonly [word: string, text: string, wanted: readonly string[]]>([
    ["open", x(20), []],
    ["open", x(21), ["P7002 de the built-in word `open` has 21 characters in `de`, WhatsApp allows 20"]],
    ["open", " ", ["P3011 de the built-in word `open` is blank"]],
    ["open", String.raw`a\nb`, ["P3020 de a line break in the built-in word `open`"]],
    ["more", x(24), []],
    ["more", x(25), ["P7002 de the built-in word `more` has 25 characters in `de`, WhatsApp allows 24"]],
    ["more", String.raw`a\nb`, ["P3020 de a line break in the built-in word `more`"]],
    ["error", String.raw`a\nb`, []],
    ["error", x(4097), ["P7002 de the built-in word `error` has 4097 characters in `de`, WhatsApp allows 4096"]],
    ["numbered", String.raw`a\nb`, []],
  ])("%s", (word, text, wanted) => {
    expect(built(word, text).filter((line) => !line.startsWith("P7003"))).toEqual(wanted);
  });
});

test("the titles of rows of a list are counted, wherever they stand", () => {
  const clauses = (title: string): string =>
    `section "S" { for n in ["u"] { option {n} "${title}" } } section "T" { option b "B" }`;
  const rows = told(ask(clauses(x(25))), german());
  expect(rows).toEqual(["P3004 flow the title has 25 characters, WhatsApp allows 24"]);
});

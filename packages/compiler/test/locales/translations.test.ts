import { validateRequest } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { compiled, found, repaired, SMALL, SPANISH, sentences, type Written } from "./support.ts";

const es = (from: string, to = ""): Written => {
  expect(SPANISH).toContain(from);
  return { flow: SMALL, locales: { es: SPANISH.replace(from, to) } };
};

/** One ask with these lines, in one more language. */
function asking(ask: string, locales: Written["locales"], more = ""): Written {
  return { flow: `${more}\nflow f { on message -> s state s { ${ask} -> end } }`, locales };
}

/** After the fix of the first finding. */
function mended(project: Written): Written {
  const [first] = compiled(project).diagnostics;
  if (!first || first.fixes.length === 0) throw new Error("nothing to mend");
  return repaired(project, first);
}

const TWO = `ask "Which?" { option yes "Yes" option no "No" }`;
const ZWEI = `f.s:\n  body: "Was?"\n  option.yes: "Ja"\n  option.no: "Nein"\n`;

test("a project with all its translations has no findings", () => {
  expect(found({ flow: SMALL, locales: { es: SPANISH } })).toEqual([]);
});

describe("missing", () => {
  test("a text without a translation is reported at the entry that it belongs to", () => {
    const project = es('  option.large: "Una grande"\n');
    expect(found(project)).toEqual([["P7001", "locales/es.yaml", "order.size"]]);
    expect(sentences(project)).toEqual(['P7001 `order.size` has no translation of "A large one" in `es`']);
  });

  test("a key without a value is a text without a translation, reported at the key", () => {
    expect(found(es(' "Una grande"'))).toEqual([["P7001", "locales/es.yaml", "option.large"]]);
  });

  test("without its entry it is reported at the beginning of the file", () => {
    expect(found(es('order.size.done:\n  body: "Una {size ?? Size.small} está en camino."\n'))).toEqual([
      ["P7001", "locales/es.yaml", ""],
    ]);
  });

  test.each([
    ['  option.large: "Una grande"\n'],
    ['"¡Hola!"'],
    [', "Still there?": "¿Sigues ahí?"'],
    ['  texts: { "Hello!": "¡Hola!", "Still there?": "¿Sigues ahí?" }\n'],
    ['order.size.done:\n  body: "Una {size ?? Size.small} está en camino."\n'],
    ['types:\n  Size.small: "pequeña"\n  Size.large: "grande"\n'],
  ])("the fix puts the text in its place: %j", (part) => {
    let project = es(part, part === '"¡Hola!"' ? "" : "");
    for (let round = 0; round < 3; round++) {
      const first = compiled(project).diagnostics.find((d) => d.code === "P7001" && d.fixes.length > 0);
      if (!first) break;
      const before = compiled(project).diagnostics.length;
      project = repaired(project, first);
      expect(compiled(project).diagnostics.length).toBe(before - 1);
    }
    expect(compiled(project).diagnostics.filter((d) => d.fixes.length > 0)).toEqual([]);
  });

  test("what stands in the language is not missing in its region", () => {
    expect(found({ flow: SMALL, locales: { es: SPANISH, es_MX: "" } })).toEqual([]);
  });

  test("texts without a letter need no translation", () => {
    expect(found(asking(`say "👋" say "{contact.name ?? "?"} 1."`, { de: "" }))).toEqual([]);
  });

  test("our own words are missing only where we have none in the language", () => {
    expect(found(asking(`say "1"`, { de: "" }))).toEqual([]);
    expect(sentences(asking(`say "1"`, { sw: "" }))).toHaveLength(4);
  });
});

describe("placeholders", () => {
  test.each([
    ["Hola {nombre}", "P7003 the translation of `body` has `{nombre}`, which the text has not, and lacks `{name}`"],
    ["Hola", "P7003 the translation of `body` lacks `{name}`"],
    ["{name} {name}{x}", "P7003 the translation of `body` has `{x}`, which the text has not"],
    ["{name} {", "P7003 the translation of `body` has a brace that is not closed or not opened"],
    ["{name} }", "P7003 the translation of `body` has a brace that is not closed or not opened"],
  ])("%s", (body, sentence) => {
    const flow = `flow f(name: text(9)?) { on message -> s state s { if name is none { -> end } say hi: "Hi {name}" -> end } }`;
    expect(sentences({ flow, locales: { es: `f.s.hi: { body: "${body}" }` } })).toEqual([sentence]);
  });

  test("a value may come twice and in another order, and braces may be meant as such", () => {
    const flow = `flow f(a: 0..9 = 1, b: 0..9 = 2) { on message -> s state s { say hi: "{a} of { b } \\{x\\}" -> end } }`;
    const project = { flow, locales: { es: "f.s.hi: { body: '{b}, {a}, {  a } \\{x\\} \\\\ \\n' }" } };
    expect(found(project)).toEqual([]);
    expect(compiled(project).output?.machine.texts["f.s.hi.body"]?.["es"]).toMatchObject([
      { e: ["get", "b"] },
      ", ",
      { e: ["get", "a"] },
      ", ",
      { e: ["get", "a"] },
      " {x} \\ \\n",
    ]);
  });

  test("the place of a wrong value is in the translation, and the fix writes the right one", () => {
    const flow = `flow f(name: text(9)?) { on message -> s state s { if name is none { -> end } say hi: "Hi {name}" -> end } }`;
    const project = { flow, locales: { es: `f.s.hi: { body: "Hola {nombre}" }` } };
    expect(found(project)).toEqual([["P7003", "locales/es.yaml", "{nombre}"]]);
    expect(found(mended(project))).toEqual([]);
  });
});

describe("unused and out of date", () => {
  test.each([
    ['order.sise:\n  body: "x"\n', "order.sise"],
    ["order.size:\n  option.lage: x\n", "option.lage"],
    ['types: { Size.tiny: "x" }\n', "Size.tiny"],
  ])("what nothing is called is unused, and the fix deletes it: %j", (text, place) => {
    const project: Written = { flow: SMALL, locales: { es: SPANISH, es_AR: text } };
    expect(found(project)).toEqual([["P7004", "locales/es_AR.yaml", place]]);
    expect(found(mended(project))).toEqual([]);
  });

  test("a similar name is told", () => {
    expect(sentences({ flow: SMALL, locales: { es: SPANISH, es_AR: "order.sise: { body: x }" } })).toEqual([
      "P7004 nothing in the bot is called `order.sise`, a similar name is `order.size`",
    ]);
  });

  test("in braces and last of its map, too", () => {
    const project = es('"¿Sigues ahí?" }', '"¿Sigues ahí?", "Gone": "x" }');
    expect(found(project).map(([code]) => code)).toEqual(["P7004"]);
    expect(mended(project).locales["es"]).toBe(SPANISH);
  });

  test("a translation made from another text is out of date, until it is said to be right", () => {
    const project = es("  option.small:", '  #= "The small one"\n  #! "A small"\n  option.small:');
    expect(found(project)).toEqual([["P7004", "locales/es.yaml", '"Una pequeña"']]);
    expect(found(mended(project))).toEqual([]);
    expect(mended(project).locales["es"]).toContain('\n  #= "A small one"\n  option.small:');
  });
});

describe("limits", () => {
  test("a title of a pinned ask is held to its limit in each language", () => {
    const project = asking(TWO.replace("ask", "ask buttons"), {
      de: ZWEI.replace("Nein", "Nein, auf gar keinen Fall"),
    });
    expect(found(project)).toEqual([["P7002", "locales/de.yaml", '"Nein, auf gar keinen Fall"']]);
    expect(sentences(project)).toEqual(["P7002 the title of `no` has 25 characters in `de`, WhatsApp allows 20"]);
  });

  test("a label that is too long for a list needs a short form, in this language alone", () => {
    const long = ZWEI.replace("Nein", "Nein, unter gar keinen Umständen");
    expect(found(asking(TWO, { de: long }))).toEqual([
      ["P7002", "locales/de.yaml", '"Nein, unter gar keinen Umständen"'],
    ]);
    const project = asking(TWO, { de: `${long}  option.no.short: "Nein"\n` });
    expect(found(project)).toEqual([]);
    const { machine } = compiled(project).output ?? {};
    expect(machine?.texts["f.s.option.no.short"]).toEqual({ en: ["No"], de: ["Nein"] });
  });

  test("longer labels of an enum count where the default text stands", () => {
    const type = `type E = a "A" | b "B"`;
    const ask = `ask buttons "Which?" { option x "Is it {v}?" option y "No" }`;
    const flow = `${type}\nflow f(v: E = E.a) { on message -> s state s { ${ask} -> end } }`;
    const de = `f.s: { body: "Was?", option.y: "Nein", option.x: "Is it {v}?" }\ntypes: { E.a: "eine sehr lange Sache", E.b: "B" }`;
    expect(sentences({ flow, locales: { de } })).toEqual([
      "P7002 the title of `x` can have 28 characters in `de` (7 written + 21 for v: E), WhatsApp allows 20",
    ]);
    expect(found({ flow, locales: { de: de.replace(', option.x: "Is it {v}?"', "") } })).toContainEqual([
      "P7002",
      "bot.flow",
      '"Is it {v}?"',
    ]);
  });

  test("a case without a label has one in another language", () => {
    const flow = `type E = a | b\nflow f { on message -> s var v: E? state s { ask buttons "1?" as v -> end } }`;
    expect(found({ flow, locales: { de: `types: { E.a: "eine sehr lange Sache, E.b", E.b: B }` } })).toEqual([
      ["P7002", "locales/de.yaml", '"eine sehr lange Sache, E.b"'],
    ]);
  });

  test.each([
    ["a blank text", 'body: "  "', "P3011"],
    ["a line break in a title", 'option.yes: "J\\na"', "P3020"],
    ["a space at the edge of a title", 'option.yes: " Ja"', "P3020"],
    ["two buttons with one title", 'option.yes: "Nein"', "P3010"],
  ])("%s is wrong in every language", (_, line, code) => {
    const key = line.slice(0, line.indexOf(":"));
    const de = ZWEI.replace(new RegExp(`${key}: .*`), line);
    const project = asking(TWO, { de });
    expect(found(project).map(([c, file]) => [c, file])).toEqual([[code, "locales/de.yaml"]]);
    const fixable = compiled(project).diagnostics.some((d) => d.fixes.length > 0);
    expect(fixable ? found(mended(project)) : []).toEqual([]);
  });

  test("a button that is untranslated and one that is translated may not have one title either", () => {
    expect(found(asking(TWO, { de: ZWEI.replace('  option.no: "Nein"\n', "").replace('"Ja"', "No") }))).toContainEqual([
      "P3010",
      "bot.flow",
      '"No"',
    ]);
  });

  test("characters that count twice in UTF-16 are a warning", () => {
    const de = ZWEI.replace('"Was?"', "Was?")
      .replace('"Ja"', "Ja")
      .replace("Nein", `Nein ${"🍕".repeat(12)}`);
    expect(found(asking(TWO.replace("ask", "ask buttons"), { de })).map(([code]) => code)).toEqual(["P3023"]);
  });

  test("words of ours that a file changes keep their limits", () => {
    expect(found(asking(TWO, { de: `${ZWEI}builtin: { open: "Alle Möglichkeiten ansehen" }` }))).toEqual([
      ["P7002", "locales/de.yaml", '"Alle Möglichkeiten ansehen"'],
    ]);
    const { machine } = compiled(asking(TWO, { de: `${ZWEI}builtin: { open: "Alles ansehen" }` })).output ?? {};
    expect(machine?.builtin.open).toEqual({ en: "See options", de: "Alles ansehen" });
  });
});

describe("layout", () => {
  const LONG = ZWEI.replace("Nein", "Nein, lieber doch nicht");

  test("is chosen for each language by itself, with the same arms and ids in all", () => {
    const { output } = compiled(asking(TWO, { de: LONG, fr: ZWEI }));
    const ask = output?.machine.asks["f.s"];
    expect(ask?.prompt.kind === "options" && ask.prompt.layout).toEqual({ en: "buttons", de: "list", fr: "buttons" });
    const layouts = output?.report.messages["f.s"]?.layouts;
    expect(layouts?.["de"]).toEqual({
      layout: "list",
      reasons: ["the title of `no` can have 23 characters, a button takes 20"],
      options: [2, 2],
    });
    expect(layouts?.["fr"]?.layout).toBe("buttons");
  });

  test("payloads are written in each language, and WhatsApp takes them", () => {
    const { output } = compiled(asking(TWO, { de: LONG, ar: ZWEI.replace("Was?", "ماذا؟") }));
    const files = [...(output?.files ?? [])].filter(([path]) => path.startsWith("payloads/"));
    expect(files.map(([path]) => path)).toEqual(["en", "de", "ar"].map((locale) => `payloads/f.s.${locale}.json`));
    for (const [, text] of files)
      expect(validateRequest({ ...JSON.parse(text), to: "15550100000" })).toMatchObject({ ok: true });
    expect(JSON.parse(files[1]?.[1] ?? "").interactive.type).toBe("list");
  });

  test("a header that has no place in a list is told with the language that makes it one", () => {
    const ask = `ask "Which?" { header image "https://pizza.example/a.jpg" option yes "Yes" option no "No" }`;
    const project = asking(ask, { de: LONG });
    expect(sentences(project)).toHaveLength(1);
    expect(sentences(project)[0]).toContain("a list, which this is in `de`");
  });

  test("dates take as much room as the names of the language need", () => {
    const ask = `ask buttons "Which?" { option yes "{format(today(), "EEEE d MMMM")}" option no "No" }`;
    expect(found(asking(ask, {}))).toEqual([["P3016", "bot.flow", 'format(today(), "EEEE d MMMM")']]);
    const weekday = ask.replace("EEEE d MMMM", "EEEE d");
    const de = `f.s: { body: "Was?", option.no: "Nein" }`;
    expect(found(asking(weekday, { de }))).toEqual([]);
  });
});

describe("files", () => {
  test.each([
    ["not YAML", "a: [", "P8001"],
    ["the same key twice", "order.size: {}\norder.size: {}", "P8001"],
    ["a list", "- a", "P8001"],
    ["an entry that is a text", "order.size: x", "P8001"],
    ["a number in the place of a text", "order.size: { body: 12 }", "P8001"],
    ["a map in the place of a text", "order.size: { body: { a: b } }", "P8001"],
    ["texts that are no map", "order.size: { texts: [a] }", "P8001"],
  ])("%s is told where it stands", (_, text, code) => {
    const found = compiled({ flow: SMALL, locales: { es: text } }).diagnostics.filter((d) => d.code !== "P7001");
    expect(found[0]?.code).toBe(code);
    expect(found[0]?.span.source.path).toBe("locales/es.yaml");
  });

  test("of a file that is no YAML nothing is called missing", () => {
    expect(new Set(found({ flow: SMALL, locales: { es: "a: [" } }).map(([code]) => code))).toEqual(new Set(["P8001"]));
  });

  test("an empty file is one where all is missing", () => {
    expect(new Set(found({ flow: SMALL, locales: { es: "# soon\n" } }).map(([code]) => code))).toEqual(
      new Set(["P7001"]),
    );
  });

  test("a language without a file speaks the default one", () => {
    const project = { flow: SMALL, locales: { es: undefined } };
    expect(found(project)).toEqual([]);
    expect(compiled(project).output?.machine.locales.others).toEqual(["es"]);
  });

  test("a translation over several lines is as it is written, without its last line end", () => {
    const project = asking(`say hi: "One\\ntwo"`, { de: "f.s.hi:\n  body: |\n    Eins\n    zwei\n" });
    expect(compiled(project).output?.machine.texts["f.s.hi.body"]?.["de"]).toEqual(["Eins\nzwei"]);
  });
});

test("a built-in word that a language changes has to be seen, and on a button in one line", () => {
  const flow = `flow f { on message -> a state a { say "A" -> end } }`;
  const told = found({
    flow,
    locales: { es: 'f.a.say: { body: "B" }\nbuiltin: { open: " ", more: "a\\nb", error: "b" }\n' },
  });
  expect(told.map(([code, , text]) => [code, text])).toEqual(
    expect.arrayContaining([
      ["P3011", '" "'],
      ["P3020", '"a\\nb"'],
    ]),
  );
});

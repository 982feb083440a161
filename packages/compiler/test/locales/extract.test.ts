import { describe, expect, test } from "vitest";
import { extractLocale, parseLocale } from "../../src/index.ts";
import { compiled, found, SMALL, SPANISH } from "./support.ts";

function extracted(flow: string, locale: string, text?: string): ReturnType<typeof extractLocale> {
  const { translations } = compiled({ flow, locales: { [locale]: text } });
  const current = text === undefined ? undefined : parseLocale({ path: `locales/${locale}.yaml`, text }, locale);
  return extractLocale(translations, locale, current);
}

/** Everything filled in, as a translator would. */
function filled(text: string): string {
  return text
    .replace(/^(\s*)#= (.*)\n\s*(.*):$/gm, (_, indent: string, note: string, key: string) => {
      return `${indent}#= ${note}\n${indent}${key}: ${note}`;
    })
    .replace(/^(\s*)("(?:[^"\\]|\\.)*"):$/gm, (_, indent: string, key: string) => `${indent}${key}: ${key}`);
}

test("a new file has a place for every text, with what is to be translated", () => {
  const { text, added, translated, needed } = extracted(SMALL, "es");
  expect({ added, translated, needed }).toEqual({ added: 9, translated: 0, needed: 9 });
  expect(text).toContain('order.size:\n  #= "What size, {contact.name ?? \\"friend\\"}?"\n  body:\n');
  expect(text).toContain('  texts:\n    "Hello!":\n    "Still there?":\n');
  expect(text).toContain('types:\n  #= "Small"\n  Size.small:\n');
});

test("a new file that is filled in has no findings, and nothing more is to be written", () => {
  const text = filled(extracted(SMALL, "es").text);
  expect(found({ flow: SMALL, locales: { es: text } })).toEqual([]);
  expect(extracted(SMALL, "es", text).text).toBe(text);
});

test("to extract twice is to extract once", () => {
  for (const text of [undefined, "", SPANISH, "order.size: { body: x }\n", "# mine\n\ntypes:\n"]) {
    const once = extracted(SMALL, "es", text).text;
    expect(extracted(SMALL, "es", once).text).toBe(once);
  }
});

test("translations, comments and order stay as they are", () => {
  const text = `# by Ana\ntypes:   # enums\n  Size.large: 'grande' # big\norder.size:\n  # the first thing\n  option.large: Una grande\n`;
  const result = extracted(SMALL, "es", text).text;
  for (const line of text.split("\n")) expect(result).toContain(line);
  expect(result.indexOf("types:")).toBeLessThan(result.indexOf("order.size:"));
  expect(result).toContain('  # the first thing\n  #= "A large one"\n  option.large: Una grande\n');
  expect(found({ flow: SMALL, locales: { es: result } }).every(([code]) => code === "P7001")).toBe(true);
});

test("places are added in braces where there are braces", () => {
  const text = `order.size: { body: "x {contact.name ?? \\"friend\\"}", texts: { "Hello!": "Hola" } }\n`;
  const result = extracted(SMALL, "es", text).text;
  expect(result).toContain('texts: { "Hello!": "Hola", "Still there?": null }, "option.small": null');
});

describe("a text that has changed", () => {
  const old = filled(extracted(SMALL, "es").text);
  const flow = SMALL.replace("A small one", "The smallest");

  test("is marked with what it reads now, once", () => {
    const { text, outOfDate } = extracted(flow, "es", old);
    expect(outOfDate).toBe(1);
    expect(text).toContain('  #= "A small one"\n  #! "The smallest"\n  option.small: "A small one"\n');
    expect(extracted(flow, "es", text).text).toBe(text);
    expect(found({ flow, locales: { es: text } }).map(([code]) => code)).toEqual(["P7004"]);
  });

  test("and was translated anew: the old note goes, the newer one becomes the note", () => {
    const marked = extracted(flow, "es", old).text;
    const anew = marked.replace('  #= "A small one"\n', "").replace(': "A small one"', ': "La más pequeña"');
    expect(found({ flow, locales: { es: anew } })).toEqual([]);
    expect(extracted(flow, "es", anew).text).toContain('\n  #= "The smallest"\n  option.small: "La más pequeña"\n');
  });

  test("and has no translation yet is just the text to translate", () => {
    const untranslated = old.replace('option.small: "A small one"', "option.small:");
    expect(extracted(flow, "es", untranslated).text).toContain('  #= "The smallest"\n  option.small:\n');
  });
});

test("a file that is no YAML stays as it is", () => {
  expect(extracted(SMALL, "es", "a: [")).toMatchObject({ text: "a: [", broken: true });
});

test("line ends stay those of the file", () => {
  const { text } = extracted(SMALL, "es", "order.size:\r\n  body:\r\n");
  expect(text.replaceAll("\r\n", "")).not.toContain("\n");
});

import { expect, describe as group, test } from "vitest";
import type { Mismatch } from "../../src/diagnostics/catalog/names.ts";
import type { TemplateProblem } from "../../src/diagnostics/catalog/project.ts";
import { CATALOG } from "../../src/diagnostics/catalog.ts";
import { suggest } from "../../src/diagnostics/suggest.ts";

group("what there is instead of an unknown name", () => {
  const unknown = (more: object): string => CATALOG.P2001.message({ what: "state", name: "x", ...more });
  test.each([
    [{}, ""],
    [{ of: "E" }, " of `E`"],
    [{ similar: ["y"] }, ", a similar name is `y`"],
    [{ similar: ["y", "z"], known: ["a"] }, ", a similar name is `y` or `z`"],
    [{ known: ["a"] }, ", there is `a`"],
    [{ known: ["a", "b", "c"] }, ", there are `a`, `b` and `c`"],
    [{ known: ["a", "b"], more: 3 }, ", there are `a`, `b` and 3 more"],
  ])("%j", (more, end) => expect(unknown(more)).toBe(`there is no state \`x\`${end}`));
});

test.each<[Mismatch, string]>([
  [{ problem: "type", found: "text", wanted: "number", place: "`n`" }, "`n` is `number`, this is `text`"],
  [{ problem: "range", found: "5", wanted: "1..3", place: "`n`" }, "this is 5, `n` takes 1..3"],
  [{ problem: "range", found: "1..5", wanted: "1..3", place: "`n`" }, "this can be 1..5, `n` takes 1..3"],
  [{ problem: "literal", length: 5, max: 3, place: "`t`" }, "this has 5 characters, `t` takes 3"],
  [{ problem: "text", length: 5, max: 3, place: "`t`" }, "this can have 5 characters, `t` takes 3"],
  [
    { problem: "blank", wanted: "text(3)", place: "`t`" },
    "this text is blank, `t` is `text(3)` and needs at least one character",
  ],
  [{ problem: "items", found: "5", wanted: "1 to 3", place: "`l`" }, "this list has 5 items, `l` takes 1 to 3"],
  [{ problem: "items", found: "1 to 5", wanted: "1", place: "`l`" }, "this list can have 1 to 5 items, `l` takes 1"],
  [{ problem: "missing-field", field: "a", wanted: "R" }, "the field `a` of `R` is missing"],
  [{ problem: "operands", operator: "+", left: "number", right: "text" }, "`+` does not go with `number` and `text`"],
  [{ problem: "operand", operator: "-", wanted: "a number", found: "text" }, "`-` takes a number, this is `text`"],
  [{ problem: "hole", found: "bool" }, "`bool` cannot stand in a text"],
  [{ problem: "branches", left: "number", right: "text" }, "one way gives `number`, the other `text`"],
  [{ problem: "says", sentence: "no" }, "no"],
])("a mismatch says what is there and what is wanted: %j", (args, sentence) => {
  expect(CATALOG.P2003.message(args)).toBe(sentence);
});

test.each([
  [0, 0, 1, "takes 0 arguments, here is 1"],
  [1, 1, 2, "takes 1 argument, here are 2"],
  [1, 2, 3, "takes 1 to 2 arguments, here are 3"],
])("%i to %i arguments, not %i, are counted in words", (min, max, count, sentence) => {
  expect(CATALOG.P2006.message({ of: "`f`", min, max, count })).toBe(`\`f\` ${sentence}`);
});

test.each<[Parameters<typeof CATALOG.P6002.message>[0], string]>([
  [{ name: "t", wanted: 1, count: 2 }, "the template `t` has 1 parameter, here are 2"],
  [{ name: "t", wanted: 2, count: 1, names: ["a", "b"] }, "the template `t` has 2 parameters (a, b), here is 1"],
  [{ name: "t", wanted: 0, count: 1, names: [] }, "the template `t` has 0 parameters, here is 1"],
  [{ name: "t", wanted: 0, count: 1, problem: "other ones" }, "other ones"],
])("parameters of a template are counted: %j", (args, sentence) => {
  expect(CATALOG.P6002.message(args)).toBe(sentence);
});

test.each<[TemplateProblem, string]>([
  [{ problem: "words", words: 2, count: 1, min: 3 }, "2 words beside 1 parameter, WhatsApp asks for 3"],
  [{ problem: "words", words: 2, count: 2, min: 5 }, "2 words beside 2 parameters, WhatsApp asks for 5"],
  [{ problem: "count", what: "buttons", count: 11, max: 10 }, "11 buttons, WhatsApp allows 10"],
  [{ problem: "edge", edge: "ends" }, "the body ends with a parameter"],
  [{ problem: "sample", what: "`x`" }, "`x` has no sample"],
  [{ problem: "missing", what: "the body" }, "the body is missing"],
])("what is wrong with a template: %j", (args, sentence) => {
  expect(CATALOG.P6004.message(args)).toBe(sentence);
});

test.each<[Parameters<typeof CATALOG.P3019.message>[0], RegExp]>([
  [{ problem: "compliance" }, /compliance: filed/],
  [{ problem: "business" }, /`parley\.yaml` says of no `business` where it is$/],
  [{ problem: "business", found: "DE" }, /`business` says DE$/],
  [{ problem: "country", found: "SG" }, /for IN only, not for SG$/],
  [{ problem: "users" }, /`markets` does not say that all are there$/],
  [{ problem: "users", found: "BR" }, /`markets` has BR, too$/],
])("a rule of India says what the project says: %j", (args, sentence) => {
  expect(CATALOG.P3019.message(args)).toMatch(sentence);
});

test.each<[Parameters<typeof CATALOG.P3026.message>[0], string]>([
  [{ problem: "count", min: 2, max: 10, count: 1 }, "a carousel has 2 to 10 cards, this one 1"],
  [{ problem: "links", count: 0 }, "a card has one link, this one none"],
  [{ problem: "links", count: 2 }, "a card has one link, this one 2"],
  [{ problem: "media", found: "image", wanted: "video" }, "this card shows an image, the first a video"],
  [{ problem: "media", found: "video", wanted: "image" }, "this card shows a video, the first an image"],
])("what differs between cards is said: %j", (args, sentence) => {
  expect(CATALOG.P3026.message(args)).toBe(sentence);
});

test("one message has one sentence for each way to be wrong", () => {
  expect(CATALOG.P2004.message({ problem: "start", what: "`x`" })).toBe(
    "`x` has no value when a trigger starts the flow",
  );
  expect(CATALOG.P3012.message({ problem: "blank" })).toMatch(/needs a title$/);
  expect(CATALOG.P3012.message({ problem: "product" })).toMatch(/^what stands outside/);
  expect(CATALOG.P3012.message({ problem: "outside", id: "a" })).toMatch(/^the option `a` stands outside/);
  expect(CATALOG.P3015.message({ what: "products", count: 31, max: 30 })).toMatch(/^the message can have 31 products/);
  expect(CATALOG.P3015.message({ what: "product sections", count: 11, max: 10 })).toMatch(/^11 sections/);
  expect(CATALOG.P3017.message({ problem: "hole", found: "" })).toMatch(/without holes$/);
  expect(CATALOG.P3021.message({ problem: "unknown", found: "" } as never)).toMatch(/may be no web address$/);
  expect(CATALOG.P3021.message({ problem: "host", found: "https://" } as never)).toBe(
    'the link "https://" names no host',
  );
  expect(CATALOG.P5004.message({ what: "wait" })).toMatch(/^after this wait comes no end/);
  expect(CATALOG.P5006.message({ what: "variable", name: "x", problem: "unread" })).toMatch(/is set and never read$/);
  expect(CATALOG.P9004.message({ what: "`x`", where: "url" })).toBe("`x` is personal and goes into a URL");
  expect(CATALOG.P9004.message({ what: "`x`", where: "marketing" })).toBe("`x` is personal and goes into marketing");
});

group("a similar name", () => {
  test("is none for no name", () => expect(suggest("", ["a"]).similar).toEqual([]));
  test("begins with the same letter where there are very many", () => {
    const many = Array.from({ length: 400 }, (_, i) => `z${i}`);
    expect(suggest("order", [...many, "arder", "Orders"]).similar).toEqual(["Orders"]);
    expect(suggest("order", ["arder"]).similar).toEqual(["arder"]);
  });
});

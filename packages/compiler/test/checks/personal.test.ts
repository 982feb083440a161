import { analyse, findings } from "@parley/compiler/testing";
import { expect, test } from "vitest";

/** What leaves through a marketing template that is sent with this value. */
function leaves(value: string, before = ""): readonly string[] {
  const source = `template t(x: text(200) = "Ana") { category marketing body "Here is what you asked for, {x}, as always." }
    flow f(name: personal text(20), names: personal text(20)[1..3], b: bool, plain: text(20), n: 0..1) {
      state s { ${before} send template t(${value}) -> end }
    }`;
  return findings(source).flatMap(([code, at]) => (code === "P9004" ? [at] : []));
}

test.each([
  ["name"],
  [`"Dear {name}"`],
  ["upper(name)"],
  [`name + "!"`],
  ["if b then name else plain"],
  [`names[n] ?? "you"`],
  [`names[0] ?? plain`],
  [`join(names, ", ")`],
  [`join([name, plain], ", ")`],
  [`join([x for x in names], ", ")`],
  [`join([upper(x) for x in names if x != plain], ", ")`],
  ["{ a: name }.a"],
])("what is made of personal data is personal: %s", (value) => {
  expect(leaves(value)).toEqual([value]);
});

test("a name for personal data is personal", () => {
  expect(leaves("copy", "let copy = name")).toEqual(["copy"]);
});

test.each([
  ["plain"],
  [`"{len(name)}"`],
  [`"{count(names)}"`],
  ['if name == plain then "A" else "B"'],
  [`if contains(name, "a") then "A" else "B"`],
])("what only counts or tests it is not: %s", (value) => {
  expect(leaves(value)).toEqual([]);
});

/** What leaves, and where to. */
function told(text: string): readonly (readonly [at: string, where: unknown])[] {
  return analyse(text).diagnostics.flatMap(({ code, span, args }) =>
    code === "P9004" ? [[span.source.text.slice(span.start, span.end), args["where"]] as const] : [],
  );
}

const inFlow = (statements: string, head = ""): string =>
  `${head} flow f(name: personal text(20), plain: text(20), n: personal 0..9) { on message -> s state s { ${statements} -> end } }`;
const NEWS = 'template t(x: text(200) = "Ana") { category marketing body "For you, {x}, as always." option a "Stop" }';

test.each<readonly [where: string, statements: string, found: readonly string[]]>([
  ["a link of a text", 'say "A" { link "L" "https://a.example/{name}/{plain}" }', ["name"]],
  ["a picture", 'send image "https://a.example/{name}/{plain}"', ["name"]],
  ["a picture of an ask", 'ask buttons "Q" { header image "https://a.example/{-n}" option a "A" -> end }', ["-n"]],
  ["no header in words", 'ask buttons "Q" { header "{name}" option a "A" -> end }', []],
  [
    "no text, caption or footer",
    'say "{name}" { footer "{name}" } send image "https://a.example/a" caption "{name}"',
    [],
  ],
  [
    "a link of a card",
    'send carousel "C" { card image "https://a.example/a" { link "L" "https://a.example/{name}" } card image "https://a.example/a" { link "L" "https://a.example/{plain}" } }',
    ["name"],
  ],
])("a URL gives away what is personal in %s", (_, statements, found) => {
  expect(told(inFlow(statements))).toEqual(found.map((at) => [at, "url"]));
});

test("the URL of a request gives away its personal parameters", () => {
  const text = 'action a(mail: personal text(30), b: text(3)) GET "https://a.example/{mail}/{b}" ';
  expect(told(text)).toEqual([["mail", "url"]]);
});

test("an ask by a marketing template gives away as much as sending it", () => {
  expect(told(inFlow("ask template t(name) { option a -> end }", NEWS))).toEqual([["name", "marketing"]]);
  expect(told(inFlow("ask template t(plain) { option a -> end }", NEWS))).toEqual([]);
});

test("what goes into a personal parameter of a template is personal, whatever it is", () => {
  const personal = NEWS.replace("x: text", "x: personal text");
  expect(told(inFlow('send template t("you")', personal))).toEqual([['"you"', "marketing"]]);
  expect(told(inFlow("send template t(name)", personal.replace("marketing", "utility")))).toEqual([]);
});

test("an argument too many is no other mistake", () => {
  expect(told(inFlow('send template t("a", "b")', NEWS))).toEqual([]);
  expect(told(inFlow('send template t("a", name)', NEWS))).toEqual([["name", "marketing"]]);
});

test.each([
  ["contact.phone", ["contact.phone"]],
  ["contact.name", ["contact.name"]],
  ["contact.locale", []],
  ["profile.mail", ["profile.mail"]],
  ["profile.town", []],
  ["r.a", ["r.a"]],
  ["r.b", []],
  ["{ a: plain, b: name }.b", ["{ a: plain, b: name }.b"]],
])("of the fields that a program can see, %s", (value, found) => {
  const head = `${NEWS} profile { mail: personal text(40)?, town: text(40)? } type R = { a: personal text(9), b: text(9) }`;
  const text = inFlow(`send template t(${value} ?? "-")`, head).replace("name:", "r: R, name:");
  expect(told(text).map(([at]) => at)).toEqual(found.map((at) => `${at} ?? "-"`));
});

test("a long value is not repeated in the sentence", () => {
  const what = (value: string): unknown =>
    analyse(inFlow(`send template t(${value})`, NEWS)).diagnostics.find((d) => d.code === "P9004")?.args["what"];
  const text = `"${"x".repeat(32)}{name}"`;
  expect(text).toHaveLength(40);
  expect(what(text)).toBe(`\`${text}\``);
  expect(what(`"x${text.slice(1)}`)).toBe("this value");
});

test("what is only set beside it, or chosen by it, is not personal", () => {
  expect(told(inFlow('let k = clamp(1, 0, 5) send template t("{k}")', NEWS))).toEqual([]);
  expect(told(inFlow('send template t(variant(name, ["A", "B"]))', NEWS))).toEqual([]);
});

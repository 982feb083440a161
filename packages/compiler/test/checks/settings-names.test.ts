/** Names that the project file gives: variables of the environment, locales, opening hours. */
import { analyse } from "@parley/compiler/testing";
import { expect, describe as group, test } from "vitest";
import { DEFAULT_SETTINGS, type Settings } from "../../src/project/settings.ts";
import { inState, whole } from "../programs.ts";

const ALWAYS = "daily 00:00-24:00";
const settings: Partial<Settings> = {
  locales: { ...DEFAULT_SETTINGS.locales, default: "en", others: ["de"] },
  hours: { shop: ALWAYS, kitchen: ALWAYS },
  env: ["TOKEN"],
};
const told = (source: string): string => whole(source, settings, /^P(1|2001|2009)/);

group("a locale is one of the project's", () => {
  test.each<readonly [where: string, source: string, told: string]>([
    ["the default one that is set", inState('set contact.locale = "en"'), ""],
    ["another one that is set", inState('set contact.locale = "de"'), ""],
    [
      "one that is set",
      inState('set contact.locale = "fr"'),
      'P2001 "fr" there is no locale `fr`, there are `en` and `de`',
    ],
    ["one that is set to a value", inState('let l = "fr" set contact.locale = l'), ""],
    ["a field of the profile of that name", `profile { locale: text? } ${inState('set profile.locale = "fr"')}`, ""],
    [
      "a variable of that name",
      `flow f { on message -> s var locale: text = "fr" state s { set locale = "it" say "{locale}" -> end } }`,
      "",
    ],
    ["one of a test", `${inState("")} test "t" { locale de user says "x" }`, ""],
    [
      "one of a test that there is not",
      `${inState("")} test "t" { locale fr user says "x" }`,
      'P2001 "fr" there is no locale `fr`, there are `en` and `de`',
    ],
  ])("%s", (_, source, text) => expect(told(source)).toBe(text));
});

group("opening hours are some of the project's", () => {
  test.each<readonly [where: string, source: string, told: string]>([
    ["the first", inState('if open("shop") { say "Open" }'), ""],
    ["the last", inState('if open("kitchen") { say "Open" }'), ""],
    [
      "others",
      inState('if open("bar") { say "Open" }'),
      'P2001 "bar" there is no opening hours `bar`, there are `shop` and `kitchen`',
    ],
  ])("%s", (_, source, text) => expect(told(source)).toBe(text));
});

group("variables of the environment are declared", () => {
  const declared = inState('if env.TOKEN == "x" { say "A" }');
  const other = inState('if env.TOKEM == "x" { say "A" }');

  test("one that is", () => expect(told(declared)).toBe(""));

  test("one that is not is renamed to one that is like it", () => {
    expect(told(other).split("\n")).toEqual([
      'P2009 "TOKEM" `env.TOKEM` is not declared under `env` in `parley.yaml`, a similar name is `TOKEN`',
      "  fix Write `TOKEN`",
      '    "TOKEM" -> "TOKEN"',
    ]);
  });

  test("or declared, where the project file has a place for it, and that is for people to do", () => {
    const span = { source: { path: "parley.yaml", text: "env: [TOKEN]" }, start: 11, end: 11 };
    const places = { libraries: [], env: { span, before: ", ", after: "" } };
    const { diagnostics } = analyse(other, { ...settings, places });
    const fixes = diagnostics.flatMap((d) => (d.code === "P2009" ? d.fixes : []));
    expect(fixes.map(({ title, safe, edits }) => [title, safe, edits.map((edit) => edit.text)])).toEqual([
      ["Write `TOKEN`", false, ["TOKEN"]],
      ["Declare `TOKEM` in `parley.yaml`", false, [", TOKEM"]],
    ]);
  });
});

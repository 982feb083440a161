import { expect, describe as group, test } from "vitest";
import { sentences } from "../../src/testing.ts";

const bot = (statement: string, vars = ""): string =>
  `type Part = { title: text(10), ids: text(10)[..2] }
  flow f { on message -> a var t: text(20) = "-" var n: number = 1 var m: media? var l: media[..9] = [] ${vars}
  state a { ${statement} say "{t}{n}{count(l)}{m is none}" -> end } }`;

const found = (text: string): readonly string[] =>
  sentences(text).filter((one) => !one.startsWith("P5") && !one.startsWith("P9") && !one.startsWith("P2003"));

group("clauses that an ask has no use for", () => {
  test.each([
    [`ask number "Q" as n { gather 5s }`, "gather", "`ask number`"],
    [`ask "Q" { option x "X" gather 5s }`, "gather", "`ask`"],
    [`ask location "Q" { option x "X" }`, "option", "`ask location`"],
    [`ask text "Q" as t { more "More" }`, "more", "`ask text`"],
    [`ask text "Q" as t { fallback off }`, "fallback", "`ask text`"],
    [`ask "Q" { section "S" { option x "X" else "E" } }`, "else", "a section"],
    [`ask "Q" { section "S" { section "T" { option x "X" } } }`, "section", "a section"],
  ])("%s", (statement, word, where) => {
    expect(found(bot(statement))).toEqual([`P1001 expected a clause of ${where}, found \`${word}\``]);
  });
});

group("options beside a typed answer", () => {
  test.each([
    [`ask text "Q" as t { option x "X" footer "F" fallback off }`, []],
    [`ask number "Q" as n { option x "X" when t == "a" -> end }`, []],
    [`ask image "Q" as m { header "H" option x "X" }`, []],
    [`ask text "Q" as t { footer "F" }`, ["P3014 a text message has no footer"]],
    [`ask text "Q" as t { option x "X" option x "Y" }`, ["P3009 two options have the id `x`"]],
  ])("%s", (statement, codes) => {
    expect(found(bot(statement)).map((one) => one.slice(0, 5))).toEqual(codes.map((one) => one.slice(0, 5)));
  });
  test("an option leaves the variable as it was", () => {
    const text = `flow f { on message -> a var t: text(9) state a { ask text "Q" as t { option x "X" } say "{t}" -> end } }`;
    expect(found(text)).toEqual([expect.stringMatching(/^P2004 .*`t`/)]);
  });
  test("so does one that is no case of the variable's enum", () => {
    const text = `type E = one | two flow f { on message -> a var e: E state a { ask "Q" as e { option x "X" } say "{e}" -> end } }`;
    expect(found(text)).toEqual([expect.stringMatching(/^P2004 .*`e`/)]);
  });
});

group("P3021 of files", () => {
  test.each([
    [`send image "https://a.example/a.gif"`, "a file `.gif` is no image: WhatsApp takes .jpg, .jpeg or .png"],
    [`send sticker "https://a.example/{t}.PNG?x=1"`, "a file `.png` is no sticker: WhatsApp takes .webp"],
    [`ask audio "Q" as m { } send video m`, "`m` is an audio, not a video"],
    [`ask image "Q" as l { } let first = l[0] send image "https://a.example/a.jpg"`, undefined],
    [`send image "https://a.example/a.gif/b"`, undefined],
    [`send audio "https://a.example/a.mp4"`, undefined],
    [`send document "https://a.example/a.php?f=a.gif"`, undefined],
    [`ask media "Q" as m { } send video m`, undefined],
  ])("%s", (statement, sentence) => {
    const wrong = found(bot(statement)).filter((one) => one.startsWith("P3021"));
    expect(wrong).toEqual(sentence === undefined ? [] : [`P3021 ${sentence}`]);
  });
});

group("the window behind an answer that is gathered", () => {
  const asked = (pause: string): string => bot(`ask text "Q" as t { gather ${pause} after 1h -> end } say "Late?"`);
  test.each([
    ["10h", []],
    ["24h", ["P4001"]],
  ])("gather %s", (pause, codes) => {
    expect(
      found(asked(pause))
        .map((one) => one.slice(0, 5))
        .slice(0, 2),
    ).toEqual(codes);
  });
});

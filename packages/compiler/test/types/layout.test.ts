import { analyse } from "@parley/compiler/testing";
import { LIMITS } from "@parley/whatsapp";
import { expect, test } from "vitest";
import { writtenText } from "../../src/checks/text-uses.ts";
import { type LayoutChoice, layoutOf } from "../../src/types/layout.ts";
import { ask as asked, inState } from "../programs.ts";

function layout(source: string): LayoutChoice {
  const { program } = analyse(source);
  const ask = [...program.names.ids.keys()].find((node) => node.kind === "Ask");
  const choice = ask?.kind === "Ask" ? layoutOf(program, ask) : undefined;
  if (!choice) throw new Error(`no ask with options in ${source}`);
  return choice;
}

const x = (count: number): string => "x".repeat(count);
const options = (count: number): string => Array.from({ length: count }, (_, i) => `option o${i} "O${i}"`).join(" ");
const rows = (bound: string, pin = ""): string => `action all() -> text(20)[${bound}] infallible
  ${inState(`let all = all() ask ${pin} "Q" { for a in all { option {a} "{a}" } empty -> end }`)}`;

test.each([
  ["three short options", asked(`"Q"`, options(3)), "buttons"],
  ["four options", asked(`"Q"`, options(4)), "list"],
  ["ten options", asked(`"Q"`, options(10)), "list"],
  ["eleven options", asked(`"Q"`, options(11)), "pages"],
  ["a description", asked(`"Q"`, `option a "A" "D"`), "list"],
  ["a section", asked(`"Q"`, `section "S" { option a "A" }`), "list"],
  ["a title beyond a button's", asked(`"Q"`, `option a "${x(LIMITS.replyButtonTitle.max + 1)}"`), "list"],
  ["a long title with a short one", asked(`"Q"`, `option a "${x(70)}" short "S"`), "buttons"],
  ["an option that may be away", asked(`"Q"`, `${options(3)} option z "Z" when window.open`), "list"],
  ["rows bounded by 3", rows("..3"), "buttons"],
  ["rows bounded by 10", rows("..10"), "list"],
  ["rows bounded by 11", rows("..11"), "pages"],
  ["a pinned list", asked(`list "Q"`, options(2)), "list"],
  ["a pinned list of many rows with `more`", asked(`list "Q"`, `${options(11)} more "M"`), "pages"],
  ["pinned buttons", asked(`buttons "Q"`, options(2)), "buttons"],
])("%s", (_, source, expected) => {
  expect(layout(source).layout).toBe(expected);
});

test("bounds count sections, rows and `when`", () => {
  const source = `action all() -> text(20)[2..5] infallible
    ${inState(`let all = all() ask "Q" {
      section "A" { for a in all { option {a} "{a}" } option z "Z" }
      section "B" when window.open { option y "Y" }
    }`)}`;
  expect(layout(source)).toMatchObject({ minOptions: 3, maxOptions: 7 });
});

test("the reasons say what keeps the options from being buttons", () => {
  expect(layout(asked(`"Q"`, `option a "A" "D" option b "B"`)).reasons).toEqual(["`a` has a description"]);
  expect(layout(asked(`"Q"`, options(4))).reasons).toEqual(["4 options are possible, buttons take 3"]);
  expect(layout(rows("..30")).reasons).toEqual(["30 options are possible, a list takes 10"]);
});

test("an ask `as` an enum has all its cases in the type's order, then the other options", () => {
  const { rows: all } = layout(`type E = a "A" | b "B" | c "C"
    flow f { on message -> s var e: E = E.a state s { ask "Q" as e { option other "O" option b "Bee" } -> end } }`);
  expect(all.map((row) => row.id)).toEqual(["a", "b", "c", "other"]);
  expect(all.map((row) => row.label ?? (row.title && writtenText(row.title)))).toEqual(["A", "Bee", "C", "O"]);
});

test("rows made from cases take their labels", () => {
  const { rows: all } = layout(`type E = a "A" | b "Longer"
    flow f(l: E[1..2]) { state s { ask "Q" { for e in l { option {e} } } -> end } }`);
  expect(all.map((row) => row.label)).toEqual(["Longer"]);
});

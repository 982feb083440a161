import type { AskDef, RowDef } from "@parley/machine";
import { expect, test } from "vitest";
import { askOf, code, flowOf, lowered, textIn } from "./dump.ts";

const HEAD = `type Size = small "Small" | medium "Medium" | large "Large"
type Row = { id: text(20), name: text(20) }
action rows() -> Row[..5]
template order_ready(name: text(60) = "Ana") { category utility body "Hi {name}, it is ready." option where "Where?" option thanks "Thanks" }
`;

const flow = (states: string, head = ""): string =>
  `${HEAD} flow f { on message -> a ${head} var size: Size = Size.small var n: 1..20 = 1 var t: text(60) = "x" var place: location? ${states} }`;

/** Of the first section. */
function rowsOf({ prompt }: AskDef): readonly RowDef[] {
  const [section] = prompt.kind === "options" ? prompt.sections : [];
  return section && "rows" in section ? section.rows : [];
}

test("arms lie behind the state; options without one go on after the ask", () => {
  const program = lowered(
    flow(`state a {
      ask "Q?" { option x "X" -> b option y "Y" { say "Why" } option z "Z"
        text "the usual", /usual/i { set n = 2 }
        else "Please tap." retry 2 -> b
        after 2h { say "Still there?" } after 20h -> end }
      say "On" -> end }
      state b { -> end }`),
  );
  expect(code(program)).toEqual([
    "a: 0 ask f.a",
    "1 send f.a~3",
    "2 end",
    "3 go b",
    "4 send f.a~1",
    "5 jump 1",
    "6 set slot n = 2",
    "7 jump 1",
    "8 send f.a~2",
    "9 keep",
    "10 end",
    "b: 11 end",
  ]);
  const { prompt, texts, ...ask } = askOf(program, "f.a");
  expect(ask).toEqual({
    id: "f.a",
    flow: "f",
    state: "a",
    next: 1,
    orElse: { text: "f.a.else", retries: 2, to: 3 },
    after: [
      { ms: 7_200_000, to: 8 },
      { ms: 72_000_000, to: 10 },
    ],
  });
  expect(texts.map(({ patterns, ...rest }) => [rest, patterns.map((p) => p.source)])).toEqual([
    [{ texts: ["the usual"], to: 6 }, ["/usual/i"]],
  ]);
  expect(prompt).toEqual({
    kind: "options",
    layout: { en: "buttons" },
    body: "f.a.body",
    sections: [
      {
        rows: [
          { kind: "option", id: "x", title: "f.a.option.x", to: 3 },
          { kind: "option", id: "y", title: "f.a.option.y", to: 4 },
          { kind: "option", id: "z", title: "f.a.option.z" },
        ],
      },
    ],
  });
  expect(textIn(program, "f.a.option.x")).toBe("X");
});

test("an ask as an enum lists all cases in the type's order, then the others", () => {
  const program = lowered(
    flow(
      `state a { ask "Size?" as size { option other "Other" -> end option large "Very large" -> end after 1h -> end } -> end }`,
    ),
  );
  const ask = askOf(program, "f.a");
  expect(ask.into).toEqual(["slot", "size"]);
  expect(rowsOf(ask)).toEqual([
    { kind: "option", id: "small", title: "types.Size.small", value: true },
    { kind: "option", id: "medium", title: "types.Size.medium", value: true },
    { kind: "option", id: "large", title: "f.a.option.large", value: true, to: 2 },
    { kind: "option", id: "other", title: "f.a.option.other", to: 2 },
  ]);
  expect(ask.prompt.kind === "options" && ask.prompt.layout).toEqual({ en: "list" });
});

test("rows of a list have a slot, sections a title", () => {
  const program = lowered(
    flow(`state a { let all = rows() else -> end
      ask list "Which?" { open "See" header "Head" footer "Foot"
        section "Some" { for r in all { option {r.id} "{r.name}" { set t = r.name } } }
        section "None" when n > 1 { option none "None" "Of these" -> end }
        empty -> end after 1h -> end }
      -> end }`),
  );
  const { prompt } = askOf(program, "f.a");
  expect(prompt).toEqual({
    kind: "options",
    layout: { en: "list" },
    body: "f.a.body",
    header: { kind: "text", text: "f.a.header" },
    footer: { text: "f.a.footer" },
    open: "f.a.open",
    sections: [
      {
        title: "f.a.section~1",
        rows: [
          {
            kind: "for",
            slot: "a.r",
            list: ["get", "a.all"],
            rows: [{ kind: "option", id: { e: ["field", ["get", "a.r"], "id"] }, title: "f.a.option~1", to: 4 }],
          },
        ],
      },
      {
        title: "f.a.section~2",
        when: [">", ["get", "n"], 1],
        rows: [
          { kind: "option", id: "none", title: "f.a.option.none", description: "f.a.option.none.description", to: 3 },
        ],
      },
    ],
  });
  expect(flowOf(program).lets["a.r"]).toEqual({
    t: "record",
    fields: { id: { t: "text", max: 20 }, name: { t: "text", max: 20 } },
  });
  expect(askOf(program, "f.a").empty).toBe(3);
});

test("a typed ask takes the variable's type", () => {
  const program = lowered(
    flow(`state a {
      ask number count: "How many?" as n { after 1h -> end }
      ask text once_more: "Name?" as t { after 1h -> end }
      ask email mail: "Mail?" { after 1h -> end }
      ask location spot: "Where?" as place { after 1h -> end }
      -> end }`),
  );
  const asked = ["count", "once_more", "mail", "spot"].map((name) => {
    const { prompt, answer, into } = askOf(program, `f.a.${name}`);
    return [prompt.kind, answer, into];
  });
  expect(asked).toEqual([
    ["text", { kind: "number", type: { t: "range", min: 1, max: 20 } }, ["slot", "n"]],
    ["text", { kind: "text", type: { t: "text", max: 60 } }, ["slot", "t"]],
    ["text", { kind: "email", type: { t: "text", max: 254 } }, undefined],
    ["location", { kind: "location" }, ["slot", "place"]],
  ]);
});

test("a template's options have the titles of its buttons", () => {
  const program = lowered(
    flow(`state a { ask template ready: order_ready(t) { option where -> end after 1d -> end } }`),
  );
  expect(askOf(program, "f.a.ready").prompt).toEqual({
    kind: "template",
    template: "order_ready",
    args: [["get", "t"]],
    options: [{ kind: "option", id: "where", title: "templates.order_ready.option.where", to: 1 }],
  });
});

test("the flow's own else and after are there once, for asks without their own", () => {
  const program = lowered(
    flow(
      `state a { ask "Q?" { option x "X" -> b } }
       state b { ask "R?" { option x "X" -> end else "Mine." after 1h { typing } } }
       state c { ask "S?" { option x "X" -> end after 3h -> end } }`,
      `on text "c" -> c else "Please choose." retry 1 -> b after 20h { say "Bye" -> end }`,
    ),
  );
  const [first, second, third] = ["f.a", "f.b", "f.c"].map((id) => askOf(program, id));
  expect(first?.orElse).toEqual({ text: "f.else", retries: 1, to: 1 });
  expect(first?.after.map((a) => a.ms)).toEqual([72_000_000]);
  expect(second?.orElse).toEqual({ text: "f.b.else" });
  expect(second?.after.map((a) => a.ms)).toEqual([3_600_000, 72_000_000]);
  expect(second?.after[1]?.to).toBe(first?.after[0]?.to);
  expect(third?.orElse).toBe(first?.orElse);
  expect(third?.after.map((a) => a.ms)).toEqual([10_800_000]);
});

test("once, short titles and fallback off are kept", () => {
  const ask = askOf(
    lowered(
      flow(
        `state a { ask once "Q?" { option x "A title that is too long for buttons" short "A title" -> end fallback off after 1h -> end } }`,
      ),
    ),
    "f.a",
  );
  expect([ask.once, ask.fallback]).toEqual([true, false]);
  expect(rowsOf(ask)[0]).toMatchObject({
    short: "f.a.option.x.short",
  });
});

import { hashMachine } from "@parley/machine";
import { LIMITS } from "@parley/whatsapp";
import { describe, expect, test } from "vitest";
import { builtinWords } from "../../src/emit/builtin-words.ts";
import { built, outputOf } from "./built.ts";

const PROGRAM = `flow f {
  on message -> a
  var name: text(20) = "x"
  state a {
    say "Hi {name}"
    ask "Which?" {
      option x "X" -> b
      option y "Y" -> end
      after 20h -> end
    }
  }
  state b was c {
    wait 3h
    say late: "Later"
    -> end
  }
}
test "a tap" in f {
  user says "hi"
  expect text containing "Hi x"
  expect buttons with option x
  user taps x
  advance 3h
  expect that name == "x"
  expect end
}
`;

test("equal inputs give equal bytes, in the same order", () => {
  const [first, second] = [built(PROGRAM), built(PROGRAM)];
  expect([...first]).toEqual([...second]);
});

test("the files are those of the documentation", () => {
  expect([...built(PROGRAM).keys()]).toEqual([
    "machine.json",
    "payloads/f.a~1.en.json",
    "payloads/f.b.late.en.json",
    "payloads/f.a.en.json",
    "bot.d.ts",
    "strings.json",
    "machine.map.json",
    "report.json",
  ]);
});

test("machine.json is the machine, without white space, and holds its hash", () => {
  const { machine } = outputOf(PROGRAM);
  expect(built(PROGRAM).get("machine.json")).toBe(`${JSON.stringify(machine)}\n`);
  expect(machine.hash).toBe(hashMachine(machine));
});

test("another text is another hash, another comment is not", () => {
  const hash = outputOf(PROGRAM).machine.hash;
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(outputOf(PROGRAM.replace("Later", "later")).machine.hash).not.toBe(hash);
  expect(outputOf(`// a comment\n${PROGRAM}`).machine.hash).toBe(hash);
});

test("the report has layouts and the greatest age at each message", () => {
  expect(outputOf(PROGRAM).report.messages).toEqual({
    "f.a~1": { category: "service", windowAgeMs: 0 },
    "f.a": {
      category: "service",
      windowAgeMs: 0,
      layouts: {
        en: { layout: "buttons", reasons: ["at most 3 options with titles that fit buttons"], options: [2, 2] },
      },
    },
    "f.b.late": { category: "service", windowAgeMs: 10_800_000 },
  });
});

test("the map leads from instructions to lines", () => {
  const { map, machine } = outputOf(PROGRAM);
  expect(map.machine).toBe(machine.hash);
  expect(map.states).toEqual({ "f.a": [0, 4, 9], "f.b": [0, 12, 9] });
  expect(map.messages).toEqual({ "f.a~1": [0, 5, 5], "f.b.late": [0, 14, 5] });
  expect(map.code["f"]?.filter((_, i) => i % 3 === 1)).toEqual([5, 6, 7, 8, 13, 14, 15]);
  expect(map.code["f"]).toHaveLength(3 * (machine.flows["f"]?.code.length ?? 0));
});

test("strings are the texts that people see, with their place", () => {
  const { strings } = JSON.parse(built(PROGRAM).get("strings.json") ?? "{}");
  expect(strings["f.a~1.body"]).toEqual({ text: "Hi {name}", file: "test.flow", line: 5 });
  expect(Object.keys(strings)).toEqual(["f.a~1.body", "f.a.body", "f.a.option.x", "f.a.option.y", "f.b.late.body"]);
});

test("old names lead to those of today", () => {
  expect(outputOf(PROGRAM).machine.was.state).toEqual({ "f.c": "f.b" });
});

test("tests are data beside the machine", () => {
  const [only] = outputOf(PROGRAM).tests;
  expect(only).toMatchObject({ title: "a tap", flow: "f", at: { file: "test.flow", line: 18, column: 6 } });
  expect(only?.steps.map(({ at, ...step }) => `${at.line} ${JSON.stringify(step)}`)).toEqual([
    '19 {"kind":"says","text":"hi"}',
    '20 {"kind":"expect","what":{"kind":"sent","sent":"text","containing":"Hi x"}}',
    '21 {"kind":"expect","what":{"kind":"sent","sent":"buttons","option":"x"}}',
    '22 {"kind":"taps","option":"x"}',
    '23 {"kind":"advance","ms":10800000}',
    '24 {"kind":"expect","what":{"kind":"that","condition":["==",["get","name"],"x"]}}',
    '25 {"kind":"expect","what":{"kind":"end"}}',
  ]);
});

describe("the words of ours fit in every language", () => {
  test.each(["en", "de", "es", "fr", "it", "pt_BR", "xx"])("%s", (locale) => {
    const words = builtinWords([locale]);
    expect([...(words.open[locale] ?? "")].length).toBeLessThanOrEqual(LIMITS.listButton.max);
    expect([...(words.more[locale] ?? "")].length).toBeLessThanOrEqual(LIMITS.rowTitle.max);
    expect(words.numbered[locale]).not.toBe("");
  });
});

test("the map has the place of each part of an ask, also of clauses that asks share and of cases nobody wrote", () => {
  const { map } = outputOf(
    `flow f {
  on message -> a
  var size: Size?
  else "Once more." retry 2 -> end
  after 20h -> end
  state a {
    let names = list("a", "b")
    ask list "Which?" {
      for n in names {
        option {n} "{n}"
      }
      option other "Other" -> b
      after 1h { say "Hm?" }
    }
    -> b
  }
  state b {
    ask "How big?" as size {
      option small "Little"
    }
    -> end
  }
}
type Size = small | large
`.replace('list("a", "b")', '["a", "b"]'),
  );
  const lines = (places: Readonly<Record<string, readonly number[]>>): unknown =>
    Object.fromEntries(Object.entries(places).map(([key, [, line]]) => [key, line]));
  expect(lines(map.options)).toEqual({
    "f.a:{a.n}": 9,
    "f.a:other": 12,
    "f.b:small": 19,
    "f.b:large": 18,
  });
  expect(lines(map.elses)).toEqual({ "f.a": 4, "f.b": 4 });
  expect(map.afters["f.a"]?.map(([, line]) => line)).toEqual([13, 5]);
});

/** The explorer reaches what can be reached, says why it does not reach the rest, and notices a bot that does what none may. */
import { compile, DEFAULT_SETTINGS, describe as inWords } from "@parley/compiler";
import type { Machine, PatternDef, Snapshot, ValueType } from "@parley/machine";
import { describe, expect, test } from "vitest";
import { sampleOfPattern, samplesOf } from "../src/explore/samples.ts";
import { explore, runTests, suggestTests, whyNot } from "../src/index.ts";

interface Built {
  readonly machine: Machine;
  readonly tests: Parameters<typeof runTests>[0]["tests"];
}

function built(source: string): Built {
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "bot.flow", text: source }] });
  if (!output) throw new Error(diagnostics.map(inWords).join("\n"));
  return output;
}

const BOT = `
type Size = small "Small" | large "Large"
action price(size: Size) -> 0..100
action save(size: Size, note: text(20))

flow order {
  on text "order", /^pizza \\d+$/i -> start
  on window_closed -> lost
  var size: Size
  var note: text(20) = "-"

  state start {
    ask "Which size?" as size {
      option small "Small"
      option large "Large"
      else "Tap one." retry 1 -> end
      after 1h -> end
    }
    let costs = price(size) else -> sorry
    if costs > 50 { -> dear }
    ask text words: "Anything else?" as note {
      text "no" -> done
      after 2h -> done
    }
    -> done
  }

  state dear {
    say "That is {size}, and dear."
    -> done
  }

  state done {
    do save(size, note) else -> sorry
    say "Noted."
    -> end
  }

  state sorry {
    say "Something is broken."
    handoff "desk" {
      back after 2h -> end
    }
  }

  state lost {
    -> end
  }
}
`;

const { machine } = built(BOT);

describe("exploring", () => {
  const found = explore({ machine });

  test("reaches every state, option, time-out, wrong answer and failure", () => {
    expect(found.coverage.items.filter(({ count }) => count === 0)).toEqual([]);
    expect(found.problems).toEqual([]);
    expect(found.isCut).toBe(false);
  });

  test("gives the same each time", () => {
    expect(explore({ machine })).toEqual(found);
  });

  test("ends at its bound, and says so", () => {
    const { steps, isCut } = explore({ machine, steps: 5 });
    expect([steps, isCut]).toEqual([5, true]);
  });

  test("writes tests that pass and go through all that it reached", async () => {
    const { tests, unsaid } = await suggestTests({ machine }, found, undefined);
    expect(unsaid).toEqual([]);
    const written = built(`${BOT}\n${tests.map(({ text }) => text).join("\n")}`);
    const { results, coverage } = await runTests(written);
    expect(results.filter(({ failure }) => failure).map(({ title, failure }) => [title, failure])).toEqual([]);
    expect(results).toHaveLength(tests.length);
    expect(coverage.items.filter(({ count }) => count === 0)).toEqual([]);
  });

  test("writes no test for what tests go through already", async () => {
    const all = await suggestTests({ machine }, found, undefined);
    const { coverage } = await runTests(built(`${BOT}\n${all.tests.map(({ text }) => text).join("\n")}`));
    expect((await suggestTests({ machine }, found, coverage)).tests).toEqual([]);
  });

  test("tells of snapshots that differ in what conditions can tell", () => {
    const places = new Set<string | undefined>();
    explore({ machine, onSnapshot: ({ conversation }: Snapshot) => places.add(conversation?.wait.id) });
    expect(places).toContain("order.start.words");
    expect(places).toContain(undefined);
  });
});

describe("what goes wrong on the way", () => {
  const broken = (change: (machine: Machine) => object): ReturnType<typeof explore> =>
    explore({ machine: { ...machine, ...change(structuredClone(machine)) } });

  test("a message that WhatsApp refuses, with the way to it", () => {
    const isLabel = (text: object): boolean => Object.values(text).every((parts) => String(parts) === "Small");
    const label = ["a label that is longer than a button is"];
    const { problems } = broken(({ texts }) => ({
      texts: Object.fromEntries(
        Object.entries(texts).map(([key, text]) => [key, isLabel(text) ? { [machine.locales.default]: label } : text]),
      ),
    }));
    expect(problems[0]).toMatchObject({ kind: "refused", path: [{ kind: "says" }] });
  });

  test("a message that goes out when the window is closed", () => {
    const { problems } = broken(({ asks }) => {
      const slow = Object.values(asks).map((ask) => [
        ask.id,
        { ...ask, after: ask.after.map((one) => ({ ...one, ms: 30 * 3_600_000 })) },
      ]);
      return { asks: Object.fromEntries(slow) };
    });
    expect(problems.map(({ kind }) => kind)).toContain("window");
  });

  test("a step that throws", () => {
    const { problems } = broken(({ flows }) => {
      const { order } = flows;
      if (!order) throw new Error("no flow");
      const code = order.code.map((instr) => (instr.op === "go" ? { op: "go", state: "nowhere" } : instr));
      return { flows: { order: { ...order, code } } };
    });
    expect(problems.map(({ kind }) => kind)).toContain("failed");
  });
});

describe("why something was not reached", () => {
  const reasons = (source: string): readonly string[] => {
    const program = built(source).machine;
    const { coverage } = explore({ machine: program });
    const reached = new Set(coverage.items.filter(({ count }) => count > 0).map(({ kind, id }) => `${kind} ${id}`));
    return coverage.items
      .filter(({ count }) => count === 0)
      .map((item) => `${item.kind} ${item.id}: ${whyNot(program, item, (one) => reached.has(one))}`);
  };

  test("a condition that never holds", () => {
    const never = 'if contact.name == "Nobody" { -> hidden }';
    expect(
      reasons(
        `flow f { on message -> s state s { say "Hi." ${never} -> end } state hidden { ask buttons "Q?" { option a "A" } -> end } }`,
      ),
    ).toEqual([
      "state f.hidden: nothing that was tried leads there from s",
      "ask f.hidden: f.hidden was not reached",
      "option f.hidden:a: f.hidden was not reached",
    ]);
  });

  test("a trigger that nothing brings about", () => {
    expect(
      reasons(
        `flow f { on message -> s on stale -> old state s { say "Hi." -> end } state old { say "Old." -> end } }`,
      ),
    ).toEqual(["state f.old: only `on stale` leads there, and nothing brought it about"]);
  });
});

describe("samples", () => {
  const pattern = (source: string): PatternDef => {
    const program = built(`flow f { on text ${source} -> s state s { say "Hi." -> end } }`).machine;
    const [trigger] = program.flows["f"]?.triggers ?? [];
    if (trigger?.on.kind !== "text" || !trigger.on.patterns[0]) throw new Error("no pattern");
    return trigger.on.patterns[0];
  };

  test.each([
    "/^order/i",
    "/a|b/",
    "/^[a-z]{2,3}$/",
    "/\\d{4}/",
    "/^(yes|sure)$/",
    "/pizz?a/",
    "/x+y*/",
    "/^s.m/",
    "/a\\/b/",
  ])("a text for %s", (source) => expect(sampleOfPattern(pattern(source))).toBeTypeOf("string"));

  test("of a list: one, all kinds, the longest and the shortest", () => {
    const type: ValueType = { t: "list", of: { t: "bool" }, min: 0, max: 12 };
    expect(samplesOf(machine, type, 0).map((value) => (value as readonly unknown[]).length)).toEqual([1, 2, 12, 0]);
  });

  test("of a record: each field at its edges, the others plain", () => {
    const type: ValueType = { t: "record", fields: { a: { t: "range", min: 0, max: 9 }, b: { t: "bool" } } };
    expect(samplesOf(machine, type, 0)).toEqual([
      { a: 0, b: true },
      { a: 9, b: true },
      { a: 4, b: true },
      { a: 0, b: false },
    ]);
  });
});

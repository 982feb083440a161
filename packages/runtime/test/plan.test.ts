/** The plan of a deployment says what the move of a running bot then does. */
import { compile, DEFAULT_SETTINGS, describe as inWords } from "@parley/compiler";
import { createStep, type Event, type Machine, type Snapshot } from "@parley/machine";
import { describe, expect, test } from "vitest";
import { carrySnapshot, planMoves } from "../src/index.ts";

function compiled(source: string): Machine {
  const { output, diagnostics } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "bot.flow", text: source }] });
  if (!output) throw new Error(diagnostics.map(inWords).join("\n"));
  return output.machine;
}

interface Parts {
  readonly cases?: string;
  readonly count?: string;
  readonly note?: string;
  readonly second?: string;
  readonly event?: string;
  readonly likes?: string;
}

function version(parts: Parts = {}): Machine {
  const { cases = 'small "Small" | large "Large"', count = "count: number = 1", note = "note: text(20)" } = parts;
  const { second = "sure", event = "later(n: number)", likes = "likes: Size?" } = parts;
  const [counted, noted] = [count, note].map((field) => field.split(/[ :]/)[0]);
  return compiled(`
type Size = ${cases}
profile { ${likes} }
flow order {
  on message -> start
  on event ${event} -> nothing
  var ${count}
  var ${note}

  state start {
    set profile.likes = none
    ask buttons first: "How many, after {${counted}}?" {
      option one "One" {
        set ${noted} = "x"
        say "Noted: {${noted}}."
      }
      option two "Two"
    }
    ask buttons ${second}: "Sure?" {
      option yes "Yes" { say "Good." }
      option no "No"
    }
    wait pause: 1h
    -> nothing
  }

  state nothing {
    -> end
  }
}
`);
}

const fates = (from: Machine, to: Machine): Record<string, string> =>
  Object.fromEntries(planMoves(from, to).places.map(({ at, fate }) => [at, fate]));

describe("a plan", () => {
  test("says of the same machine that all places are the same", () => {
    const machine = version();
    expect(fates(machine, version())).toEqual({
      "order.start.first": "same",
      "order.start.sure": "same",
      "order.start.pause": "same",
    });
    expect(planMoves(machine, version())).toMatchObject({ profile: [], events: [] });
  });

  test("moves what was called otherwise, and strands at what is gone", () => {
    expect(fates(version(), version({ second: "certain was sure" }))["order.start.sure"]).toBe("moved");
    const [place] = planMoves(version(), version({ second: "certain" })).places.filter(({ at }) =>
      at.endsWith(".sure"),
    );
    expect(place).toEqual({ kind: "ask", at: "order.start.sure", fate: "stranded", reasons: [{ kind: "gone" }] });
  });

  test("strands everywhere in a flow whose variable has another type, and says whether it is always set", () => {
    const always = planMoves(version(), version({ count: "count: 0..9 = 1" })).places;
    expect(always.map(({ fate }) => fate)).toEqual(["stranded", "stranded", "stranded"]);
    expect(always[0]?.reasons).toEqual([
      { kind: "variable", name: "count", before: { t: "number" }, after: { t: "range", min: 0, max: 9 }, ifSet: false },
    ]);
    const perhaps = planMoves(version(), version({ note: "words: text(20)" })).places;
    expect(perhaps[0]?.reasons).toEqual([
      { kind: "variable", name: "note", before: { t: "text", max: 20 }, ifSet: true },
    ]);
    expect(fates(version(), version({ note: "words was note: text(20)" }))["order.start.first"]).toBe("same");
  });

  test("names fields of the profile that may begin anew, and events that are dropped", () => {
    const plan = planMoves(version(), version({ likes: "likes: text(20)?", event: "later(n: text(5))" }));
    expect(plan.profile.map(({ name }) => name)).toEqual(["likes"]);
    expect(plan.events).toEqual(["later"]);
    expect(planMoves(version(), version({ cases: 'small "Small" | huge "Huge"' })).profile).toHaveLength(1);
  });
});

/** Snapshots of a conversation that stands at the first ask, at the second, and in the pause. */
function conversation(machine: Machine): readonly Snapshot[] {
  const step = createStep();
  const contact = { id: "1", phone: null, name: null };
  let snapshot: Snapshot | null = null;
  return ["hello", "one", "yes"].map((text, index) => {
    const now = 1_000 * index;
    const message = { type: "text", text: { body: text } } as const;
    const event: Event = {
      kind: "message",
      id: `e${index}`,
      seed: "00112233445566778899aabbccddeeff",
      now,
      sentAt: now,
      messageId: `m${index}`,
      message,
      contact,
    };
    snapshot = step(machine, snapshot, event).snapshot;
    return snapshot;
  });
}

describe("what a plan says is what happens", () => {
  const parts: readonly Parts[] = [
    {},
    { second: "certain" },
    { second: "certain was sure" },
    { count: "count: 0..9 = 1" },
    { count: "number_of was count: number = 1" },
    { note: "words: text(20)" },
    { note: "note: text(30)" },
    { cases: 'small "Small" | huge "Huge"' },
  ];
  test.each(parts)("to a version with %j", (changed) => {
    const [from, to] = [version(), version(changed)];
    const plan = planMoves(from, to);
    const stood = conversation(from);
    expect(stood.map(({ conversation: c }) => c?.wait.id)).toEqual([
      "order.start.first",
      "order.start.sure",
      "order.start.pause",
    ]);
    for (const snapshot of stood) {
      const place = plan.places.find(({ at }) => at === snapshot.conversation?.wait.id);
      const vars = snapshot.conversation?.frames[0]?.vars ?? {};
      const strands = place?.reasons.some((reason) => reason.kind === "gone" || !reason.ifSet || reason.name in vars);
      const carried = carrySnapshot(snapshot, from, to);
      expect(carried === null).toBe(strands);
      expect(carried?.conversation?.wait.id).toBe(strands ? undefined : place?.to);
    }
  });
});

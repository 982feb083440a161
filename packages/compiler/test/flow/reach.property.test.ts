/** What the graph says of ways (P5001, P5002, P5003, P5009) against what the machine does, over small programs. Seeded. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { emitMachine } from "../../src/emit/machine.ts";
import { lower } from "../../src/ir/lower.ts";
import { analyse } from "../../src/testing.ts";
import { choicesOf } from "../choices.ts";
import { explore } from "../window/explore.ts";
import { programOf } from "../window/program.ts";

const RUNS = Number(process.env["PARLEY_RUNS"] ?? 40);
const SEED = Number(process.env["PARLEY_SEED"] ?? 20_261_124);

const programs = fc
  .array(fc.nat({ max: 9_999 }), { minLength: 100, maxLength: 400, size: "max" })
  .map((numbers) => programOf(choicesOf(numbers)));

test("states that P5001 names are never entered, and nearly all others are", { timeout: 60_000 + RUNS * 2000 }, () => {
  const count = { states: 0, entered: 0 };
  fc.assert(
    fc.property(programs, (text) => {
      const { program, layouts, diagnostics } = analyse(text);
      const ways = diagnostics.filter(({ code }) => ["P5002", "P5003", "P5009"].includes(code));
      if (ways.length > 0) return;
      const { names, types, settings, graph } = program;
      const { machine } = emitMachine(lower(names, types, settings, layouts), settings);
      const entered = new Set<string>();
      // A way that ends nowhere or a loop that never waits would throw here: P5002 and P5003 leave none.
      explore(machine, {
        budget: 2000,
        salt: 1,
        stepped: (_, __, ___, been) => {
          for (const place of been) entered.add(place);
          return false;
        },
      });
      for (const [state, id] of graph.states) {
        const name = `${graph.nodes[id]?.flow.name.text}.${state.name.text}`;
        const isNamed = diagnostics.some((d) => d.code === "P5001" && d.span.start === state.name.start);
        if (isNamed && entered.has(name)) throw new Error(`${name} is entered in\n${text}`);
        // A trigger that nothing raises is a finding of its own (P5006), instead of all that it leads to.
        if (isNamed || (name.startsWith("late.") && !text.includes("schedule later"))) continue;
        count.states++;
        if (entered.has(name)) count.entered++;
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: true },
  );
  expect(count.entered / count.states).toBeGreaterThan(0.85);
});

test("a statement that P5009 names never runs", () => {
  const state = (body: string): string => `flow f { on text "start" -> a state a { ask text "Q1?" ${body} } }`;
  for (const text of [
    state(`-> end say "M2."`),
    state(`if random(2) == 1 { -> end } else { -> a } say "M2."`),
    state(`ask buttons q: "Q3?" { option x "X" -> end after 1h -> a } say "M2."`),
  ]) {
    const { program, layouts, diagnostics } = analyse(text);
    expect(diagnostics.map(({ code }) => code)).toContain("P5009");
    const { names, types, settings } = program;
    const { machine } = emitMachine(lower(names, types, settings, layouts), settings);
    expect([...explore(machine, { budget: 2000, salt: 1 }).keys()]).not.toContain("M2");
  }
});

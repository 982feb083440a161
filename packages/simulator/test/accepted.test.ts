/**
 * What compiles is accepted: WhatsApp's emulator refuses nothing that a compiled program sends, whatever its users do and
 * its actions answer. `PARLEY_RUNS` and `PARLEY_SEED` play more, or others; with `PARLEY_SHRINK`
 * what fails is made small, which takes minutes.
 */
import { compile, DEFAULT_SETTINGS } from "@parley/compiler";
import { type Machine, validateMachine } from "@parley/machine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { choicesOf } from "../../compiler/test/choices.ts";
import { play } from "./accepted/conversation.ts";
import { programOf } from "./accepted/program.ts";

const RUNS = Number(process.env["PARLEY_RUNS"] ?? 200);
const SEED = Number(process.env["PARLEY_SEED"] ?? 20_261_124);
const STEPS = 25;

const numbers = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.nat({ max: 9_999 }), { minLength: maxLength / 4, maxLength, size: "max" });

function machineOf(text: string): Machine | undefined {
  const { output, failures } = compile({ settings: DEFAULT_SETTINGS, files: [{ path: "any.flow", text }] });
  if (failures.length > 0) throw new Error("a rule failed", { cause: failures[0]?.error });
  return output?.machine;
}

test("what compiles is accepted, whatever users do", { timeout: 60_000 + RUNS * 500 }, async () => {
  const count = { programs: 0, compiled: 0 };
  await fc.assert(
    fc.asyncProperty(numbers(600), numbers(400), async (program, conversation) => {
      const text = programOf(choicesOf(program));
      count.programs++;
      const machine = machineOf(text);
      if (!machine) return;
      count.compiled++;
      const { steps, wrong } = await play(machine, choicesOf(conversation), STEPS);
      if (wrong.length > 0) throw new Error([...wrong, "", text, "", ...steps].join("\n"));
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: process.env["PARLEY_SHRINK"] === undefined },
  );
  expect(count.compiled / count.programs).toBeGreaterThan(0.5);
});

/** Programs that were once compiled to a machine that could not be run. */
test.each([
  [
    "a last ask that every arm leaves",
    `flow f { on message -> a state a { ask "Q?" { option x "X" -> b option y "Y" -> end } }
      state b { ask "R?" { option x "X" -> a option y "Y" -> end } } }`,
  ],
  [
    "a schedule of what nothing else raises",
    `flow f { on message -> a on scheduled later(n: 0..9) -> b state a { schedule later(1) in 1h -> end }
      state b { if window.open { say "{n ?? 0}" } -> end } }`,
  ],
])("%s is a machine that runs", (_, text) => {
  const machine = machineOf(text);
  expect(machine).toBeDefined();
  expect(() => validateMachine(JSON.parse(JSON.stringify(machine)))).not.toThrow();
});

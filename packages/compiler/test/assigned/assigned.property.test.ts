/**
 * What P2004 lets through is there: no run of a program that is accepted reads a variable that is not set, or that is
 * `none` where its type does not say so. `PARLEY_RUNS` and `PARLEY_SEED` try more programs, or others.
 */
import fc from "fast-check";
import { expect, describe as group, test } from "vitest";
import { emitMachine } from "../../src/emit/machine.ts";
import { lower } from "../../src/ir/lower.ts";
import { type Analysis, analyse, applyFix } from "../../src/testing.ts";
import { choicesOf } from "../choices.ts";
import { explore } from "../window/explore.ts";
import type { World } from "../window/world.ts";
import { programOf } from "./program.ts";

const RUNS = Number(process.env["PARLEY_RUNS"] ?? 60);
const SEED = Number(process.env["PARLEY_SEED"] ?? 20_261_124);

const programs = fc
  .array(fc.nat({ max: 9_999 }), { minLength: 100, maxLength: 400, size: "max" })
  .map((numbers) => programOf(choicesOf(numbers)));

const OPTIONAL: ReadonlySet<string> = new Set(["o"]);

/** Statements that read what is missing are taken out one after the other, so that most programs come to be accepted. */
function repaired(text: string): Analysis | undefined {
  let now = text;
  for (let i = 0; i < 60; i++) {
    const analysis = analyse(now);
    const errors = analysis.diagnostics.filter((d) => d.severity === "error" && !d.code.startsWith("P4"));
    const [first] = errors;
    if (!first) return analysis;
    if (first.code === "P5009") {
      const [fix] = first.fixes;
      if (!fix) return undefined;
      now = applyFix(now, fix);
    } else if (first.code === "P2004" || first.code === "P2003") {
      const before = now;
      now = `${now.slice(0, first.span.start)}"z"${now.slice(first.span.end)}`;
      if (now === before) return undefined;
    } else return undefined;
  }
  return undefined;
}

/** What a variable holds that it must not, or a text that shows nothing where a value belongs. */
function missingIn(world: World): string | undefined {
  const { conversation } = world.snapshot ?? {};
  for (const { flow, vars } of conversation?.frames ?? []) {
    for (const [name, value] of Object.entries(vars)) {
      if (value === null && !OPTIONAL.has(name)) return `${flow}.${name} is none`;
    }
  }
  return undefined;
}

function firstMissing({ program, layouts }: Analysis, budget: number): readonly string[] | undefined {
  const { names, types, settings } = program;
  const { machine } = emitMachine(lower(names, types, settings, layouts), settings);
  let found: readonly string[] | undefined;
  explore(machine, {
    budget,
    salt: 1,
    stepped: (world, bodies, story) => {
      const wrong = missingIn(world) ?? bodies.find((body) => /V=;|V=null|V=undefined/.test(body));
      if (wrong !== undefined) found = [wrong, ...story()];
      return wrong !== undefined;
    },
  });
  return found;
}

test("no run of a program that is accepted reads what is not there", { timeout: 60_000 + RUNS * 2000 }, () => {
  const count = { programs: 0, accepted: 0 };
  fc.assert(
    fc.property(programs, (text) => {
      count.programs++;
      const analysis = repaired(text);
      if (!analysis) return;
      count.accepted++;
      const missing = firstMissing(analysis, 1500);
      if (missing) throw new Error([...missing, "", analysis.program.names.files[0]?.source.text ?? text].join("\n"));
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: process.env["PARLEY_SHRINK"] === undefined },
  );
  expect(count.accepted / count.programs).toBeGreaterThan(0.4);
});

group("the search finds what is not there", () => {
  // Each is refused, and really reads something that is missing: so the search above would find it.
  const flow = (states: string): string =>
    `profile { p: text(9)? } flow main { on text "start" -> a var t: text(9) var o: text(9)? ${states} }`;
  test.each([
    flow(`state a { ask text "Q?" as t { text "usual" -> b } -> b } state b { say "V={t};" -> end }`),
    flow(`state a { ask buttons "Q?" { option x "Xx" { set t = "s" } option y "Yy" } say "V={t};" -> end }`),
    flow(`state a { ask text "Q?" as t { after 1h -> b } -> b } state b { say "V={t};" -> end }`),
    flow(`state a { if o is none { say "V={o};" } -> end }`),
    flow(`state a { ask text "Q?" as o set o = none say "V={o};" -> end }`),
  ])("%s", (text) => {
    const analysis = analyse(text);
    expect(analysis.diagnostics.map(({ code }) => code)).toContain("P2004");
    expect(firstMissing(analysis, 3000)).toBeDefined();
  });
});

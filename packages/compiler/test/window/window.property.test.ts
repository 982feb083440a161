/**
 * The proof of the window against the machine, both ways. `PARLEY_RUNS` and `PARLEY_SEED` try more programs, or others.
 * What is found once is kept by name below.
 */
import type { Machine } from "@parley/machine";
import fc from "fast-check";
import { expect, describe as group, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { emitMachine } from "../../src/emit/machine.ts";
import { agesOf } from "../../src/flow/ages.ts";
import { nodeAt } from "../../src/flow/graph.ts";
import { type Late, overdue } from "../../src/flow/overdue.ts";
import { sendLimit, timesOf } from "../../src/flow/window.ts";
import { lower } from "../../src/ir/lower.ts";
import { type Analysis, analyse } from "../../src/testing.ts";
import { spanText } from "../../src/text/source.ts";
import { choicesOf } from "../choices.ts";
import { explore } from "./explore.ts";
import { programOf } from "./program.ts";
import { wayOf } from "./ways.ts";

const RUNS = Number(process.env["PARLEY_RUNS"] ?? 40);
const SEED = Number(process.env["PARLEY_SEED"] ?? 20_261_124);
const BUDGET = 3000;

const programs = fc
  .array(fc.nat({ max: 9_999 }), { minLength: 100, maxLength: 400, size: "max" })
  .map((numbers) => programOf(choicesOf(numbers)));

/** Some programs have a statement behind branches that both leave; those are not about time. */
function isOther({ diagnostics }: Analysis): boolean {
  return diagnostics.some((d) => d.severity === "error" && !isOfWindow(d));
}

/** Of programs without an error, or whose only errors are those of the window. */
function machineOf({ program, layouts }: Analysis): Machine {
  const { names, types, settings } = program;
  return emitMachine(lower(names, types, settings, layouts), settings).machine;
}

function isOfWindow({ code }: Diagnostic): boolean {
  return code === "P4001" || code === "P4002";
}

function limitOf({ program }: Analysis): number {
  return sendLimit(program.settings.windowMarginMs);
}

function lateMessages(analysis: Analysis): readonly Late[] {
  const { graph, settings } = analysis.program;
  return overdue(graph, agesOf(graph, timesOf(settings)), limitOf(analysis)).flatMap(({ messages }) => messages);
}

/** The text by which the machine's message is known; absent for what has none. */
function textOf({ node }: Late): string | undefined {
  const { what } = node;
  return what.kind === "message" || what.kind === "ask"
    ? /[MQ]\d+(?=[.?])/.exec(spanText(what.syntax))?.[0]
    : undefined;
}

/** The first message that goes out too late. A message that was held back may use the margin. */
function tooLate(analysis: Analysis, salt: number, budget = BUDGET): string | undefined {
  let found: string | undefined;
  const limit = limitOf(analysis);
  const margin = analysis.program.settings.windowMarginMs;
  explore(machineOf(analysis), {
    budget,
    salt,
    seen: ({ text, age }, world) => {
      if (age <= limit + (world.late ? margin : 0)) return false;
      found = text;
      return true;
    },
  });
  return found;
}

test("no run of a program that is accepted sends a free-form message outside the window", {
  timeout: 60_000 + RUNS * 3000,
}, () => {
  const count = { programs: 0, accepted: 0 };
  fc.assert(
    fc.property(programs, (text) => {
      const analysis = analyse(text);
      count.programs++;
      if (analysis.diagnostics.some(isOfWindow) || isOther(analysis)) return;
      count.accepted++;
      const late = tooLate(analysis, count.programs);
      if (late !== undefined) {
        const story = explore(machineOf(analysis), { budget: BUDGET, salt: count.programs }).get(late)?.story ?? [];
        throw new Error([late, "", ...story, "", text].join("\n"));
      }
    }),
    { seed: SEED, numRuns: RUNS, endOnFailure: process.env["PARLEY_SHRINK"] === undefined },
  );
  expect(count.accepted / count.programs).toBeGreaterThan(0.2);
});

/** Why the rule is stricter than any run that was found; see the page of P4001. */
function reasonOf({ program }: Analysis, { path }: Late): "people" | "unknown time" | "round and round" | "not found" {
  for (const { step } of path) {
    if (step.repeats) return "round and round";
    if (step.edge?.cause.kind === "back" || step.longer === "kept") return "people";
    const from = step.edge && nodeAt(program.graph, step.edge.from).what.kind;
    if (from === "wait" && step.edge?.ms === Number.POSITIVE_INFINITY) return "unknown time";
  }
  return "not found";
}

test("what is rejected is sent outside the window by a run along the path that is told", {
  timeout: 60_000 + RUNS * 6000,
}, () => {
  const count = { rejected: 0, searched: 0, told: 0, along: 0 };
  const stricter: Record<string, number> = {};
  fc.assert(
    fc.property(programs, (text) => {
      const analysis = analyse(text);
      const late = lateMessages(analysis);
      if (late.length === 0 || isOther(analysis)) return;
      const machine = machineOf(analysis);
      const limit = limitOf(analysis);
      const free = explore(machine, { budget: BUDGET, salt: 1 });
      count.rejected++;
      if ([...free.values()].some(({ age }) => age > limit)) count.searched++;
      for (const one of late) {
        const known = textOf(one);
        if (known === undefined) continue;
        count.told++;
        const isLate = (): boolean => {
          if ((free.get(known)?.age ?? 0) > limit) return true;
          const way = wayOf(analysis.names, analysis.program.graph, one);
          let found = false;
          const seen = (sent: { readonly text: string; readonly age: number }): boolean => {
            found ||= sent.text === known && sent.age > limit;
            return found;
          };
          explore(machine, { budget: 2 * BUDGET, salt: 2, way, seen });
          return found;
        };
        if (isLate()) count.along++;
        else stricter[reasonOf(analysis, one)] = (stricter[reasonOf(analysis, one)] ?? 0) + 1;
      }
    }),
    { seed: SEED + 1, numRuns: RUNS, endOnFailure: true },
  );
  if (process.env["PARLEY_RUNS"] !== undefined) process.stdout.write(`${JSON.stringify({ ...count, stricter })}\n`);
  // A search that would not find what is there could not be trusted where it finds nothing.
  expect(count.searched / count.rejected).toBeGreaterThan(0.75);
  expect(count.along / count.told).toBeGreaterThan(0.75);
  expect((stricter["not found"] ?? 0) / count.told).toBeLessThan(0.15);
});

group("programs that were accepted once, and send too late", () => {
  const heads = `template note() { category utility locales en body "Note." }
    template offer() { category utility locales en body "Offer." option go "Go" }`;
  const cases: Readonly<Record<string, string>> = {
    "an ask of a called flow is taken up late, and the caller goes on": `
      flow main { on text "start" -> a state a { call sub() wait 10h say "M1." -> end } }
      flow sub { state a { ask buttons "Q2?" { option x "Xx" { } after 1h { return } } return } }
      flow help { anytime on text "help" -> a state a { wait 20h -> resume } }`,
    "an event holds up a wait of a called flow": `
      flow main { on text "start" -> a state a { call sub() say "M1." -> end } }
      flow sub { state a { wait 20h return } }
      flow news { on event news() -> a state a { send template note() wait 5h -> resume } }`,
    "an event takes the place of another again and again": `
      flow main { on text "start" -> a state a { ask buttons "Q1?" { option x "Xx" { } after 10h { say "M2." } } -> end } }
      flow news { on event news() -> a state a { ask template offer() { option go { } after 5h -> resume } -> end } }`,
    "an event that nobody answers makes way for one that resumes": `
      flow main { on text "start" -> a state a { ask buttons "Q1?" { option x "Xx" { } after 10h { say "M2." } } -> end } }
      flow news { on event news() -> a state a { ask template offer() { option go { } } -> end } }
      flow alarm { on event alarm() -> a state a { send template note() -> resume } }`,
    "a scheduled event is kept while people have the chat": `
      flow main { on text "start" -> a state a { schedule later() in 2h handoff "desk" } }
      flow late { on scheduled later() -> a state a { say "M1." -> end } }`,
    "the window closes in an interruption, which takes up the ask": `
      flow main { on text "start" -> a state a { ask buttons "Q1?" { option x "Xx" { } } -> end } }
      flow help { anytime on text "help" -> a on window_closed -> b state a { ask text "Q2?" -> resume } state b { -> resume } }`,
  };
  test.each(Object.entries(cases))("%s", (name, text) => {
    const analysis = analyse(`${heads}\n${text}`);
    expect(analysis.diagnostics.filter(isOfWindow)).not.toEqual([]);
    // Only at run time, after a process was down, can a window be found closed that is open by the program.
    const runs = !name.startsWith("the window closes");
    expect(tooLate(analysis, 1, 10_000) !== undefined).toBe(runs);
  });
});

group("programs that look as if they could send too late, and cannot", () => {
  const cases: Readonly<Record<string, string>> = {
    "an event above a message's interruption": `
      template note() { category utility locales en body "Note." }
      flow main { on text "start" -> a state a { ask buttons "Q1?" { option x "Xx" { } after 20h { say "M2." } } -> end } }
      flow help { anytime on text "help" -> a state a { ask buttons "Q3?" { option x "Xx" { } } -> resume } }
      flow news { on event news() -> a state a { send template note() -> resume } }`,
    "a time-out behind one that leaves": `
      flow main { on text "start" -> a state a { ask buttons "Q1?" { option x "Xx" { } after 20h -> end after 30h { say "M2." } } -> end } }`,
  };
  test.each(Object.entries(cases))("%s", (_, text) => {
    const analysis = analyse(text);
    expect(analysis.diagnostics.filter(isOfWindow)).toEqual([]);
    expect(tooLate(analysis, 1, 10_000)).toBeUndefined();
  });
});

/** What a workspace leaves out because nothing can have changed, against a compilation that leaves out nothing. Seeded. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Analysis, analyse } from "../src/compile.ts";
import { compile, DEFAULT_SETTINGS, type Source } from "../src/index.ts";
import { createReader } from "../src/syntax/reader.ts";
import { change, soundProject, textsOf } from "./changing.ts";

// More runs are also others.
const MORE = process.env["PARLEY_RUNS"];
const RUNS = Number(MORE ?? 30);

const LARGE = Number.POSITIVE_INFINITY;

test.each([
  ["whole", LARGE],
  ["in parts", 0],
])(
  "after any changes of a project, its files read %s, what was left out would have found nothing",
  {
    timeout: 60_000 + RUNS * 1000,
  },
  (_, large) => {
    const seen = { steps: 0, clean: 0, shown: 0, proven: 0, full: 0 };
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.nat(4)), { minLength: 8, maxLength: 24 }), (changes) => {
        let project = soundProject();
        let sources = new Map<string, Source>();
        let before: Analysis | undefined;
        const reader = createReader(large, 0);
        for (const [edit, asked] of [[undefined, 1] as const, ...changes]) {
          if (edit) project = edit(project);
          const texts = [...textsOf(project)];
          sources = new Map(
            texts.map(([path, text]) => {
              const known = sources.get(path);
              return [path, known?.text === text ? known : { path, text }];
            }),
          );
          const files = [...sources.values()];
          before = analyse({ settings: DEFAULT_SETTINGS, files }, before, reader.read(files));
          // Names are asked for at each key, what the rules say is not.
          if (asked === 0) continue;
          const fresh = compile({ settings: DEFAULT_SETTINGS, files: texts.map(([path, text]) => ({ path, text })) });
          same(before.compilation, fresh);
          seen.steps++;
          if (fresh.diagnostics.every((d) => d.severity !== "error")) seen.clean++;
          if (before.judging.value.graph === "shown") seen.shown++;
          else seen.full++;
          if (before.judging.value.proven > 0) seen.proven++;
        }
      }),
      MORE ? { numRuns: RUNS } : { numRuns: RUNS, seed: 20261124 },
    );
    // Each way of leaving out work was taken, and often.
    for (const [what, part] of [
      ["clean", 0.2],
      ["shown", 0.3],
      ["proven", 0.15],
      ["full", 0.05],
    ] as const) {
      expect(seen[what] / seen.steps, `${what} of ${JSON.stringify(seen)}`).toBeGreaterThan(part);
    }
  },
);

const ASK = '    ask once "Which?" {\n';

test.each([
  ["P5003", ASK, `    if size == Size.small {\n      -> s0\n    }\n${ASK}`],
  ["P5002", ASK, `${ASK}      option z "Z" {\n        say "Z"\n      }\n`],
  ["P4001", ASK, `    wait 30h\n${ASK}`],
  ["P4004", "      after 20h -> end\n", "      after 19h -> end\n      after 20h -> s1\n"],
  ["P5001", "  state s1 {", "  state lost {\n    -> end\n  }\n  state s1 {"],
  ["P5009", ASK, `    -> end\n${ASK}`],
  [
    "P5004",
    "  state s1 {",
    "  state held {\n    wait 2h\n    -> held\n  }\n  state s1 {\n    if size == Size.small {\n      -> held\n    }",
  ],
  ["P9003", ASK, ASK.replace("once ", "")],
])("%s is found when the ways of one file have come to it", (code, text, by) => {
  const texts = textsOf(soundProject());
  const sources = [...texts].map(([path, one]): Source => ({ path, text: one }));
  const settings = { ...DEFAULT_SETTINGS, lone: true };
  const before = analyse({ settings, files: sources });
  expect(before.compilation.diagnostics.filter((d) => d.code !== "P5006")).toEqual([]);
  // In the flow that pays, before it does.
  const path = code === "P9003" ? "survey.flow" : "help.flow";
  const edited = (texts.get(path) ?? "").replace(text, by);
  const files = sources.map((source) => (source.path === path ? { path, text: edited } : source));
  const after = analyse({ settings, files }, before);
  expect(after.compilation.diagnostics.map((d) => d.code)).toContain(code);
  same(after.compilation, compile({ settings, files }));
});

function same(found: ReturnType<typeof compile>, fresh: ReturnType<typeof compile>): void {
  expect(found.failures).toEqual(fresh.failures);
  expect(JSON.stringify(found.diagnostics)).toBe(JSON.stringify(fresh.diagnostics));
  expect(JSON.stringify(found.output?.machine)).toBe(JSON.stringify(fresh.output?.machine));
}

/** Runs the tests of one bot, beside each other where there are enough of them, and tells of them in their order. */
import { availableParallelism } from "node:os";
import type { TestDef } from "@parley/machine";
import { mergeCoverage } from "@parley/simulator";
import type { Tested } from "../formats/tests/run.ts";
import { type Played, playHere, type Stage } from "./stage.ts";

/** A thread takes about as long to begin as so many tests. */
const WORTH_A_THREAD = 40;
const MOST_IN_A_BATCH = 25;

/** @param jobs - How many at the same time; default the cores, as far as there are tests enough. */
export async function playTests(
  stage: Stage,
  tests: readonly TestDef[],
  jobs: number | undefined,
  onTested: (tested: Tested) => void,
): Promise<Played> {
  const runs = tests.length * (stage.locales?.length ?? 1);
  const threads = Math.min(jobs ?? Math.min(availableParallelism(), Math.floor(runs / WORTH_A_THREAD)), tests.length);
  if (threads < 2) return playHere(stage, tests, onTested);
  const { playBeside } = await import("./threads.ts");
  const size = Math.max(1, Math.min(MOST_IN_A_BATCH, Math.ceil(tests.length / (4 * threads))));
  const batches = Array.from({ length: Math.ceil(tests.length / size) }, (_, i) =>
    tests.slice(i * size, (i + 1) * size),
  );
  const played: Played[] = [];
  await playBeside(stage, batches, threads, (part) => {
    played.push(part);
    for (const tested of part.tests) onTested(tested);
  });
  return merged(played);
}

function merged(parts: readonly Played[]): Played {
  const [first, ...others] = parts;
  if (!first) throw new Error("there are tests");
  const names = new Set(parts.flatMap(({ locales }) => Object.keys(locales)));
  const locales = Array.from(names, (name) => {
    const [one, ...more] = parts.flatMap((part) => part.locales[name] ?? []);
    return [name, one ? mergeCoverage(one, ...more) : first.coverage] as const;
  });
  return {
    tests: parts.flatMap(({ tests }) => tests),
    coverage: mergeCoverage(first.coverage, ...others.map(({ coverage }) => coverage)),
    locales: Object.fromEntries(locales),
  };
}

/** Tests one after another, in this thread. */
import type { Machine, TestDef } from "@parley/machine";
import { type Coverage, runTests } from "@parley/simulator";
import type { Tested } from "../formats/tests/run.ts";

/** What tests run on; plain data. */
export interface Stage {
  readonly machine: Machine;
  readonly env: Readonly<Record<string, string>>;
  readonly locales?: readonly string[];
  readonly seed?: string;
}

export interface Played {
  readonly tests: readonly Tested[];
  readonly coverage: Coverage;
  readonly locales: Readonly<Record<string, Coverage>>;
}

export async function playHere(
  stage: Stage,
  tests: readonly TestDef[],
  onTested?: (tested: Tested) => void,
): Promise<Played> {
  const all: Tested[] = [];
  let began = performance.now();
  const { coverage, locales } = await runTests({
    ...stage,
    tests,
    onResult: (result) => {
      const now = performance.now();
      const tested = { result, seconds: (now - began) / 1000 };
      began = now;
      all.push(tested);
      onTested?.(tested);
    },
  });
  return { tests: all, coverage, locales };
}

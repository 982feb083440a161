import type { TestResult } from "@parley/simulator";
import type { Report } from "../../report/finding.ts";
import type { View } from "../format.ts";

/** What `parley test` found out. */
export interface TestRun {
  /** Of the check before; where it has errors no test ran. */
  readonly report: Report;
  readonly bots: readonly TestedBot[];
}

export interface TestedBot {
  readonly name: string;
  /** How people call a file of the bot. */
  readonly show: (path: string) => string;
  readonly tests: readonly Tested[];
}

export interface Tested {
  readonly result: TestResult;
  /** How long it took. */
  readonly seconds: number;
}

/** One way to write tests down. */
export interface TestFormat {
  /** The whole text, with its last newline. */
  readonly write: (run: TestRun, view: View) => string | Promise<string>;
}

export function allOf({ bots }: TestRun): readonly Tested[] {
  return bots.flatMap((bot) => bot.tests);
}

export function failedOf(run: TestRun): readonly Tested[] {
  return allOf(run).filter(({ result }) => result.failure !== undefined);
}

/** Runs `test` declarations on the real runtime against the emulator, over the wire, on a virtual clock. */
import { type EmulatorTemplate, PhoneError, RestlessError } from "@parley/emulator";
import type { Machine, TestDef, TestPlace, TestStep } from "@parley/machine";
import { ArgumentError } from "@parley/runtime";
import { createSimulation, type Simulation } from "../simulation.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { type Counter, type Coverage, countTrace, coverageOf, createCounter } from "./coverage.ts";
import { StepFailure, type StepProblem } from "./failure.ts";
import { inLocale } from "./locale.ts";
import { createSession, requireAllExpected, type Session } from "./session.ts";
import { runStep } from "./step.ts";

export interface TestOptions {
  readonly machine: Machine;
  readonly tests: readonly TestDef[];
  /** In place of those that the machine describes. */
  readonly templates?: readonly EmulatorTemplate[];
  readonly env?: Readonly<Record<string, string>>;
  /** Only tests for which this holds; the others are not in the report. */
  readonly filter?: (test: TestDef) => boolean;
  /** Called after each test. */
  readonly onResult?: (result: TestResult) => void;
}

export interface TestFailure extends StepProblem {
  /** The step that did not go as written; at the end of the test, the test itself. */
  readonly place: TestPlace;
}

export interface TestResult {
  readonly title: string;
  readonly flow?: string;
  readonly place: TestPlace;
  readonly failure?: TestFailure;
  /** The whole conversation; of a failed test up to the step that failed. */
  readonly transcript: Transcript;
}

export interface TestReport {
  readonly results: readonly TestResult[];
  readonly passed: number;
  readonly failed: number;
  readonly coverage: Coverage;
}

/** Mistakes of the test or of the bot; anything else is a bug of ours and goes on up. */
function problemOf(error: unknown): StepProblem {
  if (error instanceof StepFailure) return error.problem;
  if (error instanceof PhoneError || error instanceof RestlessError || error instanceof ArgumentError) {
    return { message: error.message };
  }
  throw error;
}

async function firstFailure(session: Session, steps: readonly TestStep[]): Promise<TestFailure | undefined> {
  let place = session.test.at;
  try {
    for (const step of steps) {
      place = step.at;
      await runStep(session, step);
    }
    place = session.test.at;
    requireAllExpected(session);
    return undefined;
  } catch (error) {
    return { place, ...problemOf(error) };
  }
}

/** `locale NAME` at the head of a test is the language of its contact from the first message on. */
function headLocale(steps: readonly TestStep[]): { readonly locale?: string; readonly steps: readonly TestStep[] } {
  const at = steps.findIndex((step) => step.kind !== "mock");
  const first = steps[at];
  return first?.kind === "locale" ? { locale: first.name, steps: steps.toSpliced(at, 1) } : { steps };
}

async function runTest(options: TestOptions, test: TestDef, counter: Counter): Promise<TestResult> {
  const { locale, steps } = headLocale(test.steps);
  const simulation = createSimulation({
    machine: locale === undefined ? options.machine : inLocale(options.machine, locale),
    seed: test.title,
    ...(options.templates === undefined ? {} : { templates: options.templates }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  const failure = await firstFailure(createSession(test, simulation), steps);
  for (const event of simulation.events) if (event.kind === "turn") countTrace(counter, event.trace);
  simulation.close();
  return {
    title: test.title,
    ...(test.flow === undefined ? {} : { flow: test.flow }),
    place: test.at,
    ...(failure === undefined ? {} : { failure }),
    transcript: simulation.recorder.transcript(),
  };
}

/**
 * Plays one test on a simulation that somebody else made, over real HTTP for instance; gives the step that did not go as
 * written. Whoever made the simulation closes it. A `locale` step at the head is passed over.
 */
export function playTest(test: TestDef, simulation: Simulation): Promise<TestFailure | undefined> {
  return firstFailure(createSession(test, simulation), headLocale(test.steps).steps);
}

/** One after another, in the order given; the same machine and tests give the same report. */
export async function runTests(options: TestOptions): Promise<TestReport> {
  const counter = createCounter(options.machine);
  const results: TestResult[] = [];
  for (const test of options.tests) {
    if (options.filter && !options.filter(test)) continue;
    const result = await runTest(options, test, counter);
    options.onResult?.(result);
    results.push(result);
  }
  const failed = results.filter((result) => result.failure !== undefined).length;
  return { results, passed: results.length - failed, failed, coverage: coverageOf(counter) };
}

/** Runs `test` declarations on the real runtime against the emulator, over the wire, on a virtual clock. */
import { type EmulatorTemplate, PhoneError, RestlessError } from "@parley/emulator";
import type { Machine, TestDef, TestPlace, TestStep } from "@parley/machine";
import { ArgumentError } from "@parley/runtime";
import { createSimulation, type Simulation } from "../simulation.ts";
import type { Transcript } from "../transcript/transcript.ts";
import { type Counter, type Coverage, countTrace, coverageOf, createCounter, mergeCoverage } from "./coverage.ts";
import { StepFailure, type StepProblem } from "./failure.ts";
import { inLocale } from "./locale.ts";
import { createSession, requireAllExpected, type Session } from "./session.ts";
import { runStep } from "./step.ts";
import { type Translation, translationOf } from "./translation.ts";

export interface TestOptions {
  readonly machine: Machine;
  readonly tests: readonly TestDef[];
  /** In place of those that the machine describes. */
  readonly templates?: readonly EmulatorTemplate[];
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Each test once for a contact of each of these languages. What the bot says in another one than the default is not
   * compared, all else is. A test with a `locale` of its own runs once, in that. Default: the default language.
   */
  readonly locales?: readonly string[];
  /** Ids and choices by chance come from it; default: each test's title. */
  readonly seed?: string;
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
  /** Of the contact, where the test ran in several languages. */
  readonly locale?: string;
  readonly seed: string;
  readonly failure?: TestFailure;
  /** The whole conversation; of a failed test up to the step that failed. */
  readonly transcript: Transcript;
}

export interface TestReport {
  readonly results: readonly TestResult[];
  readonly passed: number;
  readonly failed: number;
  readonly coverage: Coverage;
  /** By the contact's language, of all that a test ran in. */
  readonly locales: Readonly<Record<string, Coverage>>;
}

/** Mistakes of the test or of the bot; anything else is a bug of ours and goes on up. */
export function problemOf(error: unknown): StepProblem {
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

/** What the tests of one run share. */
interface Running {
  readonly options: TestOptions;
  /** By language. */
  readonly spoken: Map<string, Spoken>;
}

/** The bot as a contact of some language meets it. */
interface Spoken {
  readonly machine: Machine;
  readonly translation?: Translation;
  readonly counter: Counter;
}

function spokenIn({ options, spoken }: Running, locale: string): Spoken {
  const known = spoken.get(locale);
  if (known) return known;
  const { machine, locales } = options;
  const counter = createCounter(machine);
  const other = locale === machine.locales.default ? machine : inLocale(machine, locale);
  const translates = other !== machine && locales !== undefined;
  const made = { machine: other, counter, ...(translates ? { translation: translationOf(machine, other) } : {}) };
  spoken.set(locale, made);
  return made;
}

/** A test about to begin. */
interface Simulated {
  readonly session: Session;
  /** Without the `locale` at their head. */
  readonly steps: readonly TestStep[];
  readonly counter: Counter;
}

/** @param locale - Of the matrix. */
function simulateIn(running: Running, test: TestDef, locale: string | undefined): Simulated {
  const { options } = running;
  const { steps, locale: own } = headLocale(test.steps);
  const { machine, translation, counter } = spokenIn(running, own ?? locale ?? options.machine.locales.default);
  const simulation = createSimulation({
    machine,
    seed: seedOf(options, test),
    ...(options.templates === undefined ? {} : { templates: options.templates }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  // What a test in its own language says is meant as it stands.
  return { session: createSession(test, simulation, own === undefined ? translation : undefined), steps, counter };
}

/** One test by itself. Whoever asks for it closes its simulation. */
export function simulated(options: TestOptions, test: TestDef): Omit<Simulated, "counter"> {
  return simulateIn({ options, spoken: new Map() }, test, undefined);
}

function seedOf({ seed }: TestOptions, { title }: TestDef): string {
  return seed ?? title;
}

async function runTest(running: Running, test: TestDef, locale: string | undefined): Promise<TestResult> {
  const { session, steps, counter } = simulateIn(running, test, locale);
  const { simulation } = session;
  const failure = await firstFailure(session, steps);
  for (const event of simulation.events) if (event.kind === "turn") countTrace(counter, event.trace);
  simulation.close();
  return {
    title: test.title,
    ...(test.flow === undefined ? {} : { flow: test.flow }),
    place: test.at,
    ...(locale === undefined ? {} : { locale }),
    seed: seedOf(running.options, test),
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

/** The languages that a test runs in: undefined for the one that it is written in. */
function localesOf({ locales }: TestOptions, test: TestDef): readonly (string | undefined)[] {
  return locales === undefined || headLocale(test.steps).locale !== undefined ? [undefined] : locales;
}

/** One after another, in the order given; the same machine and tests give the same report. */
export async function runTests(options: TestOptions): Promise<TestReport> {
  const running: Running = { options, spoken: new Map() };
  const results: TestResult[] = [];
  for (const test of options.tests) {
    if (options.filter && !options.filter(test)) continue;
    for (const locale of localesOf(options, test)) {
      const result = await runTest(running, test, locale);
      options.onResult?.(result);
      results.push(result);
    }
  }
  const failed = results.filter((result) => result.failure !== undefined).length;
  const locales = Object.fromEntries(
    Array.from(running.spoken, ([locale, { counter }]) => [locale, coverageOf(counter)]),
  );
  const [first = coverageOf(createCounter(options.machine)), ...others] = Object.values(locales);
  return { results, passed: results.length - failed, failed, coverage: mergeCoverage(first, ...others), locales };
}

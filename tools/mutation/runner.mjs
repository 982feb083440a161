/**
 * A test runner for Stryker that imports the test files once and runs the tests of each mutant in that process: a mutant
 * costs what its tests cost, some hundredths of a second, instead of seconds for starting Vitest and importing the compiler.
 * A mutant of what is done at import gets a process of its own (Stryker starts it, as this runner cannot reload).
 *
 * Held to: the tests are those of `npm test`, and all pass without a mutant; and each test that kills a mutant is run again
 * without it, where it has to pass, so that no mutant is killed by what an earlier one left behind.
 */
import { globSync } from "node:fs";
import { registerHooks } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";

const TESTS = [
  "docs/test/{diagnostics,findings}.test.ts",
  "packages/compiler/test/bind/bind.test.ts",
  "packages/compiler/test/checks/*.test.ts",
  "packages/compiler/test/flow/{paths,window}.test.ts",
  "packages/compiler/test/locales/{complete,limits,translations}.test.ts",
  "packages/compiler/test/types/types.test.ts",
];
/** Seconds for each of thousands of mutants; the score is that of the other tests alone. */
const NOT = /never-throws\.test\.ts$/;

/** Seconds, too, and asked only for what decides what is looked at again after a change. */
const CHANGES = {
  tests: ["packages/compiler/test/{changing,workspace}.test.ts"],
  of: /\/checks\/(?:sound\/.*|index|nodes|program|settle|uses)\.ts$/,
};

const HERE = new URL(".", import.meta.url).href;
const ORIGINAL = new URL("../../packages/", import.meta.url).href;

/** Stryker's switch: which mutant is on, which test runs, what each test went through. */
const stryker = () => (globalThis.__stryker__ ??= {});

/** Links between the packages lead to the original; here they have to lead into the copy that is mutated. */
function redirect() {
  const copy = pathToFileURL(`${process.cwd()}/packages/`).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "vitest" && !context.parentURL?.startsWith(HERE)) return next(`${HERE}vitest.mjs`, context);
      const found = next(specifier, context);
      return found.url.startsWith(ORIGINAL) && !found.url.startsWith(copy)
        ? { ...found, url: copy + found.url.slice(ORIGINAL.length) }
        : found;
    },
  });
}

/** The tests by what Stryker knows them by: file, from the root, and name. */
async function imported() {
  const frame = await import("./vitest.mjs");
  // The same values for each mutant, and no search for smaller ones.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  process.env.PARLEY_RUNS ??= "8";
  const paths = globSync([...TESTS, ...CHANGES.tests]).filter((path) => !NOT.test(path));
  for (const path of paths.sort()) {
    const file = resolve(path);
    frame.enter(file);
    await import(pathToFileURL(file).href);
  }
  return { run: frame.run, tests: new Map(frame.tests.map((t) => [t.id.slice(process.cwd().length + 1), t])) };
}

class Runner {
  #loaded;
  /** How many mutants each test killed: who killed is asked first. */
  #kills = new Map();
  #times = new Map();
  #ofChanges = new Set(globSync(CHANGES.tests));

  capabilities() {
    return { reloadEnvironment: false };
  }

  init() {
    redirect();
  }

  #load() {
    this.#loaded ??= imported();
    return this.#loaded;
  }

  async #time(id, run, test) {
    const from = performance.now();
    const error = await run(test);
    const spent = performance.now() - from;
    this.#times.set(id, Math.min(spent, this.#times.get(id) ?? spent));
    return { error, spent };
  }

  async dryRun() {
    const { run, tests } = await this.#load();
    const results = [];
    for (const [id, test] of tests) {
      stryker().currentTestId = id;
      const { error, spent } = await this.#time(id, run, test);
      const about = { id, name: test.name, fileName: test.file, timeSpentMs: spent };
      results.push({ ...about, ...(error ? { status: 1, failureMessage: String(error) } : { status: 0 }) });
    }
    stryker().currentTestId = undefined;
    return { status: "complete", tests: results, mutantCoverage: stryker().mutantCoverage };
  }

  async mutantRun({ activeMutant, hitLimit, mutantActivation, testFilter }) {
    const ns = stryker();
    const on = () => Object.assign(ns, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const off = () => Object.assign(ns, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    const atImport = mutantActivation === "static";
    if (atImport) on();
    let loaded;
    try {
      loaded = await this.#load();
    } catch (error) {
      if (!atImport) throw error;
      return { status: "killed", killedBy: ["import"], failureMessage: String(error), nrOfTests: 0 };
    }
    const { run, tests } = loaded;
    const asked = CHANGES.of.test(activeMutant.fileName) ? () => true : (id) => !this.#ofChanges.has(id.split("#")[0]);
    const ids = this.#ordered((testFilter ?? [...tests.keys()]).filter(asked));
    for (const [at, id] of ids.entries()) {
      on();
      const { error } = await this.#time(id, run, tests.get(id));
      const looped = hitLimit !== undefined && ns.hitCount > hitLimit;
      off();
      if (looped) return { status: "timeout", reason: `passed ${hitLimit} times in "${id}"` };
      if (!error) continue;
      if (!atImport && (await run(tests.get(id)))) throw new Error(`"${id}" fails without a mutant`);
      this.#kills.set(id, (this.#kills.get(id) ?? 0) + 1);
      return { status: "killed", killedBy: [id], failureMessage: String(error), nrOfTests: at + 1 };
    }
    return { status: "survived", nrOfTests: ids.length };
  }

  /** First who has killed most for the time that it takes. */
  #ordered(ids) {
    const worth = (id) => (1 + (this.#kills.get(id) ?? 0)) / (0.5 + (this.#times.get(id) ?? 1));
    return [...ids].sort((a, b) => worth(b) - worth(a));
  }
}

export const strykerPlugins = [{ kind: "TestRunner", name: "checks", factory: () => new Runner() }];

/**
 * Mutation testing of the compiler's checks: `npm run mutation`. Each change of a rule must fail a test of the rules or an
 * example of a diagnostic's page. Not part of `npm test`.
 */
export default {
  mutate: (process.env.PARLEY_MUTATE ?? "packages/compiler/src/checks/**/*.ts").split(","),
  plugins: ["./tools/mutation/runner.mjs"],
  testRunner: "checks",
  testRunnerNodeArgs: ["--conditions=@parley/source", "--no-warnings"],
  coverageAnalysis: "perTest",
  concurrency: Number(process.env.PARLEY_WORKERS ?? 2),
  // What others do on the machine must not look like a mutant that loops.
  timeoutMS: 20_000,
  timeoutFactor: 4,
  incremental: true,
  incrementalFile: ".mutation/incremental.json",
  // No such file: Stryker would rewrite it with an API that TypeScript 7 no longer has.
  tsconfigFile: "none.json",
  ignorePatterns: ["**/dist", "coverage", ".mutation", "scratch", ".ci", "**/*.tgz", "**/*.vsix"],
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".mutation/mutation.json" },
  htmlReporter: { fileName: ".mutation/index.html" },
  thresholds: { high: 95, low: 85, break: 85 },
};

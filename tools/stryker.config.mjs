/**
 * Mutation testing of the compiler's checks: `npm run mutation`. Each change of a rule must fail a test of the rules or an
 * example of a diagnostic's page. Takes two to three hours on two cores; not part of `npm test`.
 */
export default {
  mutate: (process.env.PARLEY_MUTATE ?? "packages/compiler/src/checks/**/*.ts").split(","),
  // By name: what pnpm links beside the tool is not found by its pattern.
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: "tools/vitest.mutation.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: true,
  concurrency: Number(process.env.PARLEY_WORKERS ?? 2),
  incremental: true,
  incrementalFile: ".mutation/incremental.json",
  // No such file: Stryker would rewrite it with an API that TypeScript 7 no longer has.
  tsconfigFile: "none.json",
  ignorePatterns: ["**/dist", "coverage", ".mutation", "scratch", ".ci"],
  tempDirName: ".stryker-tmp",
  reporters: ["clear-text", "json", "html"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".mutation/mutation.json" },
  htmlReporter: { fileName: ".mutation/index.html" },
  thresholds: { high: 95, low: 85, break: 85 },
};

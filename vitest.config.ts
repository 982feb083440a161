import { defineConfig } from "vitest/config";

export default defineConfig({
  // Tests read the sources of the sibling packages, not their builds.
  ssr: { resolve: { conditions: ["@parley/source", "module", "node", "development|production"] } },
  test: {
    // A slow machine is no failure: nothing here measures time.
    testTimeout: 60_000,
    include: [
      "packages/*/test/**/*.test.ts",
      "grammar/test/**/*.test.ts",
      "examples/test/**/*.test.ts",
      "docs/test/**/*.test.ts",
    ],
    benchmark: { include: ["bench/**/*.bench.ts"] },
    // `npm run coverage`: the compiler's sources, by the tests that read or run programs.
    coverage: {
      provider: "v8",
      include: ["packages/compiler/src/**/*.ts"],
      reporter: [["text", { skipFull: true }], "json"],
      thresholds: { lines: 95, branches: 95 },
    },
  },
});

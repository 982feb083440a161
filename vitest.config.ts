import { defineConfig } from "vitest/config";

export default defineConfig({
  // Tests read the sources of the sibling packages, not their builds.
  ssr: { resolve: { conditions: ["@parley/source", "module", "node", "development|production"] } },
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "grammar/test/**/*.test.ts",
      "examples/test/**/*.test.ts",
      "docs/test/**/*.test.ts",
    ],
    benchmark: { include: ["bench/**/*.bench.ts"] },
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts"], reporter: ["text-summary", "json-summary"] },
  },
});

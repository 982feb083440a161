import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = `${root}packages/compiler/src`;

/** The tests that hold the compiler's checks, on the copy of the sources that is mutated. */
export default defineConfig({
  root,
  // In the copy the linked packages are still those of the original.
  resolve: { alias: [{ find: /^@parley\/compiler(?=$|\/)/, replacement: compiler }] },
  ssr: { resolve: { conditions: ["@parley/source", "module", "node", "development|production"] } },
  test: {
    testTimeout: 60_000,
    isolate: false,
    reporters: [],
    include: [
      "packages/compiler/test/checks/**/*.test.ts",
      "packages/compiler/test/locales/{complete,translations}.test.ts",
      "packages/compiler/test/flow/{paths,window}.test.ts",
      "docs/test/{diagnostics,findings}.test.ts",
    ],
    // Four seconds for each of thousands of mutants; the score is that of the other tests alone.
    exclude: ["**/never-throws.test.ts"],
  },
});

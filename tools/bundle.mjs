/**
 * Bundles the command: one small entry, a chunk for each command and what it alone needs, everything inlined. The pages of
 * the diagnostics are put beside it. `tsc -b` has checked the sources before; they are bundled as they are.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const out = path("packages/cli/dist/bundle");

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: { parley: path("packages/cli/src/bundle.ts") },
  platform: "node",
  resolve: { conditionNames: ["@parley/source", "module", "import", "node", "default"] },
});
await bundle.write({
  dir: out,
  format: "esm",
  // Names stay: they stand in reports of mistakes of ours, and to keep them beside short ones costs start-up time.
  minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
  entryFileNames: "[name].mjs",
  chunkFileNames: "[name]-[hash].mjs",
});
await bundle.close();
mkdirSync(`${out}/pages`, { recursive: true });
cpSync(path("docs/diagnostics"), `${out}/pages`, { recursive: true, filter: (from) => !from.endsWith("README.md") });

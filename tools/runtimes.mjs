/**
 * Runs the embedding example in runtimes other than Node, from npm: `runtimes.mjs [bun] [deno]`. Ends with 1 where a part of
 * it does not work in one of them. Needs the network at the first time.
 */
import { spawnSync } from "node:child_process";

const EXAMPLE = "packages/runtime/test/support/elsewhere.ts";
const SOURCES = "--conditions=@parley/source";
/** The versions that docs/embedding.md names. */
const RUNTIMES = {
  node: [process.execPath, [SOURCES, EXAMPLE]],
  bun: ["npx", ["-y", "bun@1.4.5", SOURCES, EXAMPLE]],
  deno: [
    "npx",
    ["-y", "deno@2.9.6", "run", "--allow-all", "--no-config", "--node-modules-dir=manual", SOURCES, EXAMPLE],
  ],
};

const wanted = process.argv.slice(2);
const failed = [];
for (const [name, [command, args]] of Object.entries(RUNTIMES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`--- ${name}`);
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "works in all of them" : `does not work in: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

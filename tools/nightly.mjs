/**
 * What is too long for `npm test`: a million simulated events, 60 kills, 40 power cuts, ten rounds of each crash point, a
 * million messages through one process, a thousand conversations with all faults, the mutants, the embedding example in Bun and Deno, and the extension in a real VS Code. Ends with 1 where one of them fails; the others run nevertheless.
 */
import { spawnSync } from "node:child_process";

const LOOPS = { PARLEY_KILLS: "60", PARLEY_POWER_CUTS: "40", PARLEY_CRASH_POINTS: "10" };
const SOAK = { PARLEY_SOAK: "1000" };
const SOURCES = "--conditions=@parley/source";

const JOBS = [
  ["a million simulated events", ["tools/soak.mjs"], {}],
  ["crash loops", ["node_modules/vitest/vitest.mjs", "run", "packages/runtime/test/crash/loops.test.ts"], LOOPS],
  ["a thousand conversations", ["node_modules/vitest/vitest.mjs", "run", "packages/simulator/test/soak"], SOAK],
  ["memory", [SOURCES, "packages/runtime/test/simulation/memory.ts"], {}],
  ["mutants", ["tools/mutants.mjs"], {}],
  ["Bun and Deno", ["tools/runtimes.mjs"], {}],
  ["editors", ["tools/editors/all.mjs", "--vscode"], {}],
];

const failed = [];
for (const [name, args, env] of JOBS) {
  console.log(`--- ${name}`);
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? "all is well" : `failed: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

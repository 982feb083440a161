/**
 * The editors that are installed here, driven for real, after `npm run build`. `--vscode`: that one too, with and without
 * processes, which takes minutes where code-server has to be installed first; without it only where PARLEY_CODE_SERVER names
 * one. Ends with 1 where one fails.
 */
import { spawnSync } from "node:child_process";

const isVsCodeWanted = process.argv.includes("--vscode") || process.env.PARLEY_CODE_SERVER !== undefined;
const failed = [];

function run(name, command, args, out = "inherit") {
  console.log(`--- ${name}`);
  const begin = performance.now();
  const { status } = spawnSync(command, args, { stdio: ["ignore", out, "inherit"] });
  if (status !== 0) failed.push(name);
  console.log(`    ${Math.round((performance.now() - begin) / 1000)} s`);
}

// Which lists every file.
run("packaging the extension", "npm", ["run", "-s", "package", "--prefix", "packages/vscode"], "ignore");
for (const name of ["worker", "neovim", "emacs", ...(isVsCodeWanted ? ["vscode", "vscode-web"] : [])])
  run(name, process.execPath, [`tools/editors/${name}.mjs`]);
if (failed.length > 0) console.log(`failed: ${failed.join(", ")}`);
process.exit(failed.length === 0 ? 0 : 1);

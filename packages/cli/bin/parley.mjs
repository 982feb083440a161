#!/usr/bin/env node
// Runs on any Node, and says so where the program itself would not run. Imports nothing: that would cost start-up time.
const NEEDED = [22, 13];
const [major, minor] = process.versions.node.split(".").map(Number);
const program = new URL("../dist/bundle/parley.mjs", import.meta.url);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  console.error(`error: parley needs Node ${NEEDED.join(".")} or newer, this is Node ${process.versions.node}`);
  process.exitCode = 2;
} else if (!process.getBuiltinModule("node:fs").existsSync(program)) {
  console.error("error: parley is not built here: run `npm run bootstrap && npm run build` in the repository");
  process.exitCode = 2;
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  const { run } = await import(program.href);
  await run(process.argv.slice(2));
}

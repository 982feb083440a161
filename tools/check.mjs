/**
 * The checks beside the tests: types, format, lint, layers, unused code, generated files, package contents, and the
 * packed tarballs installed elsewhere with plain npm. Prints one line a check; the output of those that failed.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = process.cwd();
const packages = readdirSync("packages");
/** The extension is no package of npm's: its own check packs it. */
const published = packages.filter((name) => name !== "vscode");
/** Names of checks to run, from the command line; all without any. */
const wanted = process.argv.slice(2);
let failed = 0;

/** What a user's own program does with the packages: a bot from a built machine, answering Meta's verification. */
const embed = `
import { readFileSync } from "node:fs";
import { createBot, memoryStore } from "@parley/runtime";
import { sqliteStore } from "@parley/runtime/sqlite";
const machine = JSON.parse(readFileSync("out/machine.json", "utf8"));
if (typeof sqliteStore !== "function") throw new Error("no SQLite store");
const bot = createBot({ machine, actions: {}, store: memoryStore(), phoneNumberId: "1", token: "t", appSecrets: ["s"], verifyToken: "v" });
const url = "https://bot.example/webhook?hub.mode=subscribe&hub.verify_token=v&hub.challenge=challenge%20accepted";
console.log(await (await bot.fetch(new Request(url))).text());
`;

/** Runs a command; gives its output, or throws with it. */
function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", shell: false, maxBuffer: 64 << 20, ...options });
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}`;
  if (result.status !== 0) throw new Error(`${command} ${args.join(" ")}\n${output}`);
  return output;
}

function check(name, body) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const begin = performance.now();
  try {
    body();
    console.log(`ok      ${name} (${Math.round(performance.now() - begin)} ms)`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error.message}`);
  }
}

check("types", () => run("tsc", ["-b"]));
check("types-of-tests", () => run("tsc", ["-p", "tsconfig.tests.json"]));
// With the types of a browser, which nothing else may use.
check("types-of-extension", () => run("tsc", ["-p", "packages/vscode"]));
check("format", () => run("biome", ["ci", "."]));
check("lint", () => run("oxlint", ["--type-aware", "--deny-warnings", "packages"]));
check("layers", () => {
  const output = run("depcruise", [...packages.map((p) => `packages/${p}/src`), "--config", ".dependency-cruiser.mjs"]);
  // Without a TypeScript that it can use the tool cruises nothing and is content.
  const modules = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
  if (modules < 50) throw new Error(`only ${modules} modules were looked at:\n${output}`);
});
check("unused", () => run("knip", []));
check("generated", () => {
  run("node", ["--conditions=@parley/source", "tools/gen.mjs"]);
  run("git", ["diff", "--exit-code", "--stat"]);
});
check("packages", () => {
  for (const name of published) {
    run("publint", ["--strict", `packages/${name}`]);
    if (name !== "cli") run("attw", ["--pack", ".", "--profile", "esm-only"], { cwd: join(root, "packages", name) });
  }
});
check("installed-elsewhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-packed-"));
  try {
    const filters = ["--filter", "./packages/*", "--filter", "!parley-vscode"];
    run("pnpm", ["-r", ...filters, "pack", "--pack-destination", folder]);
    const tarballs = readdirSync(folder).filter((f) => f.endsWith(".tgz"));
    if (tarballs.length !== published.length)
      throw new Error(`${tarballs.length} tarballs of ${published.length} packages`);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true, type: "module" }));
    run("npm", ["install", "--no-audit", "--no-fund", ...tarballs.map((t) => `./${t}`)], { cwd: folder });
    writeFileSync(join(folder, "hello.flow"), readFileSync("examples/01-hello/hello.flow"));
    const parley = join(folder, "node_modules", ".bin", "parley");
    run(parley, ["check", "hello.flow"], { cwd: folder });
    run(parley, ["test", "hello.flow"], { cwd: folder });
    run(parley, ["build", "hello.flow", "-o", "out"], { cwd: folder });
    run(parley, ["explain", "P3001"], { cwd: folder });
    run(parley, ["init", "bot", "--template", "order", "--yes"], { cwd: folder });
    run(parley, ["test", "bot"], { cwd: folder });
    run(parley, ["check", "hello.flow", "--format", "sarif"], { cwd: folder });
    JSON.parse(readFileSync(join(folder, "out", "machine.json"), "utf8"));
    writeFileSync(join(folder, "embed.mjs"), embed);
    const said = run("node", ["embed.mjs"], { cwd: folder });
    if (!said.includes("challenge accepted")) throw new Error(said);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

console.log(failed === 0 ? "all checks passed" : `${failed} checks failed`);
process.exit(failed === 0 ? 0 : 1);

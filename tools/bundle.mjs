/**
 * Bundles the command: one small entry, a chunk for each command and what it alone needs, everything inlined. The pages of
 * the diagnostics and the templates of `init` are put beside it. `tsc -b` has checked the sources before; they are bundled as they are.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const out = path("packages/cli/dist/bundle");

/**
 * Node's own modules, without their ES facades: an `import` of `node:fs` reads every property of it once, and so loads
 * promises, streams and readline, some 10 ms at each start. `node:child_process` is only loaded when it is used: a
 * dependency imports it for something that we do not do.
 */
const builtins = {
  name: "builtins",
  resolveId(id) {
    return isBuiltin(id) && id !== "node:module" ? `\0builtin:${id.replace(/^node:/, "")}` : undefined;
  },
  load(id) {
    if (!id.startsWith("\0builtin:")) return undefined;
    const get = `process.getBuiltinModule("node:${id.slice("\0builtin:".length)}")`;
    if (id !== "\0builtin:child_process") return { code: `module.exports = ${get};`, moduleType: "js" };
    const lazily = (name) => `get ${name}() { return ${get}.${name}; }`;
    return { code: `module.exports = { ${lazily("spawn")}, ${lazily("spawnSync")} };`, moduleType: "js" };
  },
};

/** The driver of PostgreSQL is CommonJS that requires CommonJS: the facades that its parts also have are for `import`. */
const postgres = {
  name: "postgres",
  resolveId(id, importer) {
    if (!importer || !/^pg(?:-|$)/.test(id) || id === "pg-native") return undefined;
    return createRequire(importer).resolve(id);
  },
};

const TABLES =
  /cli\/src\/(?:exit|version|formats\/index|formats\/tests\/index|graph\/formats|cost\/formats|plan\/formats|explore\/formats|covered\/formats|replay\/formats|init\/templates|completion\/shells|report\/colours)\.ts$/;

rmSync(out, { recursive: true, force: true });
const bundle = await rolldown({
  input: { parley: path("packages/cli/src/bundle.ts") },
  platform: "node",
  plugins: [builtins, postgres],
  // The driver of PostgreSQL looks for it only where it is asked to.
  external: ["pg-native"],
  transform: { target: "node22.13" },
  resolve: { conditionNames: ["@parley/source", "module", "import", "node", "default"] },
});
await bundle.write({
  dir: out,
  format: "esm",
  // Names stay: they stand in reports of mistakes of ours, and to keep them beside short ones costs start-up time.
  minify: { mangle: false, compress: true, codegen: { removeWhitespace: true } },
  entryFileNames: "[name].mjs",
  chunkFileNames: "[name]-[hash].mjs",
  // The tables that the list of commands is made of: each by itself they would be a file more to read at each start.
  codeSplitting: { groups: [{ name: "tables", test: TABLES }] },
});
await bundle.close();
mkdirSync(`${out}/pages`, { recursive: true });
cpSync(path("packages/cli/templates"), `${out}/templates`, { recursive: true });
cpSync(path("docs/diagnostics"), `${out}/pages`, { recursive: true, filter: (from) => !from.endsWith("README.md") });

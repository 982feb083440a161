/**
 * Bundles the extension: the two clients, the language server for the worker, and beside them the command line, which is
 * the language server of everybody else, with the grammar, the schema and the snippets. `npm run build` has made the
 * command line before.
 */
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SNIPPETS } from "@parley/language-server/snippets";
import { rolldown } from "rolldown";

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const out = path("dist");

async function bundle(input, file, options, conditions = []) {
  const made = await rolldown({
    input: path(input),
    external: ["vscode"],
    resolve: { conditionNames: ["@parley/source", "module", "import", ...conditions, "default"] },
    ...options,
  });
  await made.write({
    file: `${out}/${file}`,
    format: file.endsWith(".cjs") ? "cjs" : "iife",
    minify: true,
    codeSplitting: false,
  });
  await made.close();
}

const cli = path("../cli");
if (!existsSync(`${cli}/dist/bundle`)) throw new Error("the command line is not built: npm run build");
rmSync(out, { recursive: true, force: true });
mkdirSync(out);
await bundle("src/extension.ts", "extension.cjs", { platform: "node" }, ["node"]);
await bundle("src/browser.ts", "browser.cjs", { platform: "browser" }, ["browser"]);
await bundle("../language-server/src/worker.ts", "worker.js", { platform: "browser" }, ["browser"]);
for (const part of ["bin", "dist/bundle", "package.json"]) {
  cpSync(`${cli}/${part}`, `${out}/cli/${part}`, { recursive: true });
}
cpSync(path("../../grammar/generated/parley.tmLanguage.json"), `${out}/parley.tmLanguage.json`);
cpSync(path("../compiler/schemas/parley.schema.json"), `${out}/parley.schema.json`);
cpSync(path("../../LICENSE"), path("LICENSE"));
writeFileSync(`${out}/snippets.json`, `${JSON.stringify(snippets(), undefined, 2)}\n`);

/** For editors that the language server's own snippets do not reach: no project, or none that it knows. */
function snippets() {
  return Object.fromEntries(
    SNIPPETS.map(({ label, detail, body }) => [label, { prefix: label, body: body.split("\n"), description: detail }]),
  );
}

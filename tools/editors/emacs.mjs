/**
 * A real Emacs in batch with eglot and `parley lsp`: findings, hover, completion, rename. After `npm run build`; skips where
 * there is no Emacs with eglot.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PARLEY, wrongPizzeria } from "./lib/project.mjs";
import { createSteps, must, skip } from "./lib/steps.mjs";

const has = ["--batch", "--eval", "(progn (require 'package) (package-initialize) (require 'eglot))"];
const found = spawnSync("emacs", has, { encoding: "utf8" });
if (found.status !== 0) skip("there is no Emacs with eglot");
console.log(spawnSync("emacs", ["--version"], { encoding: "utf8" }).stdout.split("\n")[0]);
const { folder, remove } = wrongPizzeria();
const lisp = fileURLToPath(new URL("emacs.el", import.meta.url));
const { stdout, stderr } = spawnSync("emacs", ["--batch", "-l", lisp], {
  encoding: "utf8",
  timeout: 60_000,
  maxBuffer: 16 << 20,
  env: { ...process.env, PARLEY_FOLDER: `${folder}/`, PARLEY_COMMAND: [process.execPath, PARLEY, "lsp"].join("\n") },
});
remove();
const seen = Object.fromEntries([...stdout.matchAll(/^(\w+) (.*)$/gm)].map(([, name, json]) => [name, json]));

const { claim, end } = createSteps();
const said = (name, pattern) => async () => must(pattern.test(seen[name] ?? ""), seen[name] ?? stderr.slice(0, 700));
await claim("the mistake is found", said("diagnostics", /WhatsApp allows 24/));
await claim("hovering shows the message", said("hover", /Which pizza/));
await claim("completion offers states", said("completion", /"goodbye"/));
await claim(
  "a state gets another name everywhere in the text",
  said("renamed", /^(?!.*-> how_big).*state which_size/s),
);
process.exit(end());

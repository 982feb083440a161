/**
 * A real Neovim, without a screen, with `parley lsp`: findings, hover, completion, rename. After `npm run build`; skips where
 * there is no `nvim`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PARLEY, placeIn, wrongPizzeria } from "./lib/project.mjs";
import { createSteps, must, skip } from "./lib/steps.mjs";

const version = spawnSync("nvim", ["--version"], { encoding: "utf8" });
if (version.status !== 0) skip("there is no Neovim");
console.log(version.stdout.split("\n")[0]);
const { folder, flow, text, remove } = wrongPizzeria();
const task = {
  cmd: [process.execPath, PARLEY, "lsp"],
  uri: pathToFileURL(flow).href,
  folder,
  out: join(folder, "seen.json"),
  hover: placeIn(text, "ask list", 1),
  completion: placeIn(text, "-> hours", 3),
  rename: placeIn(text, "state how_big", 8),
};
const lua = fileURLToPath(new URL("neovim.lua", import.meta.url));
const { stderr } = spawnSync("nvim", ["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", `luafile ${lua}`], {
  encoding: "utf8",
  timeout: 60_000,
  env: { ...process.env, PARLEY_TASK: JSON.stringify(task) },
});
const seen = existsSync(task.out) ? JSON.parse(readFileSync(task.out, "utf8")) : { failure: stderr };
remove();

const { claim, end } = createSteps();
await claim("the mistake is found", async () => {
  must(
    seen.diagnostics?.some(({ message }) => /WhatsApp allows 24/.test(message)),
    seen.failure ?? seen.diagnostics,
  );
});
await claim("hovering shows the message", async () => must(/Which pizza/.test(JSON.stringify(seen.hover)), seen.hover));
await claim("completion offers states", async () => must(seen.completion?.includes("goodbye"), seen.completion));
await claim("formatting a formatted text changes nothing", async () => must(seen.format?.length === 0, seen.format));
await claim("a state gets another name everywhere in the text", async () =>
  must(/state which_size/.test(seen.renamed) && !/-> how_big/.test(seen.renamed), seen.renamed),
);
process.exit(end());

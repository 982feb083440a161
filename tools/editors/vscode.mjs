/**
 * The packaged extension in a real VS Code (code-server) in a real Chromium: what people do in it, with a picture of each
 * step. `node tools/editors/vscode.mjs [WORD…]` after `npm run vsix`; WORDs choose steps. Skips where Chromium or
 * code-server cannot be had. PARLEY_CODE_SERVER: a folder that code-server is installed in; PARLEY_PICTURES: where the
 * pictures go.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromiumHere, openBrowser } from "./lib/browser.mjs";
import { codeServerHere, startCodeServer } from "./lib/code-server.mjs";
import { createSteps, pictureFolder, skip } from "./lib/steps.mjs";
import { createWorkbench } from "./lib/workbench.mjs";
import { tryEditing } from "./vscode/editing.mjs";
import { tryTools } from "./vscode/tools.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vsix = join(root, "packages/vscode/dist/parley.vsix");
if (!existsSync(vsix)) skip("the extension is not packaged: npm run vsix");
const chromium = chromiumHere() ?? skip("there is no Chromium");
const { folder, why } = codeServerHere();
if (!folder) skip(why);

const SETTINGS = {
  "files.autoSave": "off",
  // Its text can be read when it is no canvas.
  "terminal.integrated.gpuAcceleration": "off",
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "window.menuBarVisibility": "hidden",
  "editor.minimap.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.tips.enabled": false,
  "extensions.ignoreRecommendations": true,
};

const project = mkdtempSync(join(tmpdir(), "parley-pizzeria-"));
cpSync(join(root, "examples/02-pizzeria"), project, { recursive: true });
writeFileSync(join(project, "survey.flow"), '{ "uuid": "5d1c", "nodes": [] }\n');
writeFileSync(join(project, "robot.flow"), '<?xml version="1.0"?>\n<Activity />\n');
writeFileSync(join(project, "types.js.flow"), "// @flow\nexport type Id = string;\n");

const server = await startCodeServer({ root, folder, vsix, project, settings: SETTINGS });
const browser = await openBrowser(chromium);
const pictures = pictureFolder("vscode");
const picture = (name) => browser.page.screenshot({ path: join(pictures, `${name}.png`) });
const steps = createSteps({
  wanted: process.argv.slice(2),
  look: (number, name) => picture(`${String(number).padStart(2, "0")}-${name.replace(/\W+/g, "-")}`),
});
const context = {
  ...steps,
  bench: createWorkbench(browser.page),
  picture,
  project,
  read: (name) => readFileSync(join(project, name), "utf8"),
};
try {
  await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await browser.page.goto(server.url);
  await browser.page
    .locator(".monaco-workbench .explorer-viewlet, .monaco-workbench .part.sidebar")
    .first()
    .waitFor({ timeout: 60_000 });
  await tryEditing(context);
  await tryTools(context);
} finally {
  await browser.close();
  await server.close();
  rmSync(project, { recursive: true, force: true });
}
console.log(`pictures: ${pictures}`);
process.exit(steps.end());

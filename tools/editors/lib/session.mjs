/**
 * One sitting in VS Code in a page: the packaged extension over a copy of the pizzeria, with a picture of each
 * step, and what the page has logged beside them.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumHere, openBrowser } from "./browser.mjs";
import { codeServerHere, startCodeServer } from "./code-server.mjs";
import { ROOT } from "./project.mjs";
import { createSteps, pictureFolder, skip } from "./steps.mjs";
import { giveToPage } from "./web-extension.mjs";
import { createWorkbench } from "./workbench.mjs";

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

/**
 * Runs `tries` one after the other and ends the program: with 0 where all claims hold, or where something is not here that
 * it needs, which is said. `name`: of the folder of pictures. `inPage`: the extension is the page's own.
 */
export async function inVsCode({ name, inPage = false, tries }) {
  const vsix = join(ROOT, "packages/vscode/dist/parley.vsix");
  if (!existsSync(vsix)) skip("the extension is not packaged: npm run vsix");
  const chromium = chromiumHere() ?? skip("there is no Chromium");
  const { folder, why } = codeServerHere();
  if (!folder) skip(why);

  const project = pizzeria();
  const server = await startCodeServer({ root: ROOT, folder, vsix, project, settings: SETTINGS, inPage });
  const browser = await openBrowser(chromium);
  const closeFiles = inPage ? await giveToPage(browser.page, server) : async () => undefined;
  const pictures = pictureFolder(name);
  const said = [];
  browser.page.on("console", (one) => said.push(`${one.type()} ${one.text()}`));
  browser.page.on("pageerror", (error) => said.push(`thrown ${error.stack ?? error.message}`));
  const picture = (file) => browser.page.screenshot({ path: join(pictures, `${file}.png`) });
  const steps = createSteps({
    wanted: process.argv.slice(2),
    look: (number, claim) => picture(`${String(number).padStart(2, "0")}-${claim.replace(/\W+/g, "-")}`),
  });
  const context = {
    ...steps,
    bench: createWorkbench(browser.page),
    picture,
    project,
    server,
    read: (file) => readFileSync(join(project, file), "utf8"),
  };
  try {
    await browser.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await browser.page.goto(server.url);
    await browser.page
      .locator(".monaco-workbench .explorer-viewlet, .monaco-workbench .part.sidebar")
      .first()
      .waitFor({ timeout: 60_000 });
    for (const one of tries) await one(context);
  } finally {
    writeFileSync(join(pictures, "console.txt"), `${said.join("\n")}\n`);
    await browser.close();
    await server.close();
    await closeFiles();
    rmSync(project, { recursive: true, force: true });
  }
  console.log(`pictures: ${pictures}`);
  process.exit(steps.end());
}

/** With `.flow` files of other tools beside it. */
function pizzeria() {
  const project = mkdtempSync(join(tmpdir(), "parley-pizzeria-"));
  cpSync(join(ROOT, "examples/02-pizzeria"), project, { recursive: true });
  writeFileSync(join(project, "survey.flow"), '{ "uuid": "5d1c", "nodes": [] }\n');
  writeFileSync(join(project, "robot.flow"), '<?xml version="1.0"?>\n<Activity />\n');
  writeFileSync(join(project, "types.js.flow"), "// @flow\nexport type Id = string;\n");
  return project;
}

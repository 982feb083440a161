/** VS Code as a web page: code-server, with the packaged extension and a folder. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "./steps.mjs";

export const CODE_SERVER = "4.139.1";

/** It takes no other Node than 24. */
function node24(root) {
  return process.version.startsWith("v24.") ? process.execPath : join(root, "node_modules", ".bin", "node");
}

/**
 * The folder of code-server: below PARLEY_CODE_SERVER, a folder it is installed in, or one that it is installed to here,
 * once. A text says why there is none.
 */
export function codeServerHere() {
  const home = process.env.PARLEY_CODE_SERVER ?? join(tmpdir(), `parley-code-server-${CODE_SERVER}`);
  const folder = join(home, "node_modules", "code-server");
  const isThere = () => existsSync(join(folder, "out", "node", "entry.js"));
  if (isThere()) return { folder };
  if (process.env.PARLEY_CODE_SERVER) return { why: `PARLEY_CODE_SERVER has no ${folder}` };
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", `code-server@${CODE_SERVER}`];
  const { status, stderr } = spawnSync("npm", args, { cwd: home, encoding: "utf8", timeout: 600_000 });
  if (status === 0 && isThere()) return { folder };
  rmSync(home, { recursive: true, force: true });
  return { why: `code-server cannot be installed: ${stderr.trim().split("\n").at(-1)} (it needs libkrb5-dev)` };
}

/**
 * Starts it with an extension, over a folder. Settings are those of the user. `inPage`: the extension is not the server's but
 * the page's own, as in VS Code for the Web; then `unpacked` is where its files are.
 */
export async function startCodeServer({ root, folder, vsix, project, settings, inPage = false }) {
  const home = mkdtempSync(join(tmpdir(), "parley-editor-"));
  const data = join(home, "data");
  const withExtensions = (name) => ["--user-data-dir", data, "--extensions-dir", join(home, name)];
  const port = await freePort();
  const config = { "bind-addr": `127.0.0.1:${port}`, auth: "none", cert: "false" };
  writeFileSync(
    join(home, "config.yaml"),
    Object.entries(config)
      .map(([key, value]) => `${key}: ${value}\n`)
      .join(""),
  );
  mkdirSync(join(data, "User"), { recursive: true });
  writeFileSync(join(data, "User", "settings.json"), JSON.stringify(settings));
  const run = [folder, "--config", join(home, "config.yaml")];
  const install = [...run, ...withExtensions("extensions"), "--install-extension", vsix];
  const installed = spawnSync(node24(root), install, { encoding: "utf8" });
  if (installed.status !== 0) throw new Error(`the extension cannot be installed: ${installed.stderr}`);
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const extensions = withExtensions(inPage ? "none" : "extensions");
  const child = spawn(node24(root), [...run, ...extensions, ...quiet, "--disable-getting-started-override", project], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const log = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => log.push(String(text)));
  const close = () => {
    // With its extension host and what that has started.
    process.kill(-child.pid, "SIGTERM");
    return until("the end of code-server", () => child.exitCode !== null || child.signalCode !== null).finally(() =>
      rmSync(home, { recursive: true, force: true, maxRetries: 5 }),
    );
  };
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(project)}`;
  await until("code-server", () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => true,
      () => child.exitCode !== null,
    ),
  );
  if (child.exitCode !== null) throw new Error(log.join(""));
  const [name = ""] = readdirSync(join(home, "extensions")).filter((one) => one.startsWith("parley."));
  return { url, data, unpacked: join(home, "extensions", name), pid: child.pid, close };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

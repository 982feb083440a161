/** The command line: that of the folder where it has one, else the one that comes with the extension. */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type CancellationToken, type ExtensionContext, workspace } from "vscode";

export interface Cli {
  /** What runs it: this editor's own Node. */
  readonly node: string;
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  /** It comes with the extension. */
  readonly isBundled: boolean;
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const LAUNCHER = join("node_modules", "@parley", "cli", "bin", "parley.mjs");

export function findCli(context: ExtensionContext): Cli {
  const script = workspace.isTrusted ? ofFolder() : undefined;
  return {
    node: process.execPath,
    script: script ?? context.asAbsolutePath(join("dist", "cli", "bin", "parley.mjs")),
    // Where the editor is Electron, it is a Node only when it is told so.
    environment: { ELECTRON_RUN_AS_NODE: "1" },
    isBundled: script === undefined,
  };
}

function ofFolder(): string | undefined {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const wanted = workspace.getConfiguration("parley").get<string>("cli", "");
  if (wanted !== "")
    return isAbsolute(wanted) ? wanted : folders.map((folder) => join(folder, wanted)).find(existsSync);
  return folders.map((folder) => join(folder, LAUNCHER)).find(existsSync);
}

/** Runs a command to its end; `cwd` is a folder. Rejects where it cannot be started. */
export function run(cli: Cli, args: readonly string[], cwd: string, token?: CancellationToken): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(cli.node, [cli.script, ...args], { cwd, env: { ...process.env, ...cli.environment } });
    const out = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        out[stream] += text;
      });
    }
    token?.onCancellationRequested(() => child.kill());
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, ...out }));
  });
}

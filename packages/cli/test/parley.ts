/** Runs the real command: the launcher and the bundle, as people do. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../../", import.meta.url));
export const LAUNCHER: string = join(ROOT, "packages/cli/bin/parley.mjs");

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Way {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

export function parley(args: readonly string[], way: Way = {}): Ended {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [LAUNCHER, ...args], {
    cwd: way.cwd ?? ROOT,
    input: way.input ?? "",
    env: environment(way.env),
    timeout: 60_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { status, stdout: stdout.toString("utf8"), stderr: stderr.toString("utf8") };
}

/** Without what the terminal or the test runner would bring in. */
export function environment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...more };
}

const running = new Set<ReturnType<typeof spawn>>();

/** Ends what a failed test left running. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** A process that goes on; `until` waits for its output to match. */
export function start(args: readonly string[], way: Way = {}) {
  const child = spawn(process.execPath, [LAUNCHER, ...args], { cwd: way.cwd ?? ROOT, env: environment(way.env) });
  let output = "";
  const waiting = new Set<() => void>();
  const take = (data: Buffer): void => {
    output += data.toString("utf8");
    for (const look of waiting) look();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  running.add(child);
  const ended = new Promise<number | null>((resolve) =>
    child.on("close", (status) => {
      running.delete(child);
      resolve(status);
    }),
  );
  const until = (pattern: RegExp, ms = 30_000): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      const fail = (why: string): void => {
        finish();
        reject(new Error(`${why}, and no ${String(pattern)} in:\n${output}`));
      };
      const timer = setTimeout(() => fail(`${ms} ms have passed`), ms);
      const look = (): void => {
        const found = pattern.exec(output);
        if (!found) return;
        finish();
        resolve(found);
      };
      void ended.then((status) => fail(`it ended with ${status}`));
      waiting.add(look);
      look();
    });
  return { child, ended, until, output: (): string => output };
}

/** A folder with these files, gone when `clean` is called. */
export function folder(files: Readonly<Record<string, string | Uint8Array>>): {
  readonly dir: string;
  readonly clean: () => void;
} {
  const dir = mkdtempSync(join(tmpdir(), "parley-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), content);
  }
  return { dir, clean: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Bundles the command unless the bundle is newer than every source. */
export function ensureBuilt(): void {
  const bundle = join(ROOT, "packages/cli/dist/bundle/parley.mjs");
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = ["whatsapp", "machine", "compiler", "runtime", "emulator", "simulator", "cli"].map((p) =>
    join(ROOT, "packages", p, "src"),
  );
  if (
    Math.max(...[...sources, join(ROOT, "docs/diagnostics"), join(ROOT, "packages/cli/templates")].map(newest)) < built
  )
    return;
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "tools/bundle.mjs")], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the bundle cannot be made:\n${stderr}`);
}

function newest(dir: string): number {
  return Math.max(
    0,
    ...readdirSync(dir, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
}

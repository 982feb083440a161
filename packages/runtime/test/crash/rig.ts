/** What the crash loops are made of: the victim, the disk under it, WhatsApp beside it. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { change, sign, status, webhook } from "../support/webhooks.ts";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/** The victim as one file: it starts in a tenth of the time that its sources take. Its path. */
export async function bundleVictim(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: join(HERE, "victim.ts"),
    platform: "node",
    resolve: { conditionNames: ["@parley/source", "import", "node"] },
    logLevel: "silent",
  });
  const file = join(folder, "victim.mjs");
  await bundle.write({ file, format: "esm" });
  await bundle.close();
  return file;
}

/** The same victim on a store that does not wait for the disk: what the power cut must find out. */
export function careless(victim: string): string {
  const text = readFileSync(victim, "utf8");
  if (!text.includes("synchronous = FULL")) throw new Error("the store does not set `synchronous = FULL` any more");
  const file = victim.replace(".mjs", "-normal.mjs");
  writeFileSync(file, text.replaceAll("synchronous = FULL", "synchronous = NORMAL"));
  return file;
}

/** The disk of `disk.c`; undefined where it cannot be built. */
export function buildDisk(folder: string): string | undefined {
  if (process.platform !== "linux") return undefined;
  const library = join(folder, "disk.so");
  try {
    execFileSync("cc", ["-O2", "-shared", "-fPIC", "-o", library, join(HERE, "disk.c"), "-ldl"], { stdio: "pipe" });
    return library;
  } catch {
    return undefined;
  }
}

/** How a victim ends whose disk failed. */
export const BROKEN_EXIT = 74;

export interface Disk {
  readonly library: string;
  /** Holds the files as they were last synced. */
  readonly image: string;
  /** Holds a file for each fault that is on. */
  readonly faults: string;
  readonly die?: string;
}

export function freshDisk(library: string, folder: string): Disk {
  const disk = { library, image: join(folder, "image"), faults: join(folder, "faults") };
  for (const path of [disk.image, disk.faults]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  }
  return disk;
}

function copyDatabase(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  for (const name of readdirSync(from)) if (/\.db(-wal)?$/.test(name)) copyFileSync(join(from, name), join(to, name));
}

/** The power comes back: only what was synced is there. SQLite makes its other files anew. */
export function cutPower(disk: Disk, data: string): void {
  copyDatabase(disk.image, data);
}

/** What is there is synced: whoever looked at it has written, without this disk in between. */
export function syncAll(disk: Disk, data: string): void {
  copyDatabase(data, disk.image);
}

export interface Victim {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<unknown>;
}

function environment(disk: Disk | undefined): NodeJS.ProcessEnv {
  if (!disk) return process.env;
  return {
    ...process.env,
    LD_PRELOAD: disk.library,
    PARLEY_DISK_IMAGE: disk.image,
    PARLEY_DISK_FAULTS: disk.faults,
    ...(disk.die === undefined ? {} : { PARLEY_DISK_DIE: disk.die }),
  };
}

/** Undefined where it died before it listened. */
export async function startVictim(file: string, args: readonly string[], disk?: Disk): Promise<Victim | undefined> {
  const child = spawn(process.execPath, [file, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env: environment(disk),
  });
  const ended = once(child, "exit");
  const line = await Promise.race([once(child.stdout, "data"), ended.then(() => undefined)]);
  if (!line) return undefined;
  return { child, url: `http://127.0.0.1:${String(line[0]).trim()}/`, ended };
}

export async function kill(victim: Victim): Promise<void> {
  victim.child.kill("SIGKILL");
  await victim.ended;
}

/** The status of the answer; 0 where there was none. */
export async function deliver(url: string, body: string): Promise<number> {
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(body) };
  return fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(10_000) }).then(
    (response) => response.status,
    () => 0,
  );
}

export interface Api {
  readonly url: string;
  /** Callback data of everything that was taken, in order. */
  readonly taken: string[];
  /** Where statuses go; undefined while the bot is down. */
  bot: string | undefined;
  /** Statuses that the bot does not know yet. */
  readonly untold: () => number;
  readonly close: () => void;
}

/** Takes everything, and tells of it until it is heard. */
export async function startApi(): Promise<Api> {
  const waiting = new Set<string>();
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const callback = (JSON.parse(body) as { readonly biz_opaque_callback_data: string }).biz_opaque_callback_data;
      api.taken.push(callback);
      const wamid = `wamid.${api.taken.length}`;
      const told = status(wamid, Date.now(), "sent", { biz_opaque_callback_data: callback });
      waiting.add(webhook(change({ statuses: [told] })));
      response.end(JSON.stringify({ messages: [{ id: wamid }] }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const tell = async (): Promise<void> => {
    const { bot } = api;
    if (!bot) return;
    for (const body of [...waiting].slice(0, 20)) if ((await deliver(bot, body)) === 200) waiting.delete(body);
  };
  let running = Promise.resolve();
  const interval = setInterval(() => {
    running = running.then(tell);
  }, 20);
  const { port } = server.address() as AddressInfo;
  const api: Api = {
    url: `http://127.0.0.1:${port}`,
    taken: [],
    bot: undefined,
    untold: () => waiting.size,
    close: () => {
      clearInterval(interval);
      server.closeAllConnections();
      server.close();
    },
  };
  return api;
}

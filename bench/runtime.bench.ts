/**
 * From a signed webhook to its committed turn, over HTTP with 64 connections, beside node:http with HMAC and JSON.parse alone and
 * beside one SQLite transaction for each event; and 100,000 open conversations in one file. Server and client are processes of
 * their own; variants alternate, medians are compared.
 */
import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import type { ClientResult } from "./lib/runtime-client.ts";

const LEAST_OF_BARE = 0.3;
const LEAST_OF_SINGLE = 3;
const MOST_P99_MS = 100;
const MOST_RSS = 300 * 1024 * 1024;
const MOST_START_MS = 1_000;
const CONVERSATIONS = Number(process.env["PARLEY_CONVERSATIONS"] ?? 100_000);
const ROUNDS = Number(process.env["PARLEY_ROUNDS"] ?? 3);
const ROUND_MS = 2_500;

const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => fileURLToPath(new URL(`lib/${name}`, import.meta.url));
const FLAGS = ["--conditions=@parley/source", "--no-warnings"];

type Mode = "bare" | "group" | "single" | "sending";

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}

async function started(mode: Mode): Promise<Server> {
  const path = join(folder, `${mode}-${Math.round(performance.now())}.db`);
  const child = spawn(process.execPath, [...FLAGS, file("runtime-server.ts"), mode, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout ?? child, "data")) as [Buffer];
  return { child, port: Number(line.toString()) };
}

const run = promisify(execFile);
let messages = 0;

async function load({ port }: Server, ms: number, rate = 0): Promise<ClientResult> {
  const args = [...FLAGS, file("runtime-client.ts"), String(port), String(ms), String(messages), String(rate)];
  const result = JSON.parse((await run(process.execPath, args)).stdout) as ClientResult;
  messages += result.answered;
  return result;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

test("signed webhook to committed turn", { timeout: 300_000 }, async () => {
  const modes: readonly Mode[] = ["bare", "group", "single"];
  const servers = new Map<Mode, Server>();
  for (const mode of modes) servers.set(mode, await started(mode));
  const at = (mode: Mode): Server => servers.get(mode) as Server;
  const rates = new Map<Mode, number[]>(modes.map((mode) => [mode, []]));
  try {
    for (const mode of modes) await load(at(mode), 1_500);
    for (let round = 0; round < ROUNDS; round++)
      for (const mode of modes) {
        const { rate, failed } = await load(at(mode), ROUND_MS);
        expect(failed).toBe(0);
        rates.get(mode)?.push(rate);
      }
    const of = (mode: Mode): number => median(rates.get(mode) ?? []);
    for (const mode of modes)
      say(`${mode}: ${Math.round(of(mode))}/s (${rates.get(mode)?.map(Math.round).join(", ")})`);
    const half = await load(at("group"), 2 * ROUND_MS, of("group") / 2);
    say(`at half load: p50 ${half.p50.toFixed(1)} ms, p99 ${half.p99.toFixed(1)} ms`);
    const [ofBare, ofSingle] = [of("group") / of("bare"), of("group") / of("single")];
    say(
      `of bare: ${ofBare.toFixed(2)} (at least ${LEAST_OF_BARE}), of single: ${ofSingle.toFixed(1)} (at least ${LEAST_OF_SINGLE})`,
    );
    // By itself: it goes on sending when its load is over.
    servers.set("sending", await started("sending"));
    const sending = await load(at("sending"), 2 * ROUND_MS);
    say(`with its answers sent in the same process: ${Math.round(sending.rate)}/s`);
    expect(sending.failed).toBe(0);
    expect(ofBare).toBeGreaterThanOrEqual(LEAST_OF_BARE);
    expect(ofSingle).toBeGreaterThanOrEqual(LEAST_OF_SINGLE);
    expect(half.failed).toBe(0);
    expect(half.p99).toBeLessThan(MOST_P99_MS);
  } finally {
    for (const { child } of servers.values()) child.kill("SIGKILL");
  }
});

test(`${CONVERSATIONS} open conversations in one file`, { timeout: 600_000 }, () => {
  const path = join(folder, "many.db");
  const printed = (...args: readonly string[]): string =>
    execFileSync(process.execPath, [...FLAGS, file("many-run.ts"), ...args], { encoding: "utf8" });
  printed("fill", path, String(CONVERSATIONS));
  const { startMs, status, contacts, rss } = JSON.parse(printed("open", path)) as Readonly<Record<string, number>>;
  say(`start ${Math.round(startMs ?? 0)} ms, ${Math.round((rss ?? 0) / 2 ** 20)} MiB, ${contacts} contacts`);
  expect([status, contacts]).toEqual([200, CONVERSATIONS]);
  expect(startMs).toBeLessThan(MOST_START_MS);
  expect(rss).toBeLessThan(MOST_RSS);
});

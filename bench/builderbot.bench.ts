/**
 * Turns of simulated conversations beside the same conversation in `@builderbot/bot` with its own test provider and its store
 * in memory, one core each, one conversation after another, in turns. It brings an executable of ffmpeg for each system and
 * does not start without it, so it is no dependency: it is installed from the registry into a folder for the time of the bench.
 * Where that cannot be done the bench says so and is skipped.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const PEER = "@builderbot/bot@1.3.13";
const CONVERSATIONS = "400";
const ROUNDS = 3;
const PARLEY_RUN = fileURLToPath(new URL("lib/tested-run.ts", import.meta.url));
const PEER_RUN = fileURLToPath(new URL("lib/builderbot-run.ts", import.meta.url));

interface Measured {
  readonly turns: number;
  readonly ms: number;
  readonly cpuMs: number;
}

/** Why there is nothing to compare with; undefined where there is. */
function install(dir: string): string | undefined {
  writeFileSync(join(dir, "package.json"), '{ "private": true }\n');
  const args = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", PEER];
  const npm = spawnSync("npm", args, { cwd: dir, encoding: "utf8", timeout: 180_000 });
  if (npm.error) return `npm does not run: ${npm.error.message}`;
  if (npm.status !== 0) return `npm cannot install it: ${npm.stderr.trim().split("\n")[0]}`;
  const tried = spawnSync(process.execPath, ["-e", 'require("@builderbot/bot")'], { cwd: dir, encoding: "utf8" });
  return tried.status === 0 ? undefined : `it does not start here: ${/^\w*Error: .*/m.exec(tried.stderr)?.[0]}`;
}

function measured(run: string, ...args: readonly string[]): Measured {
  return JSON.parse(
    execFileSync(process.execPath, ["--conditions=@parley/source", run, ...args], { encoding: "utf8" }),
  ) as Measured;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

test(`simulated turns beside ${PEER}`, { timeout: 600_000 }, (context) => {
  const dir = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    const why = install(dir);
    if (why !== undefined) {
      process.stdout.write(`not compared with ${PEER}: ${why}\n`);
      context.skip(why);
    }
    const rounds = Array.from({ length: ROUNDS }, () => ({
      ours: measured(PARLEY_RUN, CONVERSATIONS),
      theirs: measured(PEER_RUN, dir, CONVERSATIONS),
    }));
    const rate = (of: "ours" | "theirs", by: "ms" | "cpuMs"): number =>
      median(rounds.map((round) => (1000 * round[of].turns) / round[of][by]));
    const ratio = (by: "ms" | "cpuMs"): string => (rate("ours", by) / rate("theirs", by)).toFixed(1);
    const told = (of: "ours" | "theirs"): string =>
      `${Math.round(rate(of, "ms"))} turns a second, ${Math.round(rate(of, "cpuMs"))} a second of processor time`;
    process.stdout.write(`${PEER}: ${told("theirs")}\nParley: ${told("ours")}\n`);
    process.stdout.write(`${ratio("ms")} times as many by the clock, ${ratio("cpuMs")} by processor time\n`);
    expect(rounds.every(({ ours, theirs }) => ours.turns === theirs.turns)).toBe(true);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

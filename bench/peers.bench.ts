/**
 * The whole build in memory, beside Langium that parses, links and checks the core of it, and beside YAML that is read and
 * held against a schema. What is compared stands in README.md beside this file.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { PeersRun, PeerTimes } from "./lib/peers-run.ts";

const RUN = fileURLToPath(new URL("lib/peers-run.ts", import.meta.url));
const PEERS = ["parley", "langium", "yaml"];
const SIZES = [1_000, 10_000, 100_000];
const ROUNDS = 6;
/** Builds before the code is warm. */
const COLD = 2;
const MOST_MEMORY = 700;
const MOST_PER_LINE = 2;

function run(peers: readonly string[], sizes: readonly number[], rounds: number): PeersRun {
  const args = ["--conditions=@parley/source", RUN, peers.join(), sizes.join(), String(rounds)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as PeersRun;
}

function middle(times: readonly number[]): number {
  const warm = times.slice(COLD).sort((a, b) => a - b);
  return warm[warm.length >> 1] ?? Number.NaN;
}

/** `langium 480 ms (1.92 times, of the processor 2.05)`. */
function beside(peer: PeerTimes, own: PeerTimes): string {
  const [time, processor] = [middle(peer.ms) / middle(own.ms), middle(peer.cpu) / middle(own.cpu)];
  return `${peer.peer} ${middle(peer.ms).toFixed(0)} ms (${time.toFixed(2)} times, of the processor ${processor.toFixed(2)})`;
}

test("the same projects, read by each in turns", { timeout: 600_000 }, () => {
  const { times } = run(PEERS, SIZES, ROUNDS);
  const perLine: number[] = [];
  for (const own of times.filter(({ peer }) => peer === "parley")) {
    perLine.push(middle(own.cpu) / own.lines);
    const others = times.filter(({ lines, peer }) => lines === own.lines && peer !== "parley");
    const rate = (time: number): number => Math.round((own.lines / time) * 1000);
    process.stdout.write(
      `${own.lines} lines: parley ${middle(own.ms).toFixed(0)} ms, ${rate(middle(own.ms))} lines/s ` +
        `(${rate(middle(own.cpu))} of processor time); ${others.map((peer) => beside(peer, own)).join("; ")}\n`,
    );
  }
  const growth = (perLine[2] ?? Number.NaN) / (perLine[1] ?? Number.NaN);
  process.stdout.write(
    `processor time per line, 100,000 against 10,000 lines: ${growth.toFixed(2)} (at most ${MOST_PER_LINE})\n`,
  );
  expect(growth).toBeLessThanOrEqual(MOST_PER_LINE);
});

test("the memory of one build of 100,000 lines", { timeout: 300_000 }, () => {
  const used = PEERS.map((peer) => ({ peer, memory: run([peer], [100_000], 1).memory }));
  process.stdout.write(
    `${used.map(({ peer, memory }) => `${peer} ${memory} MB`).join(", ")} (at most ${MOST_MEMORY})\n`,
  );
  expect(used[0]?.memory).toBeLessThanOrEqual(MOST_MEMORY);
});

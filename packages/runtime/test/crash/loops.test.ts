/**
 * The real server over real HTTP, killed in the middle of its work, and the power cut under it. `PARLEY_KILLS`,
 * `PARLEY_POWER_CUTS` and `PARLEY_CRASH_POINTS` (rounds of each point) make the loops longer.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkHistory } from "./history.ts";
import { bodyOf, crashLoop } from "./loop.ts";
import {
  BROKEN_EXIT,
  buildDisk,
  bundleVictim,
  careless,
  type Disk,
  deliver,
  freshDisk,
  kill,
  startVictim,
  type Victim,
} from "./rig.ts";

const KILLS = Number(process.env["PARLEY_KILLS"] ?? 4);
const POWER_CUTS = Number(process.env["PARLEY_POWER_CUTS"] ?? 4);
const ROUNDS = Number(process.env["PARLEY_CRASH_POINTS"] ?? 1);
const LONG = { timeout: 600_000 };

let folder: string;
let victim: string;
const place = mkdtempSync(join(tmpdir(), "parley-disk-"));
const library = buildDisk(place);
if (!library) process.stderr.write("power cuts and disk faults are not tested: there is no C compiler here\n");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "parley-loops-"));
  victim = await bundleVictim(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(place, { recursive: true, force: true });
});

const NOTHING_LOST = { lost: 0, broken: [], doubled: 0 };

test(`${KILLS} times killed, nothing that was answered is lost, doubled or out of order`, LONG, async () => {
  const report = await crashLoop({ victim, folder: join(folder, "kill"), kills: KILLS, seed: 1 });
  expect(report).toMatchObject({ ...NOTHING_LOST, settled: report.sent });
  expect(report.acked).toBeGreaterThan(0);
});

const POINTS = [
  ["before-open", 1],
  ["after-open", 1],
  ["before-commit", 3],
  ["mid-transaction", 5],
  ["after-commit-before-ack", 4],
  ["after-claim", 2],
  ["after-action-claim", 1],
  ["before-http", 1],
  ["after-http-before-settle", 2],
] as const;

test.each(POINTS)(
  "killed at the point %s, it goes on without a loss and settles what is in doubt",
  LONG,
  async (point, n) => {
    const report = await crashLoop({
      victim,
      folder: join(folder, point),
      kills: ROUNDS,
      seed: 2,
      crashAt: (life) => `${point}:${n + (n === 1 ? 0 : life)}`,
    });
    expect(report).toMatchObject({ ...NOTHING_LOST, settled: report.sent });
    expect(report.selfEnded).toBeGreaterThan(0);
  },
);

test("killed while it shuts down, it goes on without a loss", LONG, async () => {
  const crashAt = (): string => "during-shutdown:1";
  const end = { victim, folder: join(folder, "shutdown"), kills: ROUNDS, seed: 3, crashAt, terminate: true };
  const report = await crashLoop(end);
  expect(report).toMatchObject({ ...NOTHING_LOST, settled: report.sent, selfEnded: ROUNDS });
});

describe.skipIf(!library)("on a disk that keeps only what was synced", () => {
  const disk = (name: string) => freshDisk(library ?? "", join(folder, name));
  const started = async (args: readonly string[], under: Disk): Promise<Victim> => {
    const bot = await startVictim(victim, args, under);
    if (!bot) throw new Error("it does not start");
    return bot;
  };

  test(`${POWER_CUTS} power cuts lose nothing that was answered`, LONG, async () => {
    const report = await crashLoop({
      victim,
      folder: join(folder, "power"),
      kills: POWER_CUTS,
      seed: 4,
      disk: disk("power"),
    });
    expect(report).toMatchObject({ ...NOTHING_LOST, settled: report.sent });
    expect(report.acked).toBeGreaterThan(0);
  });

  test("a store that does not wait for the disk loses messages, and this test sees it", LONG, async () => {
    const kills = Math.max(3, Math.ceil(POWER_CUTS / 4));
    const normal = careless(victim);
    const report = await crashLoop({
      victim: normal,
      folder: join(folder, "normal"),
      kills,
      seed: 5,
      disk: disk("normal"),
    });
    expect(report.lost).toBeGreaterThan(0);
  });

  test("the power may go in the middle of a checkpoint", LONG, async () => {
    const report = await crashLoop({
      victim,
      folder: join(folder, "checkpoint"),
      kills: ROUNDS + 1,
      seed: 6,
      disk: disk("checkpoint"),
      // The first sync of the database itself is that of the checkpoint at the end, once the file is there.
      dieAt: (life) => `.db:${life === 0 ? 1_000 : 1}`,
      terminate: true,
    });
    expect(report).toMatchObject({ ...NOTHING_LOST, settled: report.sent });
  });

  test.each(["enospc", "eio", "erofs"])(
    "where the disk answers %s, nothing is answered 200 and the process ends; a new one goes on without a loss",
    LONG,
    async (fault) => {
      const faulty = disk(fault);
      const args = [join(folder, fault, "bot.db"), "http://127.0.0.1:9"];
      const bot = await started(args, faulty);
      expect(await deliver(bot.url, bodyOf(0, 0))).toBe(200);
      writeFileSync(join(faulty.faults, fault), "");
      const answers = await Promise.all(Array.from({ length: 3 }, () => deliver(bot.url, bodyOf(0, 1))));
      // 0 where what it works on by itself met the fault before.
      expect(answers.filter((answer) => answer !== 503 && answer !== 0)).toEqual([]);
      expect(await bot.ended).toEqual([BROKEN_EXIT, null]);
      // Syncs alone that fail are not seen before something is committed.
      const again = fault === "eio" ? undefined : await startVictim(victim, args, faulty);
      expect(again).toBe(undefined);
      rmSync(join(faulty.faults, fault));

      const next = await started(args, faulty);
      const after: number[] = [];
      for (let index = 1; index < 4; index++) after.push(await deliver(next.url, bodyOf(0, index)));
      await kill(next);
      expect(after).toEqual([200, 200, 200]);
      expect(checkHistory(args[0] ?? "", new Map([[0, 4]]))).toMatchObject({ lost: 0, broken: [] });
    },
  );

  test("a slow disk delays answers and loses none", LONG, async () => {
    const slow = disk("slow");
    const path = join(folder, "slow", "bot.db");
    writeFileSync(join(slow.faults, "slow"), "");
    const bot = await startVictim(victim, [path, "http://127.0.0.1:9"], slow);
    for (let index = 0; index < 10; index++) expect(await deliver(bot?.url ?? "", bodyOf(0, index))).toBe(200);
    if (bot) await kill(bot);
    expect(checkHistory(path, new Map([[0, 10]]))).toMatchObject({ lost: 0, broken: [] });
  });
});

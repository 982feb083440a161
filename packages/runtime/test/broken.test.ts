import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { StoreBrokenError } from "../src/errors.ts";
import { sqliteStore } from "../src/sqlite.ts";
import type { Store } from "../src/store.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { rig } from "./support/rig.ts";
import { ANA, sender, text } from "./support/webhooks.ts";

/** A store that breaks when it is told to. */
function fragile(): { readonly store: Store; readonly calls: string[]; break: () => void } {
  const inner = memoryStore();
  const calls: string[] = [];
  let broken = false;
  const check = (call: string): void => {
    calls.push(call);
    if (broken) throw new StoreBrokenError("the disk is full");
  };
  const store: Store = {
    ...inner,
    ingest: async (arrivals, handler) => {
      check("ingest");
      return inner.ingest(arrivals, handler);
    },
    claim: async (request) => {
      check("claim");
      return inner.claim(request);
    },
  };
  return {
    store,
    calls,
    break: () => {
      broken = true;
    },
  };
}

test("a bot whose store breaks is over: 503, not ready, nothing more is sent, and `closed` says why", async () => {
  const disk = fragile();
  const r = rig({ store: disk.store });
  await r.bot.start();
  await r.says("hi");
  expect((await r.bot.health()).ready).toBe(true);
  const says = (): Promise<number> =>
    r.receive({ contacts: [sender({ waId: ANA })], messages: [text("m2", r.clock.now(), "hi")] });
  disk.break();
  expect(await says()).toBe(503);
  const why = await r.bot.closed;
  expect([why?.name, why?.message]).toEqual(["StoreBrokenError", "the disk is full"]);
  expect(await r.bot.health()).toEqual({ ready: false, reasons: ["the store broke; it has to be started anew"] });
  const calls = disk.calls.length;
  expect(await says()).toBe(503);
  r.clock.advance(3_600_000);
  await r.bot.stop();
  expect(disk.calls.length).toBe(calls);
  expect(r.api.texts()).toEqual(["echo hi"]);
});

test("the answer to a request that is under way is given up when the store breaks, and `stop` does not wait for it", async () => {
  const disk = fragile();
  const r = rig({ store: disk.store });
  r.api.script.push({ do: "hold" });
  await r.bot.start();
  await r.receive({ contacts: [sender({ waId: ANA })], messages: [text("m1", r.clock.now(), "hi")] });
  while (r.api.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  disk.break();
  r.api.release();
  expect((await r.bot.closed)?.name).toBe("StoreBrokenError");
  await r.bot.stop();
});

test("after `stop`, `closed` tells of no error", async () => {
  const { bot } = rig();
  await bot.start();
  await bot.stop();
  expect(await bot.closed).toBe(null);
});

test("a file that turns out to be damaged breaks the store for good, another error does not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-broken-"));
  const path = join(folder, "bot.db");
  const store = sqliteStore(path);
  const session = { boot: "b", now: 0, settleMs: 0, machine: { hash: "m", json: "{}" } };
  await store.open(session);
  // Not of the medium: a table is gone.
  const other = new DatabaseSync(path);
  other.exec("ALTER TABLE filed RENAME TO elsewhere");
  await expect(store.filed(1)).rejects.toThrow("no such table");
  other.exec("ALTER TABLE elsewhere RENAME TO filed");
  expect(await store.filed(1)).toEqual([]);
  // Of the medium: the end of the file is gone, and what was read of it before is not of use any more.
  other.exec("CREATE TABLE more (x); PRAGMA wal_checkpoint(TRUNCATE)");
  other.close();
  truncateSync(path, 2 * 4_096);
  await expect(store.stats()).rejects.toThrow(StoreBrokenError);
  await expect(store.find({ phoneNumberId: "1", waId: ANA })).rejects.toThrow(StoreBrokenError);
  await store.close();
  rmSync(folder, { recursive: true });
});

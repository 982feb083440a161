import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { StoreFormatError, StoreInUseError } from "../src/errors.ts";
import { sqliteStore } from "../src/sqlite.ts";
import { memoryStore } from "../src/stores/memory.ts";
import { SCHEMA_VERSION } from "../src/stores/sqlite/schema.ts";
import { storeSuite } from "../src/testing.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parley-store-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

storeSuite({
  name: "memory",
  create: async () => {
    const store = memoryStore();
    return { store, restart: async () => store, dispose: () => store.close() };
  },
  test,
  expect,
});

storeSuite({
  name: "sqlite",
  create: async () => {
    const path = join(folder, "bot.db");
    let store = sqliteStore(path);
    return {
      store,
      restart: async () => {
        await store.close();
        store = sqliteStore(path);
        return store;
      },
      dispose: () => store.close(),
    };
  },
  test,
  expect,
});

test("a file that a store has open is refused, and is free when it is closed", async () => {
  const path = join(folder, "bot.db");
  const store = sqliteStore(path);
  await store.open({ boot: "b", now: 0, settleMs: 0, machine: { hash: "m", json: "{}" } });
  expect(() => sqliteStore(path)).toThrow(StoreInUseError);
  expect(() => sqliteStore(path)).toThrow(`process ${process.pid}`);
  await store.close();
  await sqliteStore(path).close();
});

test("the files of other programs and of newer versions are refused and left as they are", async () => {
  const other = join(folder, "other.db");
  const db = new DatabaseSync(other);
  db.exec("CREATE TABLE theirs (x)");
  db.close();
  expect(() => sqliteStore(other)).toThrow(StoreFormatError);
  const newer = join(folder, "newer.db");
  await sqliteStore(newer).close();
  const raised = new DatabaseSync(newer);
  raised.exec("INSERT INTO schema_version VALUES (99, 0)");
  raised.close();
  expect(() => sqliteStore(newer)).toThrow("newer version (schema 99");
});

test("the file is written through to the disk and checks its references", async () => {
  const path = join(folder, "bot.db");
  await sqliteStore(path).close();
  const db = new DatabaseSync(path);
  expect(db.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(db.prepare("SELECT version FROM schema_version").all()).toEqual(
    Array.from({ length: SCHEMA_VERSION }, (_, index) => ({ version: index + 1 })),
  );
  const strict = db
    .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite%'")
    .all();
  expect(strict).toEqual([]);
  db.close();
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { StoreFormatError, StoreInUseError } from "../src/errors.ts";
import { type PostgresOptions, postgresArchive, postgresStore } from "../src/postgres.ts";
import { sqliteArchive, sqliteStore } from "../src/sqlite.ts";
import type { Handler, Store, Write } from "../src/store.ts";
import { createDatabase } from "../src/stores/postgres/database.ts";
import { migrate, VERSIONS } from "../src/stores/postgres/schema.ts";
import { type Archive, exportLines, importLines } from "../src/stores/transfer.ts";
import {
  acceptNext,
  action,
  claimAt,
  conversation,
  from,
  heldEvent,
  ingest,
  NO_GRACE,
  NOW,
  send,
  snapshot,
  timer,
} from "../src/testing/suite.ts";
import { storeSuite } from "../src/testing.ts";
import { connectTo, findPostgres, type Postgres } from "./support/postgres.ts";

const start = await findPostgres();
if (typeof start === "string") process.stderr.write(`PostgreSQL is not tested here: ${start}\n`);

describe.skipIf(typeof start === "string")("PostgreSQL", () => {
  let server: Postgres;
  let admin: pg.Pool;
  let schemas = 0;
  beforeAll(async () => {
    if (typeof start === "string") throw new Error(start);
    server = await start();
    admin = connectTo(server.url);
  }, 120_000);
  afterAll(async () => {
    await admin?.end();
    await server?.stop();
  });

  function newSchema(): string {
    schemas += 1;
    return `s${process.pid}_${schemas}`;
  }

  function at(schema: string, options: PostgresOptions = {}): Store {
    return postgresStore(server.url, { schema, ...options });
  }

  /** As if the process had been silent for an hour. */
  async function silence(schema: string): Promise<void> {
    await admin.query(`UPDATE "${schema}".instance SET seen_at = seen_at - interval '1 hour'`);
  }

  const session = { boot: "a", now: 0, settleMs: 90_000, machine: { hash: "m1", json: "{}" } } as const;

  storeSuite({
    name: "postgres",
    create: async () => {
      const schema = newSchema();
      const stores = [at(schema)];
      return {
        store: stores[0] ?? at(schema),
        restart: async () => {
          await silence(schema);
          const store = at(schema);
          stores.push(store);
          return store;
        },
        dispose: async () => {
          await Promise.all(stores.map((store) => store.close()));
          await admin.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
        },
      };
    },
    test,
    expect,
  });

  test("processes that open a new schema at the same time make its tables once", async () => {
    const schema = newSchema();
    const stores = Array.from({ length: 4 }, () => at(schema));
    const opened = await Promise.all(stores.map((store, index) => store.open({ ...session, boot: `b${index}` })));
    expect(new Set(opened.map(({ storeId }) => storeId)).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("a schema of another program and of a newer version are refused", async () => {
    const other = newSchema();
    await admin.query(`CREATE SCHEMA "${other}"; CREATE TABLE "${other}".theirs (x int)`);
    const store = at(other);
    await expect(store.open(session)).rejects.toThrow(StoreFormatError);
    await store.close();
    const newer = newSchema();
    await (await opened(newer)).close();
    await admin.query(`INSERT INTO "${newer}".schema_version VALUES (99)`);
    const late = at(newer);
    await expect(late.open(session)).rejects.toThrow("newer version (schema 99");
    await late.close();
  });

  async function opened(schema: string, more: Partial<Parameters<Store["open"]>[0]> = {}): Promise<Store> {
    const store = at(schema);
    await store.open({ ...session, ...more });
    return store;
  }

  test("a schema of version 1 is brought up, with what it holds, or left as it was", async () => {
    const schema = newSchema();
    await (await opened(schema)).close();
    const options = { url: server.url, schema, connections: 1, prepare: true, statementTimeoutMs: 5_000 };
    const db = createDatabase(options);
    const broken = [...VERSIONS, ["ALTER TABLE parley.contact ADD COLUMN later text", "SELECT nonsense"]];
    await expect(migrate(db, broken)).rejects.toThrow("nonsense");
    expect(await db.all("SELECT max(version) AS v FROM parley.schema_version")).toEqual([{ v: VERSIONS.length }]);
    const id = await migrate(db, [...VERSIONS, ["ALTER TABLE parley.contact ADD COLUMN later text"]]);
    expect(await db.all("SELECT later FROM parley.contact")).toEqual([]);
    expect(await db.all("SELECT value FROM parley.meta")).toEqual([{ value: id }]);
    await db.close();
  });

  const ANA = { phoneNumberId: "1", waId: "16505551234", name: "Ana" };

  test("what one process was handed or shown no other one is while it lives, and all of it when it died", async () => {
    const schema = newSchema();
    const [a, b] = [at(schema, { leaseMs: 1_000 }), at(schema, { leaseMs: 1_000 })];
    await a.open({ ...session, now: NOW });
    await b.open({ ...session, boot: "b", now: NOW });
    await ingest(a, from(ANA), [send(), timer("t", NOW), action("a1"), action("a2", true)]);
    const first = await claimAt(a, NOW, { boot: "a" });
    expect([first.sends.length, first.timers.length, first.actions.length]).toEqual([1, 1, 2]);
    const nothing = { sends: [], closed: [], doubtful: [], actions: [], timers: [] };
    expect(await claimAt(b, NOW, { boot: "b" })).toEqual(nothing);
    expect(await b.nextDue({ sends: true, overdue: NO_GRACE })).toBe(undefined);
    await a.close();
    await sleep(400);
    const later = await claimAt(b, NOW, { boot: "b" });
    expect([later.sends.length, later.timers.length]).toEqual([0, 1]);
    expect(later.actions.map(({ id, state }) => [id, state])).toEqual([
      ["a1", "running"],
      ["a2", "lost"],
    ]);
    const { doubtful } = await claimAt(b, NOW + 90_000, { boot: "b" });
    expect(doubtful.map(({ id, attempt }) => [id, attempt])).toEqual([[first.sends[0]?.id, 1]]);
    await b.close();
  });

  test("processes that write to one contact at the same time do it one after the other", async () => {
    const schema = newSchema();
    const stores = await Promise.all(Array.from({ length: 4 }, (_, index) => opened(schema, { boot: `b${index}` })));
    const count: Handler<number> = {
      run: (_index, { snapshot: before }) => {
        const turn = (before?.turn ?? 0) + 1;
        return { writes: [{ kind: "snapshot", snapshot: snapshot(turn) }, send({ turn })], result: turn };
      },
      poison: (_index, _loaded, error) => {
        throw error;
      },
    };
    const key = (n: number): string => n.toString(16).padStart(32, "0");
    const outcomes = await Promise.all(
      stores.flatMap((store, index) =>
        Array.from({ length: 15 }, (_, n) =>
          store.ingest(
            [from(ANA), from(ANA, "ana", { dedupe: key(n) }), from({ ...ANA, waId: `1${index}${n}` }, `o${index}${n}`)],
            count,
          ),
        ),
      ),
    );
    const turns = outcomes.flatMap((batch) =>
      batch.slice(0, 2).flatMap((one) => (one.kind === "done" ? [one.result] : [])),
    );
    expect(turns.toSorted((x, y) => x - y)).toEqual(Array.from({ length: 75 }, (_, index) => index + 1));
    const { contacts, dedupe, sends } = await opened(schema, { boot: "last" }).then(async (last) => ({
      ...(await last.stats()),
      done: await last.close(),
    }));
    expect({ contacts, dedupe, sends }).toEqual({ contacts: 61, dedupe: 15, sends: { ready: 135 } });
    const order = await admin.query(`SELECT turn FROM "${schema}".send WHERE contact = 'ana' ORDER BY seq`);
    expect(order.rows.map(({ turn }) => turn)).toEqual(Array.from({ length: 75 }, (_, index) => index + 1));
    await Promise.all(stores.map((store) => store.close()));
  });

  test("values that the database refuses undo their arrival alone; names may hold anything", async () => {
    const store = await opened(newSchema());
    const name = "A\0na \ud83d";
    const writes: readonly (readonly Write[])[] = [
      [{ kind: "hold", event: heldEvent("a") }],
      [{ kind: "hold", event: heldEvent("b") }, send({ turn: 2 ** 40 })],
      [{ kind: "hold", event: heldEvent("c\0") }],
    ];
    const file = { id: "f1", kind: "poison", reason: "no\0", at: NOW, event: null } as const;
    const outcomes = await store.ingest([from({ ...ANA, name }), from(ANA), from({ ...ANA, userId: "u\0" })], {
      run: (index) => ({ writes: writes[index] ?? [], result: null }),
      poison: () => ({ writes: [{ kind: "file", file }], result: null }),
    });
    expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "poison", "done"]);
    const loaded = await ingest(store, from({ phoneNumberId: "1", userId: "u\0" }));
    expect(loaded?.held.map(({ id }) => id)).toEqual(["a", "c\0"]);
    expect((await store.find({ phoneNumberId: "1", userId: "u\0" }))?.contact.name).toBe("Ana");
    expect((await store.stats()).filed).toBe(1);
    await store.close();
  });

  test("a process learns of the machines that newer ones leave conversations on", async () => {
    const schema = newSchema();
    const learned: object[] = [];
    const old = await opened(schema, { learn: (machines) => learned.push(machines) });
    const newer = await opened(schema, { boot: "b", machine: { hash: "m2", json: '"two"' } });
    await ingest(newer, from(ANA), [
      { kind: "snapshot", snapshot: snapshot(1, { machine: "m2", conversation: conversation("abc123", 1) }) },
    ]);
    expect((await ingest(old, from(ANA)))?.snapshot?.machine).toBe("m2");
    await ingest(old, from(ANA));
    expect(learned).toEqual([{ m2: '"two"' }]);
    await Promise.all([old.close(), newer.close()]);
  });

  test("connections that the server cuts are made anew, and nothing is lost or done twice", async () => {
    const schema = newSchema();
    const store = await opened(schema);
    const cut = async (): Promise<void> => {
      for (let times = 0; times < 10; times++) {
        await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parley'");
        await sleep(50);
      }
    };
    const work = async (): Promise<void> => {
      for (let turn = 1; turn <= 60; turn++) {
        const dedupe = turn.toString(16).padStart(32, "0");
        // Like WhatsApp: until it is taken.
        while (
          await ingest(store, from(ANA, "ana", { dedupe }), [send({ turn })]).then(
            () => false,
            () => true,
          )
        );
      }
    };
    await Promise.all([cut(), work()]);
    expect((await store.stats()).sends).toEqual({ ready: 60 });
    await store.close();
  });

  test("a store is carried to SQLite and back as it is, and a file that was cut off is refused", async () => {
    const schema = newSchema();
    const store = await opened(schema);
    await ingest(store, from({ ...ANA, userId: "u1" }, "ana", { dedupe: "000102030405060708090a0b0c0d0eff" }), [
      { kind: "snapshot", snapshot: snapshot(3, { conversation: conversation("abc123", 3), lastUserAt: NOW }) },
      ...[1, 2, 3].map((index) => send({ index, lifeMs: 5, silent: true, trace: "00-a" })),
      timer("t", NOW),
      timer("s", null, { kind: "schedule", args: ["é", 1] }),
      action("a1", true),
      { kind: "copy", copy: { ask: "f.s", turn: 3, conversation: conversation("abc123", 3) } },
      { kind: "hold", event: heldEvent("h") },
      { kind: "file", file: { id: "f1", kind: "poison", reason: "Error", at: NOW, event: heldEvent("f") } },
      { kind: "apology", at: NOW },
    ]);
    const sent = await acceptNext(store, "wamid.A");
    await expect(postgresArchive(server.url, { schema })).rejects.toThrow(StoreInUseError);
    await store.close();
    const lines = await exported(await postgresArchive(server.url, { schema }));
    expect(lines.length).toBe(16);

    const folder = mkdtempSync(join(tmpdir(), "parley-carry-"));
    const file = join(folder, "bot.db");
    const cut = sqliteArchive(file, true);
    await expect(importLines(cut, given(lines.slice(0, -1)))).rejects.toThrow("cut off");
    await expect(importLines(cut, given(lines.toSpliced(4, 1)))).rejects.toThrow("does not hold all rows");
    await importLines(cut, given(lines));
    await expect(importLines(cut, given(lines))).rejects.toThrow("not empty");
    await cut.close();
    expect(await exported(sqliteArchive(file))).toEqual(lines);

    const back = newSchema();
    const target = await postgresArchive(server.url, { schema: back });
    await importLines(target, given(await exported(sqliteArchive(file))));
    await target.close();
    expect(await exported(await postgresArchive(server.url, { schema: back }))).toEqual(lines);
    for (const again of [sqliteStore(file), await opened(back)]) {
      await again.open({ ...session, now: NOW });
      const loaded = await ingest(again, { now: NOW, find: { by: "send", wamid: "wamid.A" } });
      expect([loaded?.send?.id, loaded?.held.length, loaded?.snapshot?.turn]).toEqual([sent, 1, 3]);
      const next = (await claimAt(again)).sends.map(({ index }) => index);
      expect(next).toEqual([2]);
      await ingest(again, from(ANA), [send({ index: 9 })]);
      expect((await again.stats()).sends).toEqual({ accepted: 1, inflight: 1, ready: 2 });
      await again.close();
    }
    rmSync(folder, { recursive: true });
  });
});

async function exported(archive: Archive): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportLines(archive)) lines.push(line);
  await archive.close();
  return lines;
}

async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

/** A PostgreSQL that ends connections, and that is stopped and started in the middle of the work. */
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createBotWith } from "../src/bot.ts";
import { serveAdmin } from "../src/node.ts";
import { postgresStore } from "../src/postgres.ts";
import type { Store } from "../src/store.ts";
import { createDatabase, type Database } from "../src/stores/postgres/database.ts";
import { action, claimAt, from, ingest, NOW, send } from "../src/testing/suite.ts";
import { type BrokenLine, brokenLine } from "./support/broken-line.ts";
import { fakeApi } from "./support/fake-api.ts";
import { fake, logOf, machine } from "./support/fake-step.ts";
import { connectTo, findPostgres, type Postgres } from "./support/postgres.ts";
import { change, NUMBER, post, SECRET, sender, text, webhook } from "./support/webhooks.ts";

const start = await findPostgres();
if (typeof start === "string") process.stderr.write(`PostgreSQL is not tested here: ${start}\n`);

const CONTACTS = 6;
const MESSAGES = 40;
/** As it stands on the line; BEGIN has the word in it as well. */
const COMMIT = "COMMIT\0";
const ANA = { phoneNumberId: "1", waId: "16505551234" };

/** Errors that nobody caught, from the beginning of a test. */
const unheard: unknown[] = [];
const hear = (error: unknown): void => {
  unheard.push(error);
};

describe.skipIf(typeof start === "string")("a PostgreSQL that goes away", () => {
  let server: Postgres;
  let schemas = 0;
  beforeAll(async () => {
    if (typeof start === "string") throw new Error(start);
    server = await start();
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
  });
  beforeEach(() => {
    unheard.length = 0;
    process.on("uncaughtExceptionMonitor", hear);
  });
  afterEach(() => {
    process.off("uncaughtExceptionMonitor", hear);
  });

  function database(): Database {
    const options = { schema: "public", connections: 2, prepare: true, statementTimeoutMs: 5_000 };
    return createDatabase({ url: server.url, ...options });
  }

  /** One idle connection, one in a transaction, one about to be made, one that closes. */
  async function busyPools(): Promise<(() => Promise<void>)[]> {
    const open = Array.from({ length: 4 }, database);
    await Promise.all(open.map((db) => db.all("SELECT 1")));
    const [inTransaction, closing] = open;
    const work = inTransaction?.transaction((query) => query.all("SELECT pg_sleep(0.2)")).catch(() => []);
    const connecting = database();
    const connected = connecting.all("SELECT 1").catch(() => []);
    const admin = connectTo(server.url);
    await admin.query("SELECT 1");
    const closed = [closing?.close(), admin.end()];
    return [
      async () => {
        await Promise.all([work, connected, ...closed]);
        await Promise.all([...open.filter((db) => db !== closing), connecting].map((db) => db.close()));
      },
    ];
  }

  const ALL_OTHERS =
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL";

  test("that ends all connections, idle, at work, beginning and closing, throws at nobody", async () => {
    const killer: pg.Pool = connectTo(server.url, 1);
    for (let round = 0; round < 5; round++) {
      const ends = await busyPools();
      await killer.query(ALL_OTHERS);
      await sleep(20);
      await Promise.all(ends.map((end) => end()));
    }
    await killer.end();
    await sleep(50);
    expect(unheard).toEqual([]);
  });

  test("that is stopped while connections are open and closing throws at nobody", async (context) => {
    const { pause, resume } = server;
    if (!pause || !resume) return context.skip("the server is not ours to stop");
    const ends = await busyPools();
    await pause();
    await Promise.all(ends.map((end) => end()));
    await resume();
    const again = database();
    expect(await again.all("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await again.close();
    expect(unheard).toEqual([]);
  });

  async function overLine(): Promise<{ line: BrokenLine; store: Store }> {
    const line = await brokenLine(Number(new URL(server.url).port));
    const url = new URL(server.url);
    url.port = String(line.port);
    schemas += 1;
    const store = postgresStore(url.href, { schema: `line${schemas}`, connections: 1 });
    await store.open({ boot: "a", now: NOW, settleMs: 90_000, machine: { hash: "m1", json: "{}" } });
    return { line, store };
  }

  test("that claimed and could not say so hands the same out again", async () => {
    const { line, store } = await overLine();
    await ingest(store, from(ANA), [send(), action("a1"), action("a2", true)]);
    // At the actions; at putting them back; at the sends, when the actions were put back and claimed anew.
    for (const commits of [1, 1, 3]) {
      line.cutAfter(COMMIT, commits);
      await expect(claimAt(store, NOW, { boot: "a" })).rejects.toThrow();
    }
    const claimed = await claimAt(store, NOW, { boot: "a" });
    expect(claimed.sends.map(({ attempt }) => attempt)).toEqual([1]);
    expect(claimed.actions.map(({ id, state }) => [id, state])).toEqual([
      ["a1", "running"],
      ["a2", "running"],
    ]);
    expect((await claimAt(store, NOW, { boot: "a" })).sends).toEqual([]);
    await store.close();
    line.close();
  });

  test("that committed a message and could not say so knows it when it comes again", async () => {
    const { line, store } = await overLine();
    const dedupe = "000102030405060708090a0b0c0d0e0f";
    line.cutAfter(COMMIT, 1);
    await expect(ingest(store, from(ANA, "ana", { dedupe }), [send()])).rejects.toThrow();
    await ingest(store, from(ANA, "ana", { dedupe }), [send()]);
    expect((await store.stats()).sends).toEqual({ ready: 1 });
    await store.close();
    line.close();
  });

  test("that is stopped and started in mid-traffic loses nothing and doubles nothing; readiness says so", async (context) => {
    const { pause, resume } = server;
    if (!pause || !resume) return context.skip("the server is not ours to stop");
    const store = postgresStore(server.url, { schema: "traffic", pollMs: 50 });
    const api = fakeApi();
    const bot = createBotWith(
      {
        machine,
        actions: { pay: () => "paid", charge: () => "charged" },
        store,
        fetch: api.fetch,
        phoneNumberId: NUMBER,
        token: "token",
        appSecrets: [SECRET],
        verifyToken: "verify",
        sending: { perSecond: 1_000 },
      },
      fake,
    );
    await bot.start();
    const admin = await serveAdmin(bot, { port: 0 });
    const readyz = async (): Promise<number> => (await fetch(`${admin.url}/readyz`)).status;
    expect(await readyz()).toBe(200);
    const answers = new Map<number, number>();
    let taken = 0;
    let isDown = false;
    const until = async (done: () => boolean | Promise<boolean>): Promise<void> => {
      for (const end = Date.now() + 30_000; !(await done()); await sleep(20))
        if (Date.now() > end) throw new Error("it never came to that");
    };
    const talk = async (contact: number): Promise<void> => {
      const waId = `1650555${1000 + contact}`;
      for (let index = 0; index < MESSAGES; ) {
        // However fast the traffic is, some of it meets the outage.
        if (index > MESSAGES / 2) await until(() => isDown);
        const said = text(`c${contact}m${index}`, Date.now(), index % 5 === 4 ? "act" : `${index}`, { waId });
        const { status } = await bot.fetch(post(webhook(change({ contacts: [sender({ waId })], messages: [said] }))));
        answers.set(status, (answers.get(status) ?? 0) + 1);
        await sleep(status === 200 ? 5 : 50);
        if (status !== 200) continue;
        index += 1;
        taken += 1;
      }
    };
    const outage = async (): Promise<void> => {
      await until(() => taken > (CONTACTS * MESSAGES) / 3);
      await pause();
      await until(async () => (await readyz()) === 503);
      isDown = true;
      await until(() => answers.has(503));
      await resume();
      await until(async () => (await readyz()) === 200);
    };
    await Promise.all([outage(), ...Array.from({ length: CONTACTS }, (_, contact) => talk(contact))]);
    await until(async () => {
      const { sends, actions, held } = await store.stats();
      return actions === 0 && held === 0 && sends.accepted === CONTACTS * MESSAGES;
    });
    for (let contact = 0; contact < CONTACTS; contact++) {
      const found = await store.find({ phoneNumberId: NUMBER, waId: `1650555${1000 + contact}` });
      const log = logOf(found?.snapshot ?? null).filter((id) => id.startsWith("c"));
      expect(log).toEqual(Array.from({ length: MESSAGES }, (_, index) => `c${contact}m${index}`));
    }
    const sends = api.accepted.map(({ request }) => JSON.stringify([request.to, request.biz_opaque_callback_data]));
    expect(new Set(sends).size).toBe(sends.length);
    expect(sends.length).toBe(CONTACTS * MESSAGES);
    expect(answers.get(503)).toBeGreaterThan(0);
    await admin.stop();
    await bot.stop();
    await store.close();
    expect(unheard).toEqual([]);
  }, 60_000);
});

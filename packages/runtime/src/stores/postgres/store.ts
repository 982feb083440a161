import { StoreError } from "../../errors.ts";
import type { Opened, Session, Store, StoreStats } from "../../store.ts";
import { aliasesOf, findContact } from "../people.ts";
import { contactOf, filedOf, integer, sessionsOf, text, textOrNull } from "../rows.ts";
import { RECENT_TURN_MS } from "../rules.ts";
import { type Claiming, claim, createClaiming, nextDue } from "./claim.ts";
import { createDatabase, type Database, type Query } from "./database.ts";
import { ingest } from "./ingest.ts";
import { beat, begin, countLiving, leave, takeOver } from "./instances.ts";
import { createLearned, type Learned } from "./machines.ts";
import { databaseOptions, leaseOf, type PostgresOptions } from "./options.ts";
import { plain } from "./plain.ts";
import { LOCK, migrate } from "./schema.ts";

const DEDUPE_CHUNK = 5_000;
const BEATS_IN_A_LEASE = 6;

interface Context {
  readonly db: Database;
  readonly learned: Learned;
  readonly claiming: Claiming;
  readonly leaseMs: number;
  readonly pollMs: number;
  storeId: string;
  session: Session | undefined;
  beating: NodeJS.Timeout | undefined;
  /** That were alive at the last beat. */
  processes: number;
  /** When the others were looked at last, ms of the monotonic clock. */
  lookedAt: number;
}

async function open(context: Context, session: Session): Promise<Opened> {
  const { db, leaseMs, learned, pollMs } = context;
  context.storeId = await migrate(db);
  const opened = await db.transaction(async (query) => {
    await query.run(
      "INSERT INTO parley.machine VALUES ($1, $2) ON CONFLICT DO NOTHING",
      session.machine.hash,
      session.machine.json,
    );
    const recovered = await begin(query, session, leaseMs);
    const machines = await query.all("SELECT * FROM parley.machine");
    const recent = await recentSends(query, session);
    context.processes = await countLiving(query, leaseMs);
    return { ...recovered, recent, machines: machines.map((row) => [text(row, "hash"), text(row, "json")] as const) };
  });
  const machines = Object.fromEntries(opened.machines);
  learned.know(Object.keys(machines));
  if (session.learn) learned.tell(session.learn);
  context.session = session;
  clearInterval(context.beating);
  context.beating = setInterval(() => {
    // Without the database nothing can be told; the claims pass to others when the lease is over.
    beatAndCount(context, session).catch(() => {});
  }, leaseMs / BEATS_IN_A_LEASE);
  context.beating.unref();
  return { ...opened, storeId: context.storeId, machines, pollMs, processes: () => context.processes };
}

async function beatAndCount(context: Context, session: Session): Promise<void> {
  await beat(context.db, session);
  context.processes = await countLiving(context.db, context.leaseMs);
}

const RECENT = `
SELECT contact, claimed FROM (
  SELECT contact, seq, CASE WHEN state IN ('ready', 'doubt') THEN $1::bigint ELSE least(due, $1) END AS claimed
  FROM parley.send WHERE at >= $2 AND attempt > 0 AND of <> 'read') s
WHERE claimed >= $3 ORDER BY claimed, seq`;

async function recentSends(query: Query, { now, recentSince }: Session): Promise<NonNullable<Opened["recent"]>> {
  if (recentSince === undefined) return [];
  const rows = await query.all(RECENT, now, recentSince - RECENT_TURN_MS, recentSince);
  return rows.map((row) => ({ contact: text(row, "contact"), at: integer(row, "claimed") }));
}

/** Now and then, before work is handed out: what the dead left is part of it. */
async function lookAtOthers(context: Context, now: number): Promise<void> {
  const { db, leaseMs, session } = context;
  if (!session || performance.now() - context.lookedAt < leaseMs / BEATS_IN_A_LEASE) return;
  context.lookedAt = performance.now();
  await db.transaction((query) => takeOver(query, leaseMs, now + session.settleMs));
}

const FIND = `
SELECT a.alias, c.* FROM parley.alias a JOIN parley.contact c ON c.id = a.contact WHERE a.alias = ANY ($1::text[])`;

async function find({ db }: Context, address: Parameters<Store["find"]>[0]): ReturnType<Store["find"]> {
  const rows = await db.all(FIND, aliasesOf(address).map(plain));
  const nothing = (): void => {};
  const id = findContact(
    {
      byAlias: (alias) => rows.find((row) => row["alias"] === plain(alias))?.["id"] as string | undefined,
      row: (contact) => rows.filter((row) => row["id"] === contact).map((row) => contactOf(row))[0],
      create: nothing,
      update: nothing,
      link: nothing,
      merge: nothing,
    },
    address,
  );
  const row = rows.find((other) => other["id"] === id);
  if (!row) return null;
  const json = textOrNull(row, "snapshot");
  return { contact: contactOf(row), snapshot: json === null ? null : JSON.parse(json) };
}

/** True where there are more dedupe keys to forget than one transaction should. */
async function sweepOnce(query: Query, before: Parameters<Store["sweep"]>[0], newest: string): Promise<boolean> {
  // Others sweep as well as we do.
  const [lock] = await query.all(`SELECT pg_try_advisory_xact_lock(${LOCK.sweep}, 0) AS mine`);
  if (lock?.["mine"] !== true) return false;
  const forgotten = await query.run(
    "DELETE FROM parley.dedupe WHERE key IN (SELECT key FROM parley.dedupe WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)",
    before.dedupe,
    DEDUPE_CHUNK,
  );
  const sends = await query.run(
    `DELETE FROM parley.send WHERE seq IN (SELECT seq FROM parley.send
      WHERE at < $1 AND state NOT IN ('ready', 'inflight', 'doubt') ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    before.sends,
    DEDUPE_CHUNK,
  );
  await query.run("DELETE FROM parley.filed WHERE at < $1 AND kind <> 'poison'", before.sends);
  await query.run(
    `DELETE FROM parley.machine m WHERE hash <> $1
      AND NOT EXISTS (SELECT 1 FROM parley.contact WHERE machine = m.hash)
      AND NOT EXISTS (SELECT 1 FROM parley.instance WHERE machine = m.hash)`,
    newest,
  );
  return forgotten === DEDUPE_CHUNK || sends === DEDUPE_CHUNK;
}

const STATS = `
SELECT (SELECT count(*) FROM parley.contact) AS contacts, (SELECT count(*) FROM parley.dedupe) AS dedupe,
  (SELECT count(*) FROM parley.timer) AS timers, (SELECT count(*) FROM parley.action) AS actions,
  (SELECT count(*) FROM parley.held) AS held, (SELECT count(*) FROM parley.filed) AS filed,
  (SELECT coalesce(json_object_agg(state, n), '{}') FROM (SELECT state, count(*) AS n FROM parley.send GROUP BY state) s) AS sends`;

const SESSIONS = `
SELECT machine, snapshot::json #>> '{conversation,frames,-1,flow}' AS flow, count(*) AS n
FROM parley.contact WHERE machine IS NOT NULL GROUP BY 1, 2`;

async function close(context: Context): Promise<void> {
  clearInterval(context.beating);
  const { session, db } = context;
  context.session = undefined;
  if (session) await leave(db, session.boot).catch(() => {});
  await db.close();
}

/**
 * A store in a PostgreSQL database (13 or newer), for any number of processes at once. Needs the package `pg`. `url` is
 * `postgres://user:password@host:port/database`; what it does not name comes from the environment (PGHOST, PGPASSWORD, …).
 * Nothing is connected to before `open`.
 *
 * `open` rejects with `StoreFormatError`, and with the driver's error where the database is not to be reached.
 */
export function postgresStore(url: string, options: PostgresOptions = {}): Store {
  const context: Context = {
    db: createDatabase(databaseOptions(url, options)),
    learned: createLearned(),
    claiming: createClaiming(),
    leaseMs: leaseOf(options),
    pollMs: options.pollMs ?? 1_000,
    storeId: "",
    session: undefined,
    beating: undefined,
    processes: 1,
    lookedAt: 0,
  };
  const { db } = context;
  const opened = (): void => {
    if (context.storeId === "") throw new StoreError("the store is not open");
  };
  return {
    open: (session) => open(context, session),
    ingest: async (arrivals, handler) => {
      opened();
      return ingest(db, context.storeId, context.learned, arrivals, handler);
    },
    claim: async (request) => {
      await lookAtOthers(context, request.now);
      return claim(db, context.storeId, context.claiming, request);
    },
    nextDue: (planned) => nextDue(db, context.session?.boot ?? "", planned),
    find: (address) => find(context, address),
    conversations: async ({ not, after, limit }) => {
      const rows = await db.all(
        'SELECT id, snapshot FROM parley.contact WHERE machine <> $1 AND id COLLATE "C" > $2 ORDER BY id COLLATE "C" LIMIT $3',
        not,
        after,
        limit,
      );
      return rows.map((row) => ({ contact: text(row, "id"), snapshot: JSON.parse(text(row, "snapshot")) }));
    },
    filed: async (limit) => (await db.all("SELECT * FROM parley.filed ORDER BY at, id LIMIT $1", limit)).map(filedOf),
    sweep: async (before) => {
      const newest = context.session?.machine.hash ?? "";
      while (await db.transaction((query) => sweepOnce(query, before, newest)));
    },
    sessions: async () => (await db.all(SESSIONS)).map(sessionsOf),
    stats: async () => (await db.all(STATS))[0] as unknown as StoreStats,
    close: () => close(context),
  };
}

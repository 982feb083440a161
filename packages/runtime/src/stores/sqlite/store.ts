import { nextTask } from "../../clock.ts";
import type { Opened, Session, Store, StoreStats } from "../../store.ts";
import { findContact } from "../people.ts";
import { contactOf, filedOf, integer, sessionsOf, snapshotOf, text } from "../rows.ts";
import { RECENT_TURN_MS } from "../rules.ts";
import { claim, nextDue } from "./claim.ts";
import { type Connection, connect, takeLease } from "./connection.ts";
import { ingest } from "./ingest.ts";
import { sqlitePeople } from "./people.ts";

const DEDUPE_CHUNK = 5_000;

/** Made with the file: six characters that other installations do not have. */
function storeIdOf(db: Connection): string {
  const known = db.get("SELECT value FROM meta WHERE key = 'store_id'");
  if (known) return text(known, "value");
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 6);
  db.run("INSERT INTO meta VALUES ('store_id', ?)", id);
  return id;
}

function open(db: Connection, storeId: string, session: Session): Opened {
  takeLease(db, session.boot, session.now);
  db.run("INSERT OR IGNORE INTO machine VALUES (?, ?)", session.machine.hash, session.machine.json);
  const until = session.now + session.settleMs;
  const doubtful = db.run(
    "UPDATE send SET due = CASE state WHEN 'doubt' THEN max(due, ?1) ELSE ?1 END, state = 'doubt' WHERE state IN ('inflight', 'doubt')",
    until,
  );
  const actions = db.run(
    "UPDATE action SET state = CASE once WHEN 1 THEN 'lost' ELSE 'ready' END WHERE state = 'running'",
  );
  const machines = db.all("SELECT * FROM machine").map((row) => [text(row, "hash"), text(row, "json")] as const);
  return { storeId, machines: Object.fromEntries(machines), doubtful, actions, recent: recentSends(db, session) };
}

const RECENT = `
SELECT contact, CASE WHEN state IN ('ready', 'doubt') THEN ?1 ELSE min(due, ?1) END AS claimed FROM send
WHERE at >= ?2 AND attempt > 0 AND of <> 'read' AND claimed >= ?3 ORDER BY claimed, seq`;

function recentSends(db: Connection, { now, recentSince }: Session): NonNullable<Opened["recent"]> {
  if (recentSince === undefined) return [];
  const rows = db.all(RECENT, now, recentSince - RECENT_TURN_MS, recentSince);
  return rows.map((row) => ({ contact: text(row, "contact"), at: integer(row, "claimed") }));
}

/** True where there are more dedupe keys to forget than one transaction should. */
function sweep(db: Connection, before: { readonly dedupe: number; readonly sends: number }, newest: string): boolean {
  const forgotten = db.run(
    "DELETE FROM dedupe WHERE key IN (SELECT key FROM dedupe WHERE at < ? ORDER BY at LIMIT ?)",
    before.dedupe,
    DEDUPE_CHUNK,
  );
  db.run("DELETE FROM filed WHERE at < ? AND kind <> 'poison'", before.sends);
  db.run("DELETE FROM send WHERE at < ? AND state NOT IN ('ready', 'inflight', 'doubt')", before.sends);
  db.run(
    "DELETE FROM machine WHERE hash <> ? AND hash NOT IN (SELECT machine FROM contact WHERE machine IS NOT NULL)",
    newest,
  );
  return forgotten === DEDUPE_CHUNK;
}

function count(db: Connection, table: "contact" | "dedupe" | "timer" | "action" | "held" | "filed"): number {
  return integer(db.get(`SELECT count(*) AS n FROM ${table}`) ?? { n: 0 }, "n");
}

const SESSIONS = `
SELECT machine, json_extract(snapshot, '$.conversation.frames[#-1].flow') AS flow, count(*) AS n
FROM contact WHERE machine IS NOT NULL GROUP BY 1, 2`;

function stats(db: Connection): StoreStats {
  const states = db.all("SELECT state, count(*) AS n FROM send GROUP BY state");
  return {
    contacts: count(db, "contact"),
    dedupe: count(db, "dedupe"),
    sends: Object.fromEntries(states.map((row) => [text(row, "state"), integer(row, "n")])),
    timers: count(db, "timer"),
    actions: count(db, "action"),
    held: count(db, "held"),
    filed: count(db, "filed"),
  };
}

/**
 * A store in one SQLite file, durable against the death of the process and of the machine (on disks that do what they
 * say). Made where it is not there; `:memory:` lives as long as the store. One process has the file at a time.
 *
 * Throws `StoreInUseError` and `StoreFormatError`.
 */
export function sqliteStore(path: string): Store {
  const db = connect(path);
  const storeId = db.transaction(() => storeIdOf(db));
  let newest = "";
  return {
    open: async (session) => {
      newest = session.machine.hash;
      return db.transaction(() => open(db, storeId, session));
    },
    ingest: async (arrivals, handler) => ingest(db, storeId, arrivals, handler),
    claim: async (request) => claim(db, storeId, request),
    nextDue: async (planned) => nextDue(db, planned),
    find: async (address) => {
      const id = findContact(sqlitePeople(db), address);
      const row = id === undefined ? undefined : db.get("SELECT * FROM contact WHERE id = ?", id);
      return row ? { contact: contactOf(row), snapshot: snapshotOf(row) } : null;
    },
    conversations: async ({ not, after, limit }) =>
      db
        .all("SELECT * FROM contact WHERE machine <> ? AND id > ? ORDER BY id LIMIT ?", not, after, limit)
        .flatMap((row) => {
          const snapshot = snapshotOf(row);
          return snapshot ? [{ contact: text(row, "id"), snapshot }] : [];
        }),
    filed: async (limit) => db.all("SELECT * FROM filed ORDER BY at, id LIMIT ?", limit).map(filedOf),
    sweep: async (before) => {
      // In pieces, so that arrivals are committed in between.
      while (db.transaction(() => sweep(db, before, newest))) await nextTask();
    },
    stats: async () => stats(db),
    sessions: async () => db.all(SESSIONS).map(sessionsOf),
    close: async () => db.close(),
  };
}

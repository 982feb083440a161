/** An open file: its settings, its lock, its statements. */

import { hostname } from "node:os";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { StoreBrokenError, StoreFormatError, StoreInUseError } from "../../errors.ts";
import type { Row } from "../rows.ts";
import { networkFileSystemOf } from "./file-system.ts";
import { migrate } from "./schema.ts";

export interface Connection {
  readonly run: (sql: string, ...values: SQLInputValue[]) => number;
  readonly get: (sql: string, ...values: SQLInputValue[]) => Row | undefined;
  readonly all: (sql: string, ...values: SQLInputValue[]) => readonly Row[];
  /** The columns of the first row, in their order: to make an object of them costs as much as to find them. */
  readonly columns: (sql: string, ...values: SQLInputValue[]) => readonly unknown[] | undefined;
  /** One durable transaction. */
  readonly transaction: <T>(change: () => T) => T;
  /** Undoes `change` alone where it throws, and does `otherwise` instead. */
  readonly savepoint: <T>(change: () => T, otherwise: (error: unknown) => T) => T;
  readonly close: () => void;
}

const IN_MEMORY = ":memory:";

/**
 * A commit that the disk did not confirm is none: FULL costs nothing when arrivals are committed in groups. The pages of the
 * contacts that write just now stay in memory (32 MiB), and go from the log to the file once for many changes (16 MiB).
 */
const SETTINGS = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5000;
PRAGMA cache_size = -16384;
PRAGMA wal_autocheckpoint = 4000;
`;

/** `SQLITE_BUSY` and `SQLITE_LOCKED`. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && (error.errcode === 5 || error.errcode === 6);
}

/** Not to be written, input or output failed, damaged, full, not to be opened, no database: primary codes of SQLite. */
const MEDIUM_FAILED: ReadonlySet<number> = new Set([8, 10, 11, 13, 14, 26]);

function mediumFailed(error: unknown): boolean {
  return (
    error instanceof Error &&
    "errcode" in error &&
    typeof error.errcode === "number" &&
    MEDIUM_FAILED.has(error.errcode & 0xff)
  );
}

/** Runs work on the file until the medium fails under it; from then on nothing any more. */
function breakable(path: string): <T>(work: () => T) => T {
  let broken: StoreBrokenError | undefined;
  return (work) => {
    if (broken) throw broken;
    try {
      return work();
    } catch (error) {
      if (!mediumFailed(error)) throw error;
      const why = error instanceof Error ? error.message : String(error);
      broken = new StoreBrokenError(`${path} failed: ${why}`, { cause: error });
      throw broken;
    }
  };
}

function holder(path: string): string {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    const row: Row | undefined = db.prepare("SELECT pid, host FROM lease").get();
    db.close();
    return row ? ` (process ${String(row["pid"])} on ${String(row["host"])})` : "";
  } catch {
    return "";
  }
}

/**
 * Holds the file for this process: an exclusive lock on a file beside it, which the operating system takes away when the
 * process dies, however it dies.
 */
function lock(path: string): DatabaseSync | undefined {
  if (path === IN_MEMORY) return undefined;
  const db = new DatabaseSync(`${path}.lock`);
  try {
    db.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return db;
  } catch (error) {
    db.close();
    if (!isBusy(error)) throw error;
    throw new StoreInUseError(`${path} is in use by another process${holder(path)}; stop it first`, { cause: error });
  }
}

function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  try {
    db.exec(SETTINGS);
    migrate(db, path, Date.now());
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function statements(db: DatabaseSync, made?: (statement: StatementSync) => void): (sql: string) => StatementSync {
  const prepared = new Map<string, StatementSync>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = db.prepare(sql);
    made?.(statement);
    prepared.set(sql, statement);
    return statement;
  };
}

/** Statements whose rows are arrays where Node can do that: since 22.16. */
function arrayStatements(db: DatabaseSync): Connection["columns"] {
  const prepared = statements(db, (statement: Partial<StatementSync>) => statement.setReturnArrays?.(true));
  return (sql, ...values) => {
    const row: unknown = prepared(sql).get(...values);
    return row === undefined || Array.isArray(row) ? row : Object.values(row as object);
  };
}

function transaction<T>(db: DatabaseSync, change: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = change();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (!mediumFailed(error) && db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

/** Locks of a network file system let two processes in, and its memory is not shared: the file would break. */
function checkFileSystem(path: string): void {
  const network = path === IN_MEMORY ? undefined : networkFileSystemOf(path);
  if (network)
    throw new StoreFormatError(`${path} is on a network file system (${network}), where SQLite cannot keep it whole`);
}

export function connect(path: string): Connection {
  checkFileSystem(path);
  const safely = breakable(path);
  const lockFile = safely(() => lock(path));
  let db: DatabaseSync;
  try {
    db = safely(() => openDatabase(path));
  } catch (error) {
    lockFile?.close();
    throw error;
  }
  const statement = statements(db);
  const columns = arrayStatements(db);
  const run = (sql: string, ...values: SQLInputValue[]): number => Number(statement(sql).run(...values).changes);
  return {
    run,
    get: (sql, ...values) => safely(() => statement(sql).get(...values)),
    all: (sql, ...values) => safely(() => statement(sql).all(...values)),
    columns: (sql, ...values) => safely(() => columns(sql, ...values)),
    transaction: (change) => safely(() => transaction(db, change)),
    savepoint: (change, otherwise) => {
      run("SAVEPOINT arrival");
      try {
        const result = change();
        run("RELEASE arrival");
        return result;
      } catch (error) {
        // No fault of the arrival; and SQLite has undone the whole transaction already.
        if (mediumFailed(error) || error instanceof StoreBrokenError) throw error;
        run("ROLLBACK TO arrival");
        run("RELEASE arrival");
        return otherwise(error);
      }
    },
    close: () => {
      db.close();
      lockFile?.close();
    },
  };
}

export function takeLease(connection: Connection, boot: string, now: number): void {
  connection.run(
    "INSERT INTO lease VALUES (1, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET boot = excluded.boot, pid = excluded.pid, host = excluded.host, taken_at = excluded.taken_at",
    boot,
    process.pid,
    hostname(),
    now,
  );
}

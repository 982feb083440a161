/** A pool of connections, statements and transactions. */

import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Row } from "../rows.ts";

export interface Query {
  /** `parley.` before a name stands for the schema. */
  readonly all: (sql: string, ...values: readonly unknown[]) => Promise<readonly Row[]>;
  /** How many rows it changed. */
  readonly run: (sql: string, ...values: readonly unknown[]) => Promise<number>;
}

export interface Database extends Query {
  readonly schema: string;
  /** One durable transaction; `change` is run again where the server asks for that. */
  readonly transaction: <T>(change: (query: Query) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly schema: string;
  readonly connections: number;
  readonly prepare: boolean;
  readonly statementTimeoutMs: number;
}

/** A process that freezes in a transaction holds up its contacts no longer than this. */
const IDLE_IN_TRANSACTION_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
const ATTEMPTS = 6;

/** Serialization failure, deadlock, lock not to be had. */
const ASKS_FOR_ANOTHER_TRY: ReadonlySet<string> = new Set(["40001", "40P01", "55P03"]);
/** Shut down by an operator or a crash, not ready yet, too many connections. */
const CONNECTION_IS_GONE = /^(?:08...|57P0[123]|53300)$/;
const SOCKET_IS_GONE = /^(?:ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT)$/;

/** The rows that a transaction needs were changed before it had locked them. */
export class ChangedMeanwhileError extends Error {
  override readonly name: string = "ChangedMeanwhileError";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** Whether the server refuses the values: too long, not of their type, not unique. */
export function isDataError(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^2[23]/.test(codeOf(error));
}

function isConnectionError(error: unknown): boolean {
  const code = codeOf(error);
  if (CONNECTION_IS_GONE.test(code) || SOCKET_IS_GONE.test(code)) return true;
  return error instanceof Error && /^Connection terminated|not queryable/.test(error.message);
}

function mayBeTriedAgain(error: unknown): boolean {
  if (error instanceof ChangedMeanwhileError || isConnectionError(error)) return true;
  return ASKS_FOR_ANOTHER_TRY.has(codeOf(error));
}

function createQuery(
  client: pg.Pool | pg.PoolClient,
  statement: (sql: string) => { text: string; name?: string },
): Query {
  const send = (sql: string, values: readonly unknown[]): Promise<pg.QueryResult<Row>> =>
    client.query<Record<string, unknown>>({ ...statement(sql), values: [...values] });
  return {
    all: async (sql, ...values) => (await send(sql, values)).rows,
    run: async (sql, ...values) => (await send(sql, values)).rowCount ?? 0,
  };
}

function statements({ schema, prepare }: DatabaseOptions): (sql: string) => { text: string; name?: string } {
  const known = new Map<string, { text: string; name?: string }>();
  const quoted = `"${schema.replaceAll('"', '""')}".`;
  return (sql) => {
    const found = known.get(sql);
    if (found) return found;
    const text = sql.replaceAll("parley.", quoted);
    const name = createHash("sha256").update(text).digest("hex").slice(0, 20);
    const made = prepare ? { text, name } : { text };
    known.set(sql, made);
    return made;
  };
}

/** 64-bit columns hold times and counts, which are exact in a double. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === pg.types.builtins.INT8 && format !== "binary") return Number;
    return pg.types.getTypeParser(oid, format);
  },
};

export function createDatabase(options: DatabaseOptions): Database {
  const { url, schema, connections, statementTimeoutMs } = options;
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    application_name: "parley",
    types,
  });
  // A connection that the server closed while nobody waits for it: the pool has forgotten it, the next use makes another.
  const ignore = (): void => {};
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  const statement = statements(options);
  // In one message: nothing is set that would outlive the transaction, so that a pooler may stand between.
  const begin = [
    "BEGIN ISOLATION LEVEL READ COMMITTED",
    `SET LOCAL statement_timeout = ${statementTimeoutMs}`,
    `SET LOCAL lock_timeout = ${statementTimeoutMs}`,
    `SET LOCAL idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS}`,
    // A plan that was kept from when a table was small would read all of it when it is large; and none is worth compiling.
    "SET LOCAL plan_cache_mode = force_custom_plan",
    "SET LOCAL jit = off",
  ].join(";");

  /** `committing` tells whether the failure leaves open what became of the transaction. */
  async function attempt<T>(change: (query: Query) => Promise<T>, state: { committing: boolean }): Promise<T> {
    const client = await pool.connect();
    let broken: Error | boolean = false;
    try {
      await client.query(begin);
      const result = await change(createQuery(client, statement));
      state.committing = true;
      await client.query("COMMIT");
      return result;
    } catch (error) {
      broken = isConnectionError(error);
      if (!broken)
        await client.query("ROLLBACK").catch(() => {
          broken = true;
        });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  async function transaction<T>(change: (query: Query) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const state = { committing: false };
      try {
        return await attempt(change, state);
      } catch (error) {
        const unknown = state.committing && isConnectionError(error);
        if (unknown || tries === ATTEMPTS || !mayBeTriedAgain(error)) throw error;
        await sleep(Math.random() * 20 * 2 ** tries);
      }
    }
  }

  return { schema, transaction, ...createQuery(pool, statement), close: () => pool.end() };
}

import type { DatabaseOptions } from "./database.ts";

export interface PostgresOptions {
  /** Schema that holds the tables, made where it is not there. One bot a schema. Default `parley`. */
  readonly schema?: string;
  /** Connections of this process at most. Default 4: one commits, the others claim, read and beat. */
  readonly connections?: number;
  /** Whether statements are prepared on the server. Default true; false behind a pooler that loses them. */
  readonly prepare?: boolean;
  /** How long a statement, or the wait for a lock, may take, ms. Default 30,000. */
  readonly statementTimeoutMs?: number;
  /** For how long a process that is not heard of keeps what it works on, ms. At least 1,000; default 30,000. */
  readonly leaseMs?: number;
  /** How often a process looks for what others left, ms. Default 1,000. */
  readonly pollMs?: number;
}

export function databaseOptions(url: string, options: PostgresOptions): DatabaseOptions {
  const { schema = "parley", connections = 4, prepare = true, statementTimeoutMs = 30_000 } = options;
  return { url, schema, connections, prepare, statementTimeoutMs };
}

export function leaseOf({ leaseMs = 30_000 }: PostgresOptions): number {
  return Math.max(1_000, leaseMs);
}

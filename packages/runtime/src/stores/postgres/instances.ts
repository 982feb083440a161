/**
 * The processes that share the database. Each says every few seconds that it lives; what it works on carries its name
 * (`boot`), and nobody else takes that while it lives. One that has been silent for the length of the lease is dead to the
 * others, by the database's clock: they put right what it left. Should it only have slept, its late news is held against
 * the attempt that it was about, and changes nothing where that is over.
 */
import { hostname } from "node:os";
import type { Session } from "../../store.ts";
import { integer, text } from "../rows.ts";
import type { Query } from "./database.ts";
import { LOCK } from "./schema.ts";

export interface Recovered {
  readonly doubtful: number;
  readonly actions: number;
}

/** Condition on a row's `boot`: its process is not among the living ($1: their names). */
const ORPHAN = "(boot IS NULL OR boot <> ALL ($1::text[]))";

async function living(query: Query, leaseMs: number): Promise<readonly string[]> {
  const rows = await query.all(
    "SELECT boot FROM parley.instance WHERE seen_at > clock_timestamp() - $1 * interval '1 millisecond'",
    leaseMs,
  );
  return rows.map((row) => text(row, "boot"));
}

/** At least this one. */
export async function countLiving(query: Query, leaseMs: number): Promise<number> {
  return Math.max(1, (await living(query, leaseMs)).length);
}

export async function register(query: Query, { boot, machine }: Session): Promise<void> {
  await query.run(
    `INSERT INTO parley.instance VALUES ($1, $2, $3, $4, clock_timestamp())
    ON CONFLICT (boot) DO UPDATE SET machine = excluded.machine, seen_at = excluded.seen_at`,
    boot,
    machine.hash,
    hostname(),
    process.pid,
  );
}

/** Puts right what processes left that are not `alive`. */
async function recover(query: Query, alive: readonly string[], until: number): Promise<Recovered> {
  const doubtful = await query.run(
    `UPDATE parley.send SET state = 'doubt', due = $2, boot = NULL WHERE state = 'inflight' AND ${ORPHAN}`,
    alive,
    until,
  );
  const actions = await query.run(
    `UPDATE parley.action SET state = CASE once WHEN 1 THEN 'lost' ELSE 'ready' END, boot = NULL
    WHERE state = 'running' AND ${ORPHAN}`,
    alive,
  );
  for (const table of ["send", "timer", "action"])
    await query.run(`UPDATE parley.${table} SET boot = NULL WHERE boot IS NOT NULL AND ${ORPHAN}`, alive);
  await query.run(`DELETE FROM parley.instance WHERE ${ORPHAN}`, alive);
  return { doubtful, actions };
}

/** A process begins: whatever is called like it is from before. */
export async function begin(query: Query, session: Session, leaseMs: number): Promise<Recovered> {
  await query.all(`SELECT pg_advisory_xact_lock(${LOCK.open}, 0)`);
  const others = (await living(query, leaseMs)).filter((boot) => boot !== session.boot);
  const until = session.now + session.settleMs;
  // Nobody was there to hear of the statuses of what is in doubt.
  const waiting =
    others.length > 0
      ? 0
      : await query.run("UPDATE parley.send SET due = greatest(due, $1) WHERE state = 'doubt'", until);
  const { doubtful, actions } = await recover(query, others, until);
  await register(query, session);
  return { doubtful: doubtful + waiting, actions };
}

/** Looks for processes that died; one looks at a time. */
export async function takeOver(query: Query, leaseMs: number, until: number): Promise<Recovered> {
  const nothing = { doubtful: 0, actions: 0 };
  const [lock] = await query.all(`SELECT pg_try_advisory_xact_lock(${LOCK.open}, 0) AS mine`);
  if (lock?.["mine"] !== true) return nothing;
  const alive = await living(query, leaseMs);
  const [dead] = await query.all(`SELECT count(*) AS n FROM parley.instance WHERE ${ORPHAN}`, alive);
  return dead && integer(dead, "n") > 0 ? recover(query, alive, until) : nothing;
}

/** True where the others took this process for dead. */
export async function beat(query: Query, session: Session): Promise<boolean> {
  const known = await query.run("UPDATE parley.instance SET seen_at = clock_timestamp() WHERE boot = $1", session.boot);
  if (known === 0) await register(query, session);
  return known === 0;
}

/** What is still in the hands of a process that ends is doubtful at once. */
export async function leave(query: Query, boot: string): Promise<void> {
  await query.run("UPDATE parley.instance SET seen_at = '-infinity' WHERE boot = $1", boot);
}

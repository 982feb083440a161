/** Takes a batch of arrivals in one transaction: the key, what is there, the handler, and what it wrote, one after another. */
import { StoreBrokenError } from "../../errors.ts";
import type { Arrival, Decision, Handler, Outcome } from "../../store.ts";
import { standsOn } from "../rules.ts";
import type { Connection } from "./connection.ts";
import { type Found, load } from "./load.ts";
import { write } from "./write.ts";

interface Work<T> {
  readonly db: Connection;
  readonly storeId: string;
  readonly handler: Handler<T>;
  /** Each arrival under a savepoint of its own, so that what its writes throw undoes it alone. */
  readonly apart: boolean;
}

/** False where the key was there. */
function remember(db: Connection, key: string, now: number): boolean {
  return db.run("INSERT OR IGNORE INTO dedupe VALUES (?, ?)", Buffer.from(key, "hex"), now) === 1;
}

function decide<T>({ db, storeId, handler, apart }: Work<T>, index: number, { loaded, row }: Found): Outcome<T> {
  const apply = (kind: "done" | "poison", { writes, result }: Decision<T>): Outcome<T> => {
    const target = { storeId, contact: loaded.contact?.id ?? "", row, machine: standsOn(loaded.snapshot) };
    for (const change of writes) write(db, target, change);
    return { kind, result };
  };
  const poison = (error: unknown): Outcome<T> => apply("poison", handler.poison(index, loaded, error));
  if (apart) return db.savepoint(() => apply("done", handler.run(index, loaded)), poison);
  let decision: Decision<T>;
  try {
    decision = handler.run(index, loaded);
  } catch (error) {
    // Nothing of it is written yet: there is nothing to undo.
    return poison(error);
  }
  return apply("done", decision);
}

function take<T>(work: Work<T>, arrival: Arrival, index: number): Outcome<T> {
  const { db, storeId } = work;
  if (arrival.dedupe !== undefined && !remember(db, arrival.dedupe, arrival.now)) return { kind: "duplicate" };
  return decide(work, index, load(db, storeId, arrival));
}

/**
 * Without savepoints first: under one, SQLite copies every page before it changes it. Only where a write throws, which a
 * decision of ours does not make happen, the batch is undone and taken again with them.
 */
export function ingest<T>(
  db: Connection,
  storeId: string,
  arrivals: readonly Arrival[],
  handler: Handler<T>,
): readonly Outcome<T>[] {
  const all = (apart: boolean): readonly Outcome<T>[] =>
    db.transaction(() => arrivals.map((arrival, index) => take({ db, storeId, handler, apart }, arrival, index)));
  try {
    return all(false);
  } catch (error) {
    if (error instanceof StoreBrokenError) throw error;
    return all(true);
  }
}
